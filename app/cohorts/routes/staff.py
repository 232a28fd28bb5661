"""Who teaches a cohort and who coordinates its sites."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from flask import Response, make_response, render_template

from app.auth import commands as auth_commands
from app.auth.models import Role, User
from app.auth.queries import find_user_by_login
from app.auth.session import requires_role
from app.cohorts import commands, queries
from app.cohorts.errors import PersonUnclearError
from app.cohorts.forms import NewStaffForm, StaffForm
from app.cohorts.models import Cohort
from app.cohorts.queries import AlikePerson
from app.cohorts.routes.blueprint import bp
from app.cohorts.view_models import StaffPage, duty_text
from app.core.clock import to_local, utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.htmx import redirect
from app.core.i18n import gettext as _


@bp.get("/cohorts/<string:cohort>/staff")
@requires_role(Role.OFFICER)
def show_staff(cohort: str) -> Response:
    """Show who teaches and coordinates, and the forms that add somebody."""
    found = queries.get_cohort(cohort)
    return _page(found, *_forms(found, StaffForm(prefix="known-"), NewStaffForm(prefix="new-")))


@bp.post("/cohorts/<string:cohort>/staff")
@requires_role(Role.OFFICER)
def create_staff(cohort: str) -> Response:
    """Give a duty to somebody who has an account."""
    found = queries.get_cohort(cohort)
    form, other = _forms(found, StaffForm.posted(prefix="known-"), NewStaffForm(prefix="new-"))
    user = find_user_by_login(form.login.data or "") if form.validate() else None
    if form.errors:
        return _page(found, form, other, 422)
    if user is None or not user.is_active:
        form.login.errors = [_("Không có tài khoản này. Hãy kiểm tra lại hoặc tạo tài khoản mới.")]
        return _page(found, form, other, 422)
    password = _appoint(found, form, user)
    if password:
        return _password_page(found, user, password)
    return redirect("cohorts.show_staff", cohort=cohort)


@bp.post("/cohorts/<string:cohort>/staff/accounts")
@requires_role(Role.OFFICER)
def create_staff_account(cohort: str) -> Response:
    """Make an account for a duty, and show its one-time password, this once."""
    found = queries.get_cohort(cohort)
    other, form = _forms(found, StaffForm(prefix="known-"), NewStaffForm.posted(prefix="new-"))
    if not form.validate():
        return _page(found, other, form, 422)
    alike = _alike(found, form)
    try:
        user, password = _open_account(found, form, alike)
    except PersonUnclearError:
        return _page(found, other, form, alike=_alike(found, form))
    except AppError as error:
        form.refuse(error)
        return _page(found, other, form, 422)
    return _password_page(found, user, password)


@bp.get("/cohorts/<string:cohort>/staff/<uuid:staff_id>/removal")
@requires_role(Role.OFFICER)
def show_removal(cohort: str, staff_id: uuid.UUID) -> Response:
    """Ask before somebody's duty ends."""
    found = queries.get_cohort(cohort)
    row = queries.get_staff(found.id, staff_id)
    page = render_template("cohorts/removal.html", cohort=found, row=row, duty=duty_text(row))
    return make_response(page)


@bp.post("/cohorts/<string:cohort>/staff/<uuid:staff_id>/removal")
@requires_role(Role.OFFICER)
def remove_staff(cohort: str, staff_id: uuid.UUID) -> Response:
    """End somebody's duty; the log keeps it."""
    found = queries.get_cohort(cohort)
    with transaction():
        commands.remove_staff(cohort_id=found.id, staff_id=staff_id)
    return redirect("cohorts.show_staff", cohort=cohort)


def _forms(cohort: Cohort, known: StaffForm, new: NewStaffForm) -> tuple[StaffForm, NewStaffForm]:
    sites = queries.list_sites(cohort.id)
    known.offer(sites)
    new.offer(sites)
    return known, new


def _alike(cohort: Cohort, form: NewStaffForm) -> Sequence[AlikePerson]:
    return queries.find_alike(
        cohort.id, full_name=form.full_name.data or "", on=to_local(utc_now()).date()
    )


def _page(
    cohort: Cohort,
    known: StaffForm,
    new: NewStaffForm,
    status: int = 200,
    *,
    alike: Sequence[AlikePerson] = (),
) -> Response:
    page = StaffPage.of(cohort, queries.list_staff(cohort.id), alike)
    text = render_template("cohorts/staff.html", page=page, known=known, new=new)
    return make_response(text, status)


def _password_page(cohort: Cohort, user: User, password: str) -> Response:
    page = render_template("cohorts/password.html", cohort=cohort, account=user, password=password)
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _new_password(username: str) -> tuple[str, auth_commands.PasswordHash]:
    """Return a one-time password and its hash; computed before the writing begins."""
    password = auth_commands.one_time_password(username)
    return password, auth_commands.hash_password(password, username=username)


def _appoint(cohort: Cohort, form: StaffForm, user: User) -> str:
    """Give the duty, and a one-time password to who has none and signed in by slips so far."""
    duty, site_id = form.chosen()
    password, new_hash = _new_password(user.username) if user.password_hash is None else ("", None)
    with transaction():
        commands.add_staff(cohort_id=cohort.id, user_id=user.id, duty=duty, site_id=site_id)
        if new_hash is not None:
            auth_commands.set_password(user_id=user.id, new_hash=new_hash)
    return password


def _open_account(
    cohort: Cohort, form: NewStaffForm, alike: Sequence[AlikePerson]
) -> tuple[User, str]:
    """Make the account with its duty, and return it with its one-time password."""
    password, new_hash = _new_password(form.username.data or "")
    with transaction():
        user = commands.open_staff_account(
            cohort_id=cohort.id,
            entry=form.entry(alike),
            new_hash=new_hash,
            opened_at=utc_now(),
        )
    return user, password
