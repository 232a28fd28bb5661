"""Reads about people, their login sessions and slips."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import count

import sqlalchemy as sa

from app.auth.domain.contacts import parse_email, parse_phone
from app.auth.domain.tokens import read_code, token_hash
from app.auth.domain.usernames import fold_login, is_searchable, username_base
from app.auth.models import LoginSession, LoginSlip, User
from app.core.db import db, read
from app.core.errors import NotFoundError
from app.core.text import clean_line, fold

_MOST_FOUND = 50
_LONGEST_KEY = 120


def get_user(user_id: uuid.UUID) -> User:
    """Return a person, read afresh.

    :raises NotFoundError: there is no such person
    """
    user = find_user(user_id)
    if user is None:
        raise NotFoundError
    return user


def find_user(user_id: uuid.UUID) -> User | None:
    """Return a person or None, read afresh."""
    statement = sa.select(User).where(User.id == user_id)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def find_user_by_login(text: str) -> User | None:
    """Return whom a user name, mail address or telephone number names, active or not."""
    login = fold_login(text)
    if not is_searchable(login):
        return None
    if phone := parse_phone(login):
        found = User.phone == phone
    elif email := parse_email(login):
        found = User.email == email
    else:
        found = User.username == login
    statement = sa.select(User).where(found)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def list_users_by_ids(user_ids: Iterable[uuid.UUID]) -> list[User]:
    """Return these people in the order of their given names."""
    statement = sa.select(User).where(User.id.in_(list(user_ids)))
    return list(db.session.scalars(statement.order_by(User.sort_key, User.username)))


def search_users(text: str, limit: int = _MOST_FOUND) -> list[User]:
    """Return people with the text at the start of a word of their name, with or without tone marks.

    Those spelt exactly so come first, each group in the order of given names.
    """
    asked = clean_line(text)
    if not is_searchable(asked):
        return []
    words = fold(asked)
    starts = User.search_key.startswith(words, autoescape=True)
    follows = User.search_key.contains(f" {words}", autoescape=True)
    statement = (
        sa.select(User)
        .where(sa.or_(starts, follows))
        .order_by(User.sort_key, User.username)
        .limit(limit)
    )
    lowered = asked.lower()
    return sorted(
        db.session.scalars(statement), key=lambda user: lowered not in user.full_name.lower()
    )


def find_alike_users(
    *, full_name: str, phone: str = "", email: str = "", limit: int = _MOST_FOUND
) -> list[User]:
    """Return who has this telephone number or mail address, then the namesakes.

    Marks and case do not matter for a name; namesakes are different people until somebody who
    knows them says otherwise.
    """
    number, address = parse_phone(phone), parse_email(email)
    reached = [User.phone == number] if number else []
    if address:
        reached.append(User.email == address)
    has_contact = sa.or_(sa.false(), *reached)
    statement = (
        sa.select(User)
        .where(sa.or_(has_contact, User.search_key == fold(full_name)[:_LONGEST_KEY]))
        .order_by(sa.case((has_contact, 0), else_=1), User.sort_key, User.username)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def free_username(full_name: str) -> str:
    """Return a user name made from a name that nobody has yet: ``nguyen.van.an``, ``…an2``."""
    base = username_base(full_name)
    starts = User.username.startswith(base, autoescape=True)
    taken = set(db.session.scalars(sa.select(User.username).where(starts)))
    return next(
        each for each in (f"{base}{n if n > 1 else ''}" for n in count(1)) if each not in taken
    )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A place where somebody is signed in."""

    id: uuid.UUID
    created_at: datetime
    expires_at: datetime
    device: str
    is_shared_computer: bool


def list_open_sessions(user_id: uuid.UUID, *, at: datetime) -> list[OpenSession]:
    """Return where somebody is signed in, the newest first."""
    rows = read(
        sa.select(
            LoginSession.id,
            LoginSession.created_at,
            LoginSession.expires_at,
            LoginSession.device,
            LoginSession.is_shared_computer,
        )
        .join_from(LoginSession, User, LoginSession.user_id == User.id)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.user_version == User.version,
            LoginSession.ended_at.is_(None),
            LoginSession.expires_at > at,
        )
        .order_by(LoginSession.created_at.desc(), LoginSession.id)
    )
    return [OpenSession(*row) for row in rows]


class SlipState(StrEnum):
    """What can be done with a slip."""

    READY = "ready"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SlipFound:
    """A slip as found by its token or code; without ids when it is unknown."""

    state: SlipState
    slip_id: uuid.UUID | None = None
    user_id: uuid.UUID | None = None
    full_name: str = ""


def find_slip(*, token: str | None = None, code: str | None = None, at: datetime) -> SlipFound:
    """Return the slip with this token (from the QR) or typed code, and what can be done with it."""
    if token is not None:
        wanted = LoginSlip.token_hash == token_hash(token)
    else:
        typed = read_code(code or "")
        if typed is None:
            return SlipFound(SlipState.UNKNOWN)
        wanted = LoginSlip.code_hash == token_hash(typed)
    row = read(
        sa.select(
            LoginSlip.id,
            LoginSlip.user_id,
            LoginSlip.expires_at,
            LoginSlip.used_at,
            LoginSlip.cancelled_at,
            User.full_name,
            User.is_active,
        )
        .join_from(LoginSlip, User, LoginSlip.user_id == User.id)
        .where(wanted)
    ).one_or_none()
    if row is None or not row.is_active:
        return SlipFound(SlipState.UNKNOWN)
    state = SlipState.READY
    if row.used_at is not None:
        state = SlipState.USED
    elif row.cancelled_at is not None:
        state = SlipState.CANCELLED
    elif row.expires_at <= at:
        state = SlipState.EXPIRED
    return SlipFound(state, row.id, row.user_id, row.full_name)
