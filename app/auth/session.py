"""Who is here: the login session behind the cookie; the only user of Flask-Login.

The cookie holds a random token; its SHA-256 finds the row, and the row must be open, in time and
as new as the user's version. One indexed read a request, no ORM object.
"""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, Request, Response, current_app, request
from flask.sessions import SecureCookieSession, SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin
from flask_login import current_user as flask_current_user

from app.auth.domain.tokens import token_hash
from app.auth.models import LoginSession, Role, User
from app.core.access import AccessRule, state_rule
from app.core.clock import utc_now
from app.core.errors import NotAllowedError, NotSignedInError
from app.core.i18n import parse_language, use_language
from app.core.prepared import Prepared
from app.core.text import initials

View = TypeVar("View", bound=Callable[..., Any])

_WHO = Prepared(
    sa.select(
        User.id,
        User.full_name,
        User.roles,
        User.language,
        User.must_change_password,
        LoginSession.id.label("session_id"),
        LoginSession.is_shared_computer,
    )
    .join_from(LoginSession, User, LoginSession.user_id == User.id)
    .where(
        LoginSession.token_hash == sa.bindparam("token_hash"),
        LoginSession.ended_at.is_(None),
        LoginSession.expires_at > sa.bindparam("now", type_=LoginSession.expires_at.type),
        LoginSession.user_version == User.version,
        User.is_active,
    )
)


@dataclass(frozen=True, slots=True)
class SignedInUser(UserMixin):  # type: ignore[misc]
    """The person of this request."""

    id: uuid.UUID
    full_name: str
    roles: Role
    language: str
    must_change_password: bool
    session_id: uuid.UUID
    is_shared_computer: bool

    @property
    def initials(self) -> str:
        """Return two letters for the badge in the header."""
        return initials(self.full_name)

    def has(self, role: Role) -> bool:
        """Say whether the person holds this role (any of them, when several are given)."""
        return bool(self.roles & role)


def cookie_name(*, https: bool) -> str:
    """Return the name of the session cookie; ``__Host-`` binds it to this host over TLS."""
    return "__Host-th" if https else "th"


def _load(request: Request) -> SignedInUser | None:
    token = request.cookies.get(current_app.config["LOGIN_COOKIE"])
    if not token:
        return None
    row = _WHO.first(token_hash=token_hash(token), now=utc_now())
    if row is None:
        return None
    user = SignedInUser(*row)
    chosen = parse_language(user.language)
    if chosen is not None:
        use_language(chosen)
    return user


class _NothingKept(SessionInterface):
    """Flask's cookie session, which this program does not use: always empty, never sent."""

    def open_session(self, _app: Flask, _request: Request) -> SecureCookieSession:
        """Return an empty session."""
        return SecureCookieSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send nothing."""


class _Manager(LoginManager):  # type: ignore[misc]
    """Flask-Login without its own cookies and sessions: the request loader decides alone."""

    def _load_user(self) -> None:
        self._update_request_context_with_user(_load(request))


def init_session(app: Flask, *, https: bool) -> None:
    """Teach Flask-Login to find the user by our cookie; it keeps no cookie of its own."""
    app.config["LOGIN_COOKIE"] = cookie_name(https=https)
    app.config["LOGIN_COOKIE_SECURE"] = https
    app.session_interface = _NothingKept()
    app.login_manager = _Manager()  # type: ignore[attr-defined] # without its after_request


def find_current_user() -> SignedInUser | None:
    """Return the person of this request, or None when nobody is signed in."""
    user = flask_current_user._get_current_object()  # noqa: SLF001 - LocalProxy's public door
    return user if isinstance(user, SignedInUser) else None


def current_user() -> SignedInUser:
    """Return the person of this request.

    :raises NotSignedInError: nobody is signed in
    """
    user = find_current_user()
    if user is None:
        raise NotSignedInError
    return user


def set_login_cookie(response: Response, token: str, *, seconds: int | None) -> None:
    """Put the token of a new login session into the browser.

    :param seconds: how long the browser keeps it; None: until it is closed (shared computers)
    """
    response.set_cookie(
        current_app.config["LOGIN_COOKIE"],
        token,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["LOGIN_COOKIE_SECURE"],
        path="/",
    )


def clear_login_cookie(response: Response) -> None:
    """Take the token out of the browser."""
    response.delete_cookie(
        current_app.config["LOGIN_COOKIE"],
        path="/",
        secure=current_app.config["LOGIN_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def requires_role(role: Role) -> Callable[[View], View]:
    """State that only people who hold one of these roles may.

    :raises NotSignedInError: (in the view) nobody is signed in
    :raises NotAllowedError: (in the view) the person holds none of the roles
    """

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user().has(role):
                raise NotAllowedError
            return view(*args, **kwargs)

        return state_rule(guarded, AccessRule(f"role:{role.name}"))  # type: ignore[return-value]

    return guard


def requires_sign_in(view: View) -> View:
    """State that anybody who is signed in may."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        current_user()
        return view(*args, **kwargs)

    return state_rule(guarded, AccessRule("signed-in"))  # type: ignore[return-value]
