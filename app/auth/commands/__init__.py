"""Everything that can be done to people, their passwords, login sessions and slips.

Checking a password takes tens of milliseconds on purpose, and a writing transaction holds the
database for everybody. So it is done before: ``prove_password`` outside a transaction, then
``sign_in`` or ``change_password`` with the proof inside one.
"""

from app.auth.commands.accounts import (
    change_password,
    change_roles,
    choose_language,
    create_user,
    deactivate_user,
    set_password,
)
from app.auth.commands.entrance import (
    NewSession,
    end_other_sessions,
    end_session,
    open_session,
    sign_in,
    sign_in_by_slip,
    sign_out,
)
from app.auth.commands.one_time import one_time_password
from app.auth.commands.proof import PasswordHash, PasswordProof, hash_password, prove_password
from app.auth.commands.slips import PrintedSlip, make_slips

__all__ = [
    "NewSession",
    "PasswordHash",
    "PasswordProof",
    "PrintedSlip",
    "change_password",
    "change_roles",
    "choose_language",
    "create_user",
    "deactivate_user",
    "end_other_sessions",
    "end_session",
    "hash_password",
    "make_slips",
    "one_time_password",
    "open_session",
    "prove_password",
    "set_password",
    "sign_in",
    "sign_in_by_slip",
    "sign_out",
]
