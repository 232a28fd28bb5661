"""Tables of people: users, login sessions, login slips, throttle."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, uuid_pk


class Role(enum.Flag):
    """What a person does here; one person may hold several roles."""

    LEARNER = 1
    TRAINER = 2
    COORDINATOR = 4
    OFFICER = 8
    CLERK = 16
    AUDITOR = 32


class RoleSet(sa.TypeDecorator[Role]):
    """Roles packed into one whole number, so that the check of a request is one indexed read."""

    impl = sa.SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Role | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        """Return the number."""
        return None if value is None else value.value

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Role | None:  # noqa: ARG002
        """Return the roles."""
        return None if value is None else Role(value)


class User(Base):
    """A person with an account.

    ``full_name`` is exactly as on the person's papers (NFC); ``sort_key`` and ``search_key`` are
    derived from it. ``birth_on`` may be unknown while ``birth_year`` is known. ``version`` grows
    when the password or the roles change, which ends the login sessions begun before.
    """

    __tablename__ = "user"

    id: Mapped[uuid.UUID] = uuid_pk()
    username: Mapped[str] = mapped_column(sa.String(64), unique=True)
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(sa.String(16), unique=True)
    full_name: Mapped[str] = mapped_column(sa.String(120))
    sort_key: Mapped[str] = mapped_column(sa.String(600), index=True)
    search_key: Mapped[str] = mapped_column(sa.String(120), index=True)
    birth_on: Mapped[date | None]
    birth_year: Mapped[int | None]
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    must_change_password: Mapped[bool] = mapped_column(default=False)
    roles: Mapped[Role] = mapped_column(RoleSet)
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class LoginSession(Base):
    """One place where somebody is signed in; ending the row ends the access at once.

    Only the SHA-256 of the cookie's token is stored.
    """

    __tablename__ = "login_session"

    id: Mapped[uuid.UUID] = uuid_pk()
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    user_version: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(sa.String(120), default="")
    is_shared_computer: Mapped[bool] = mapped_column(default=False)


class LoginSlip(Base):
    """A printed slip that signs one learner in, once, by QR (token) or typed code.

    Only SHA-256 values are stored; the slip itself exists on paper.
    """

    __tablename__ = "login_slip"

    id: Mapped[uuid.UUID] = uuid_pk()
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    token_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    code_hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT")
    )
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


class SignInThrottle(Base):
    """How often signing in failed lately, per hashed key: account, address, or the two together."""

    __tablename__ = "sign_in_throttle"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime]
    blocked_until: Mapped[datetime | None]
