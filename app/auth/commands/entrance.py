"""Signing in and out. A login session is a row; only the hash of its token is stored."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.auth import queries
from app.auth.commands.proof import PasswordProof
from app.auth.commands.throttle import check_open, clear_account_here, count_failure, counters
from app.auth.domain.tokens import token_hash
from app.auth.events import LoginSessionsEnded, SignedIn, SignedOut, SignInFailed, SlipUsed
from app.auth.models import LoginSession, LoginSlip, Role, User
from app.auth.queries import SlipFound, SlipState
from app.core.db import db, write
from app.core.errors import NotFoundError
from app.core.events import publish
from app.core.i18n import Language

LASTS = timedelta(days=14)  # longer than the days of a session and the module after it
LASTS_ON_SHARED_COMPUTER = timedelta(hours=2)
_TOKEN_BYTES = 32
_LONGEST_DEVICE = 120


@dataclass(frozen=True, slots=True)
class NewSession:
    """A login session that has just begun; the token goes into the cookie and nowhere else."""

    user_id: uuid.UUID
    session_id: uuid.UUID
    token: str
    expires_at: datetime
    is_shared_computer: bool
    roles: Role
    must_change_password: bool


def sign_in(
    *,
    proof: PasswordProof,
    device: str,
    is_shared_computer: bool,
    at: datetime,
    language: Language | None = None,
) -> NewSession | None:
    """Open a login session for who proved their password; count a failure and return None if not.

    :param language: chosen in this browser before, kept for the person; None: nothing was chosen
    :raises TooManyFailuresError: this account or address has to wait, be the password right or not
    """
    check_open(proof.tried, at=at, locked=True)
    user = queries.find_user(proof.user_id) if proof.user_id else None
    is_right = proof.is_right and user is not None and user.version == proof.user_version
    if user is None or not is_right:
        count_failure(proof.tried, at=at)
        publish(SignInFailed(proof.user_id, "password", proof.tried.address[:12]))
        return None
    clear_account_here(proof.tried)
    if proof.better_hash is not None:
        user.password_hash = proof.better_hash
        db.session.flush()
    _keep_language(user, language)
    return _open(user, "password", device=device, is_shared_computer=is_shared_computer, at=at)


def sign_in_by_slip(
    *,
    token: str | None = None,
    code: str | None = None,
    address: str,
    device: str,
    is_shared_computer: bool,
    at: datetime,
    language: Language | None = None,
) -> NewSession | SlipState:
    """Open a login session by a slip and spend it; return its state when it cannot be used.

    A token of the QR cannot be guessed, so it works also where the address has to wait; unknown
    ones of both kinds count as failures of the address.

    :param language: chosen in this browser before, kept for the person; None: nothing was chosen
    :raises TooManyFailuresError: (typed code) this address has to wait
    """
    tried = counters(account=None, address=address)
    if token is None:
        check_open(tried, at=at, locked=True)
    slip = queries.find_slip(token=token, code=code, at=at)
    if slip.state is SlipState.UNKNOWN:
        count_failure(tried, at=at)
        publish(SignInFailed(None, "slip", tried.address[:12]))
        return SlipState.UNKNOWN
    if slip.state is not SlipState.READY:
        return slip.state
    if not _spend(slip, at):
        return SlipState.USED
    user = queries.get_user(slip.user_id) if slip.user_id else None
    if user is None:
        raise NotFoundError
    _keep_language(user, language)
    return _open(user, "slip", device=device, is_shared_computer=is_shared_computer, at=at)


def _keep_language(user: User, chosen: Language | None) -> None:
    if chosen is not None and user.language != chosen.value:
        user.language = chosen.value
        db.session.flush()


def _spend(slip: SlipFound, at: datetime) -> bool:
    """Say whether this was the one use of the slip."""
    spent = write(
        sa.update(LoginSlip)
        .where(
            LoginSlip.id == slip.slip_id,
            LoginSlip.used_at.is_(None),
            LoginSlip.cancelled_at.is_(None),
        )
        .values(used_at=at)
    )
    if spent.rowcount != 1 or slip.user_id is None or slip.slip_id is None:
        return False
    publish(SlipUsed(user_id=slip.user_id, slip_id=slip.slip_id))
    return True


def open_session(
    *, user_id: uuid.UUID, device: str, is_shared_computer: bool, at: datetime
) -> NewSession:
    """Open a login session for somebody who proved who they are elsewhere (command line, tests).

    :raises NotFoundError: there is no such person
    """
    user = queries.get_user(user_id)
    return _open(user, "command", device=device, is_shared_computer=is_shared_computer, at=at)


def _open(
    user: User, door: str, *, device: str, is_shared_computer: bool, at: datetime
) -> NewSession:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    new = NewSession(
        user_id=user.id,
        session_id=uuid.uuid4(),
        token=token,
        expires_at=at + (LASTS_ON_SHARED_COMPUTER if is_shared_computer else LASTS),
        is_shared_computer=is_shared_computer,
        roles=user.roles,
        must_change_password=user.must_change_password,
    )
    write(
        sa.insert(LoginSession).values(
            id=new.session_id,
            token_hash=token_hash(token),
            user_id=user.id,
            user_version=user.version,
            created_at=at,
            expires_at=new.expires_at,
            device=device[:_LONGEST_DEVICE],
            is_shared_computer=is_shared_computer,
        )
    )
    publish(SignedIn(user.id, new.session_id, door, new.expires_at))
    return new


def sign_out(*, user_id: uuid.UUID, session_id: uuid.UUID, at: datetime) -> None:
    """End the login session of this browser."""
    if _end(user_id, at, LoginSession.id == session_id):
        publish(SignedOut(user_id=user_id, session_id=session_id))


def end_session(*, user_id: uuid.UUID, session_id: uuid.UUID, at: datetime) -> None:
    """End one of one's own login sessions, wherever it is.

    :raises NotFoundError: it is not this person's, or it is over
    """
    ended = _end(user_id, at, LoginSession.id == session_id)
    if not ended:
        raise NotFoundError
    publish(LoginSessionsEnded(user_id=user_id, session_ids=ended))


def end_other_sessions(*, user_id: uuid.UUID, session_id: uuid.UUID, at: datetime) -> int:
    """End all one's login sessions but this one and return how many there were."""
    ended = _end(user_id, at, LoginSession.id != session_id)
    if ended:
        publish(LoginSessionsEnded(user_id=user_id, session_ids=ended))
    return len(ended)


def _end(user_id: uuid.UUID, at: datetime, which: sa.ColumnElement[bool]) -> tuple[uuid.UUID, ...]:
    ended = write(
        sa.update(LoginSession)
        .where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None), which)
        .values(ended_at=at)
        .returning(LoginSession.id)
    )
    return tuple(ended.scalars())
