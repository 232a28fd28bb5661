"""Accounts: making, closing, roles, passwords, language."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import sqlalchemy as sa

from app.auth import queries
from app.auth.commands.proof import PasswordHash, PasswordProof, hash_password
from app.auth.commands.throttle import check_open, clear_account_here, count_failure
from app.auth.domain.contacts import parse_email, parse_phone
from app.auth.domain.usernames import fold_login, is_username
from app.auth.errors import (
    BadEmailError,
    BadFullNameError,
    BadPhoneError,
    BadUsernameError,
    ContactTakenError,
    UnprintableNameError,
    UsernameTakenError,
)
from app.auth.events import (
    PasswordChanged,
    RolesChanged,
    SignInFailed,
    UserCreated,
    UserDeactivated,
)
from app.auth.models import LoginSession, Role, User
from app.core.db import db, write
from app.core.events import publish
from app.core.i18n import Language
from app.core.text import clean_line, fold, name_sort_key, signs_not_in_names

_LONGEST_NAME = 120
_LONGEST_SORT_KEY = 600


def role_names(roles: Role) -> tuple[str, ...]:
    """Return ``("TRAINER", "OFFICER")``."""
    return tuple(each.name or "" for each in roles)


def create_user(  # noqa: PLR0913 - one keyword for each column of a roster
    *,
    full_name: str,
    username: str,
    roles: Role,
    created_at: datetime,
    email: str | None = None,
    phone: str | None = None,
    birth_on: date | None = None,
    birth_year: int | None = None,
    password: str | None = None,
    must_change_password: bool = False,
) -> User:
    """Make an account; without a password its owner signs in by slip.

    :raises InvalidInputError: a name, contact or password is not what it should be
    :raises UsernameTakenError: the folded user name is somebody else's
    :raises ContactTakenError: the mail address or number is somebody else's
    """
    name = _checked_name(full_name)
    login = fold_login(username)
    if not is_username(login):
        raise BadUsernameError
    if queries.find_user_by_login(login) is not None:
        raise UsernameTakenError(login)
    user = User(
        id=uuid.uuid4(),
        username=login,
        email=_free_email(email),
        phone=_free_phone(phone),
        full_name=name,
        sort_key=name_sort_key(name)[:_LONGEST_SORT_KEY],
        search_key=fold(name)[:_LONGEST_NAME],
        birth_on=birth_on,
        birth_year=birth_on.year if birth_on else birth_year,
        password_hash=hash_password(password, username=login) if password is not None else None,
        must_change_password=must_change_password,
        roles=roles,
        created_at=created_at,
    )
    db.session.add(user)
    db.session.flush()
    publish(UserCreated(user_id=user.id, role_names=role_names(roles), created_at=created_at))
    return user


def _checked_name(full_name: str) -> str:
    name = clean_line(full_name)
    has_letter = any(each.isalpha() for each in name)
    if not has_letter or len(name) > _LONGEST_NAME:
        raise BadFullNameError
    if wrong := signs_not_in_names(name):
        raise UnprintableNameError(wrong)
    return name


def _free_email(text: str | None) -> str | None:
    if not text:
        return None
    email = parse_email(clean_line(text))
    if email is None:
        raise BadEmailError
    if queries.find_user_by_login(email) is not None:
        raise ContactTakenError(email)
    return email


def _free_phone(text: str | None) -> str | None:
    if not text:
        return None
    phone = parse_phone(clean_line(text))
    if phone is None:
        raise BadPhoneError
    if queries.find_user_by_login(phone) is not None:
        raise ContactTakenError(clean_line(text))
    return phone


def change_roles(*, user_id: uuid.UUID, roles: Role) -> User:
    """Give somebody other roles; their login sessions end, they sign in again with the new ones.

    :raises NotFoundError: there is no such person
    """
    user = queries.get_user(user_id)
    if user.roles != roles:
        old = role_names(user.roles)
        user.roles = roles
        user.version += 1
        db.session.flush()
        publish(RolesChanged(user_id=user.id, old_role_names=old, role_names=role_names(roles)))
    return user


def deactivate_user(*, user_id: uuid.UUID) -> None:
    """Close an account: nobody can sign in to it, and its login sessions end. Nothing is deleted.

    :raises NotFoundError: there is no such person
    """
    user = queries.get_user(user_id)
    if user.is_active:
        user.is_active = False
        user.version += 1
        db.session.flush()
        publish(UserDeactivated(user_id=user.id))


def set_password(
    *, user_id: uuid.UUID, new_hash: PasswordHash, must_change_password: bool = True
) -> None:
    """Set a password for somebody, as a rule one that works until they change it.

    :param new_hash: from ``hash_password``
    :raises NotFoundError: there is no such person
    """
    user = queries.get_user(user_id)
    user.password_hash = new_hash
    user.must_change_password = must_change_password
    user.version += 1
    db.session.flush()
    publish(PasswordChanged(user_id=user.id, is_by_owner=False))


def change_password(
    *,
    user_id: uuid.UUID,
    session_id: uuid.UUID,
    proof: PasswordProof | None,
    new_hash: PasswordHash,
    at: datetime,
) -> bool:
    """Let somebody change their own password; all their other login sessions end.

    Say whether it was done: if the old password is wrong it is not, and a failure is counted.

    :param session_id: the login session that goes on
    :param proof: of the old password; None only while there is none
    :raises TooManyFailuresError: this account or address has to wait
    """
    user = queries.get_user(user_id)
    if proof is not None:
        check_open(proof.tried, at=at, locked=True)
        fits = (proof.user_id, proof.user_version) == (user.id, user.version)
        if not proof.is_right or not fits:
            count_failure(proof.tried, at=at)
            publish(SignInFailed(user.id, "password-change", proof.tried.address[:12]))
            return False
        clear_account_here(proof.tried)
    elif user.password_hash is not None:
        return False
    user.password_hash = new_hash
    user.must_change_password = False
    user.version += 1
    db.session.flush()
    write(
        sa.update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.user_id == user_id)
        .values(user_version=user.version)
    )
    publish(PasswordChanged(user_id=user.id, is_by_owner=True))
    return True


def choose_language(*, user_id: uuid.UUID, language: Language) -> None:
    """Keep the language in which somebody reads the pages."""
    write(sa.update(User).where(User.id == user_id).values(language=language.value))
