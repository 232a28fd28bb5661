"""People with passwords, for tests of signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.auth import commands
from app.auth.commands import PrintedSlip
from app.auth.models import Role, User
from app.core.clock import utc_now
from app.core.db import transaction

PASSWORD = "bốn con thuyền xanh"


def make_person(
    full_name: str = "Nguyễn Văn An",
    username: str = "an.nv",
    roles: Role = Role.LEARNER,
    password: str | None = PASSWORD,
    **details: Any,
) -> User:
    """Make an account by the program's own command."""
    with transaction():
        return commands.create_user(
            full_name=full_name,
            username=username,
            roles=roles,
            created_at=utc_now(),
            password=password,
            **details,
        )


def make_slip(user: User, valid_days: int = 7) -> PrintedSlip:
    """Make a login slip for one person."""
    with transaction():
        (slip,) = commands.make_slips(
            user_ids=[user.id], made_by_id=None, at=utc_now(), valid_days=valid_days
        )
    return slip


def fail_at(login: str, *, times: int, address: str = "203.0.113.9") -> None:
    """Try a wrong password that often, waiting as long as asked."""
    for number in range(times):
        at = utc_now() + timedelta(hours=0, microseconds=number)
        proof = commands.prove_password(login=login, password="sai", address=address, at=at)
        with transaction():
            assert commands.sign_in(proof=proof, device="", is_shared_computer=False, at=at) is None
