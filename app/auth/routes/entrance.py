"""The way in and out: home, sign-in by password, slip or code, sign-out, language."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, current_app, make_response, render_template, request

from app.auth import commands, queries
from app.auth.commands import NewSession
from app.auth.errors import TooManyFailuresError
from app.auth.forms import CodeSignInForm, PasswordSignInForm
from app.auth.queries import SlipState
from app.auth.routes.blueprint import address, bp, device, first_page, known_path, verify_url
from app.auth.session import clear_login_cookie, find_current_user, set_login_cookie
from app.auth.view_models import SignInPage, SlipPage, slip_trouble
from app.core.access import public
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.error_pages import error_response
from app.core.errors import NotSignedInError
from app.core.htmx import redirect_to, wants_fragment
from app.core.i18n import Language, parse_language
from app.core.i18n import gettext as _
from app.core.web import LANGUAGE_COOKIE

_LANGUAGE_LASTS = timedelta(days=365)


def _sign_in_page(
    status: int = 200,
    *,
    form: PasswordSignInForm | None = None,
    code_form: CodeSignInForm | None = None,
    trouble: str = "",
    notice: str = "",
    next_path: str | None = None,
    is_home: bool = False,
) -> Response:
    if next_path is None:
        next_path = known_path(request.values.get("next")) or ""
    form = form or PasswordSignInForm()
    code_form = code_form or CodeSignInForm()
    form.next.data = code_form.next.data = next_path
    errors = [*form.error_list(), *code_form.error_list()]
    page = SignInPage(
        heading=_("Vào lớp tập huấn") if is_home else _("Đăng nhập"),
        form=form,
        code_form=code_form,
        is_home=is_home,
        notice=notice,
        verify_url=verify_url(),
        errors=[*errors, ("", trouble)] if trouble else errors,
    )
    return make_response(render_template("auth/sign_in.html", page=page), status)


@bp.get("/")
@public
def show_home() -> Response:
    """Say what this is and let people in; who is in goes on to their first page."""
    user = find_current_user()
    if user is not None:
        return redirect_to(first_page(user.roles))
    return _sign_in_page(is_home=True)


@bp.get("/login")
@public
def show_sign_in() -> Response:
    """Show the sign-in form, or go on when somebody is signed in."""
    user = find_current_user()
    if user is not None:
        return redirect_to(known_path(request.args.get("next")) or first_page(user.roles))
    return _sign_in_page()


@bp.post("/login")
@public
def sign_in() -> Response:
    """Sign in by password."""
    form = PasswordSignInForm.posted()
    if not form.validate():
        return _sign_in_page(422, form=form)
    try:
        new = _prove_and_enter(form)
    except TooManyFailuresError as error:
        return _slow_down(_sign_in_page(429, form=form, trouble=error.sentence), error)
    if new is None:
        trouble = _("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại.")
        return _sign_in_page(401, form=form, trouble=trouble)
    return _enter(new)


def _prove_and_enter(form: PasswordSignInForm) -> NewSession | None:
    proof = commands.prove_password(
        login=form.login.data or "",
        password=form.password.data or "",
        address=address(),
        at=utc_now(),
    )
    with transaction():
        new = commands.sign_in(
            proof=proof,
            device=device(),
            is_shared_computer=form.is_shared_computer.data,
            at=utc_now(),
            language=_chosen_language(),
        )
        _leave_old_session(new)
    return new


@bp.post("/login/code")
@public
def sign_in_by_code() -> Response:
    """Sign in by the code typed from a slip."""
    form = CodeSignInForm.posted()
    if not form.validate():
        return _sign_in_page(422, code_form=form)
    try:
        with transaction():
            new = commands.sign_in_by_slip(
                code=form.code.data or "",
                address=address(),
                device=device(),
                is_shared_computer=form.is_shared_computer.data,
                at=utc_now(),
                language=_chosen_language(),
            )
            _leave_old_session(new)
    except TooManyFailuresError as error:
        return _slow_down(_sign_in_page(429, code_form=form, trouble=error.sentence), error)
    if isinstance(new, SlipState):
        return _sign_in_page(401, code_form=form, trouble=slip_trouble(new))
    return _enter(new)


@bp.get("/login/slip/<string:token>")
@public
def show_slip(token: str) -> Response:
    """Show whose slip this is, and one button; a look (a preview in a chat) does not spend it."""
    slip = queries.find_slip(token=token, at=utc_now())
    if slip.state is SlipState.READY:
        page = SlipPage(full_name=slip.full_name, token=token)
        return make_response(render_template("auth/slip.html", page=page))
    user = find_current_user()
    if user is not None and user.id == slip.user_id:
        return redirect_to(first_page(user.roles))
    return _refuse_slip(slip.state)


@bp.post("/login/slip/<string:token>")
@public
def sign_in_by_slip(token: str) -> Response:
    """Spend the slip and sign its learner in."""
    with transaction():
        new = commands.sign_in_by_slip(
            token=token,
            address=address(),
            device=device(),
            is_shared_computer="is_shared_computer" in request.form,
            at=utc_now(),
            language=_chosen_language(),
        )
        _leave_old_session(new)
    return _refuse_slip(new) if isinstance(new, SlipState) else _enter(new)


@bp.post("/logout")
@public
def sign_out() -> Response:
    """End the login session of this browser and have the browser forget what it kept."""
    user = find_current_user()
    if user is not None:
        with transaction():
            commands.sign_out(user_id=user.id, session_id=user.session_id, at=utc_now())
    response = redirect_to("/login")
    clear_login_cookie(response)
    if user is not None and user.is_shared_computer:
        response.delete_cookie(LANGUAGE_COOKIE)  # the next person has not chosen it
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.post("/language")
@public
def save_language() -> Response:
    """Keep the language of this browser and of the person who is signed in."""
    chosen = parse_language(request.form.get("lang"))
    response = redirect_to(known_path(request.form.get("next")) or "/")
    if chosen is None:
        return response
    user = find_current_user()
    if user is not None:
        with transaction():
            commands.choose_language(user_id=user.id, language=chosen)
    response.set_cookie(
        LANGUAGE_COOKIE,
        chosen.value,
        max_age=int(_LANGUAGE_LASTS.total_seconds()),
        samesite="Lax",
        httponly=True,
        secure=current_app.config["LOGIN_COOKIE_SECURE"],
    )
    return response


@bp.app_errorhandler(NotSignedInError)
def ask_to_sign_in(error: NotSignedInError) -> Response:
    """Show the sign-in form in the place of a page that needs it, and lead back there."""
    if request.method not in {"GET", "HEAD"} or wants_fragment():
        return error_response(error.status, error.sentence)
    has_cookie = current_app.config["LOGIN_COOKIE"] in request.cookies
    response = _sign_in_page(
        401,
        notice=error.sentence if has_cookie else _("Hãy đăng nhập để mở trang này."),
        next_path=known_path(request.full_path.removesuffix("?")) or "",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _chosen_language() -> Language | None:
    """Return what was chosen in this browser before signing in, None when nothing was."""
    return parse_language(request.cookies.get(LANGUAGE_COOKIE))


def _leave_old_session(new: NewSession | SlipState | None) -> None:
    """End the login session that this browser held, when another has begun in it."""
    user = find_current_user()
    if user is not None and isinstance(new, NewSession):
        commands.sign_out(user_id=user.id, session_id=user.session_id, at=utc_now())


def _enter(new: NewSession) -> Response:
    wanted = known_path(request.form.get("next"))
    response = redirect_to(
        "/account/password" if new.must_change_password else wanted or first_page(new.roles)
    )
    lasts = new.expires_at - utc_now()
    set_login_cookie(
        response,
        new.token,
        seconds=None if new.is_shared_computer else round(lasts.total_seconds()),
    )
    return response


def _refuse_slip(state: SlipState) -> Response:
    status = 404 if state is SlipState.UNKNOWN else 410
    return _sign_in_page(status, trouble=slip_trouble(state), next_path="")


def _slow_down(response: Response, error: TooManyFailuresError) -> Response:
    response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response
