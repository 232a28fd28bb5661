"""What holds before somebody gets a new account."""

from __future__ import annotations

import uuid
from collections.abc import Set as AbstractSet

from app.auth import queries as auth_queries
from app.cohorts.errors import PersonUnclearError


def check_told_apart(
    told_apart: AbstractSet[uuid.UUID], *, full_name: str, phone: str = "", email: str = ""
) -> None:
    """Refuse a person as new while somebody alike was not said to be somebody else.

    Asked inside the transaction that makes the account, so that of two equal requests at once the
    second is asked about the person that the first one made.

    :param told_apart: accounts that an officer has seen and told apart
    :raises PersonUnclearError: there is another one
    """
    alike = auth_queries.find_alike_users(full_name=full_name, phone=phone, email=email)
    if not {each.id for each in alike} <= told_apart:
        raise PersonUnclearError
