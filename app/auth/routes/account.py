"""The account: who one is here, where one is signed in, the password."""

from __future__ import annotations

import uuid

from flask import Response, current_app, make_response, render_template, request

from app.auth import commands, queries
from app.auth.errors import TooManyFailuresError, WeakPasswordError
from app.auth.forms import ChangePasswordForm
from app.auth.models import User
from app.auth.routes.blueprint import address, bp, first_page
from app.auth.session import current_user, find_current_user, requires_sign_in
from app.auth.view_models import AccountPage
from app.core.access import PUBLIC
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.htmx import redirect, redirect_to
from app.core.i18n import gettext as _

_ALWAYS_OPEN = frozenset({"auth.show_password", "auth.save_password"})


@bp.before_app_request
def keep_at_new_password() -> Response | None:
    """Lead who must change their password to that page, and nowhere else, until it is done."""
    view = current_app.view_functions.get(request.endpoint or "")
    is_open = getattr(view, "access_rule", PUBLIC) is PUBLIC or request.endpoint in _ALWAYS_OPEN
    if is_open:
        return None
    user = find_current_user()
    if user is None or not user.must_change_password:
        return None
    return redirect("auth.show_password")


@bp.get("/account")
@requires_sign_in
def show_account() -> Response:
    """Show the reader's account and where they are signed in."""
    user = current_user()
    page = AccountPage.of(
        queries.get_user(user.id),
        queries.list_open_sessions(user.id, at=utc_now()),
        user.session_id,
    )
    said = {
        "password": _("Đã đổi mật khẩu. Các nơi đăng nhập khác đã kết thúc."),
        "ended": _("Đã kết thúc."),
    }.get(request.args.get("said", ""), "")
    return make_response(render_template("auth/account.html", page=page, said=said))


@bp.post("/account/sessions/<uuid:session_id>/end")
@requires_sign_in
def end_session(session_id: uuid.UUID) -> Response:
    """End one of the reader's login sessions, such as one on a lost phone."""
    with transaction():
        commands.end_session(user_id=current_user().id, session_id=session_id, at=utc_now())
    return redirect("auth.show_account", said="ended")


@bp.post("/account/sessions/end-others")
@requires_sign_in
def end_other_sessions() -> Response:
    """End all the reader's login sessions but this one."""
    user = current_user()
    with transaction():
        commands.end_other_sessions(user_id=user.id, session_id=user.session_id, at=utc_now())
    return redirect("auth.show_account", said="ended")


def _password_form(user: User) -> ChangePasswordForm:
    form = ChangePasswordForm.posted()
    if user.password_hash is None:
        del form.old
    return form


def _password_page(form: ChangePasswordForm, user: User, status: int = 200) -> Response:
    body = render_template("auth/password.html", form=form, must_change=user.must_change_password)
    return make_response(body, status)


@bp.get("/account/password")
@requires_sign_in
def show_password() -> Response:
    """Show the form for another password."""
    user = queries.get_user(current_user().id)
    return _password_page(_password_form(user), user)


@bp.post("/account/password")
@requires_sign_in
def save_password() -> Response:
    """Change the reader's password; their other login sessions end."""
    user = queries.get_user(current_user().id)
    must_change = user.must_change_password
    form = _password_form(user)
    if not form.validate():
        return _password_page(form, user, 422)
    try:
        is_changed = _change(user, form)
    except WeakPasswordError as error:
        form.new.errors = [error.sentence]
        return _password_page(form, user, 422)
    except TooManyFailuresError as error:
        form.form_errors.append(error.sentence)
        response = _password_page(form, user, 429)
        response.headers["Retry-After"] = str(error.retry_after_seconds)
        return response
    if not is_changed:
        form.old.errors = [_("Mật khẩu hiện tại chưa đúng. Kiểm tra rồi nhập lại.")]
        return _password_page(form, user, 401)
    return _after_change(user, was_forced=must_change)


def _change(user: User, form: ChangePasswordForm) -> bool:
    new_hash = commands.hash_password(form.new.data or "", username=user.username)
    proof = None
    if "old" in form:
        proof = commands.prove_password(
            login=user.username, password=form.old.data or "", address=address(), at=utc_now()
        )
    with transaction():
        return commands.change_password(
            user_id=user.id,
            session_id=current_user().session_id,
            proof=proof,
            new_hash=new_hash,
            at=utc_now(),
        )


def _after_change(user: User, *, was_forced: bool) -> Response:
    if was_forced:
        return redirect_to(first_page(user.roles))
    return redirect("auth.show_account", said="password")
