"""Login slips: paper that signs one learner in, once."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.auth import queries
from app.auth.domain.tokens import CODE_ALPHABET, CODE_LENGTH, grouped_code, token_hash
from app.auth.events import SlipMade
from app.auth.models import LoginSlip
from app.core.db import db, write
from app.core.events import publish

_TOKEN_BYTES = 18  # 144 bits in 24 characters: a small QR


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What is printed for one learner; neither code nor token is stored.

    ``path`` follows the address of the site in the QR.
    """

    user_id: uuid.UUID
    full_name: str
    username: str
    code: str
    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """Return the path the QR leads to."""
        return f"/login/slip/{self.token}"


def make_slips(
    *, user_ids: Iterable[uuid.UUID], made_by_id: uuid.UUID | None, at: datetime, valid_days: int
) -> list[PrintedSlip]:
    """Make a slip for each of these people, in the order of given names; cancel unused old ones.

    People whose account is closed get none.

    :param valid_days: after that many days a slip no longer works
    """
    users = [each for each in queries.list_users_by_ids(user_ids) if each.is_active]
    if not users:
        return []
    write(
        sa.update(LoginSlip)
        .where(
            LoginSlip.user_id.in_([each.id for each in users]),
            LoginSlip.used_at.is_(None),
            LoginSlip.cancelled_at.is_(None),
        )
        .values(cancelled_at=at)
    )
    expires_at = at + timedelta(days=valid_days)
    printed, rows, made = [], [], []
    for user in users:
        code = "".join(secrets.choice(CODE_ALPHABET) for _each in range(CODE_LENGTH))
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        slip_id = uuid.uuid4()
        rows.append(
            {
                "id": slip_id,
                "user_id": user.id,
                "token_hash": token_hash(token),
                "code_hash": token_hash(code),
                "made_at": at,
                "made_by_id": made_by_id,
                "expires_at": expires_at,
            }
        )
        made.append(SlipMade(user.id, slip_id, made_by_id, expires_at))
        printed.append(
            PrintedSlip(
                user.id, user.full_name, user.username, grouped_code(code), token, expires_at
            )
        )
    db.session.execute(sa.insert(LoginSlip), rows)
    for event in made:
        publish(event)
    return printed
