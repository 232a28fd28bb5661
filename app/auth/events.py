"""Facts about people that are announced: ids and plain values, never a name or a password."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class UserCreated(Event):
    """An account was made; ``role_names`` such as ``LEARNER``."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    role_names: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class RolesChanged(Event):
    """Somebody holds other roles now; their login sessions are over."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    old_role_names: tuple[str, ...]
    role_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserDeactivated(Event):
    """An account was closed; its login sessions are over."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """An account has another password; ``is_by_owner`` is false when it was set for them."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    is_by_owner: bool


@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    """A login session began; ``door`` is ``password`` or ``slip``."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    session_id: uuid.UUID
    door: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """Somebody failed at a door (``password``, ``slip`` or ``password-change``).

    ``user_id`` is None when no account was meant; ``address_key`` tells equal addresses apart
    without naming them.
    """

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID | None
    door: str
    address_key: str


@dataclass(frozen=True, slots=True)
class SignedOut(Event):
    """Somebody signed out."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    session_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class LoginSessionsEnded(Event):
    """Login sessions were ended from the account page."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    session_ids: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class SlipMade(Event):
    """A login slip was made; the unused ones before it are cancelled."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    slip_id: uuid.UUID
    made_by_id: uuid.UUID | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SlipUsed(Event):
    """A login slip signed its learner in and is spent."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "user_id"

    user_id: uuid.UUID
    slip_id: uuid.UUID
