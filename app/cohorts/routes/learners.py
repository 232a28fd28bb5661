"""Learners of a cohort: enrolling one, correcting, taking out and back."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import requires_role
from app.cohorts import commands, queries
from app.cohorts.errors import PersonUnclearError
from app.cohorts.forms import CancelForm, LearnerForm, PlaceForm
from app.cohorts.models import Cohort, Enrolment
from app.cohorts.queries import AlikePerson, EnrolmentRow
from app.cohorts.routes.blueprint import bp
from app.cohorts.view_models import EntryPage, LearnerPage
from app.core.clock import to_local, utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.htmx import redirect
from app.units.queries import list_unit_names

_MOST_UNITS = 400


@bp.get("/cohorts/<string:cohort>/learners/new")
@requires_role(Role.OFFICER)
def show_new_learner(cohort: str) -> Response:
    """Show the form that enrols one learner, and the receipt of the one before."""
    found = queries.get_cohort(cohort)
    last = _enrolled(found, request.args.get("enrolled", type=int))
    form = LearnerForm(site=str(last.site_id) if last else None)
    form.offer(queries.list_sites(found.id))
    return _entry_page(found, form, last=last)


@bp.post("/cohorts/<string:cohort>/learners")
@requires_role(Role.OFFICER)
def create_learner(cohort: str) -> Response:
    """Enrol one learner, once it is clear who it is."""
    found = queries.get_cohort(cohort)
    form = LearnerForm.posted()
    form.offer(queries.list_sites(found.id))
    if not form.validate():
        return _entry_page(found, form, status=422)
    alike = _alike(found, form)
    if not form.is_decided(alike):
        return _entry_page(found, form, alike, status=422 if form.errors else 200)
    try:
        enrolment = _enrol(found, form, alike)
    except PersonUnclearError:
        form.ask_again()
        return _entry_page(found, form, _alike(found, form))
    except AppError as error:
        form.refuse(error)
        return _entry_page(found, form, alike, status=422)
    return _after_enrolling(cohort, enrolment.number)


def _after_enrolling(cohort: str, number: int) -> Response:
    is_last = request.form.get("then") == "class"
    endpoint = "cohorts.show_cohort" if is_last else "cohorts.show_new_learner"
    return redirect(endpoint, cohort=cohort, enrolled=number)


def _enrol(cohort: Cohort, form: LearnerForm, alike: list[AlikePerson]) -> Enrolment:
    with transaction():
        return commands.enrol_entry(
            cohort_id=cohort.id, entry=form.entry(alike), enrolled_at=utc_now()
        )


def _alike(cohort: Cohort, form: LearnerForm) -> list[AlikePerson]:
    found = queries.find_alike(
        cohort.id,
        full_name=form.full_name.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        on=to_local(utc_now()).date(),
    )
    return list(found)


def _enrolled(cohort: Cohort, number: int | None) -> EnrolmentRow | None:
    rows = queries.list_enrolments(cohort.id) if number is not None else []
    return next((each for each in rows if each.number == number), None)


def _unit_names() -> list[str]:
    return list_unit_names(on=to_local(utc_now()).date(), limit=_MOST_UNITS)


def _entry_page(
    cohort: Cohort,
    form: LearnerForm,
    alike: list[AlikePerson] | None = None,
    *,
    last: EnrolmentRow | None = None,
    status: int = 200,
) -> Response:
    page = EntryPage.of(cohort, _unit_names(), alike or (), last)
    return make_response(render_template("cohorts/entry.html", page=page, form=form), status)


@bp.get("/cohorts/<string:cohort>/learners/<int:number>")
@requires_role(Role.OFFICER)
def show_learner(cohort: str, number: int) -> Response:
    """Show one learner and the form that corrects unit, position and site."""
    found = queries.get_cohort(cohort)
    row = queries.get_enrolment_by_number(found.id, number)
    form = PlaceForm(
        unit_name=row.unit_name, position_title=row.position_title, site=str(row.site_id)
    )
    form.offer(queries.list_sites(found.id))
    return _learner_page(found, row, form)


@bp.post("/cohorts/<string:cohort>/learners/<int:number>")
@requires_role(Role.OFFICER)
def save_learner(cohort: str, number: int) -> Response:
    """Correct the unit, the position and the site of a learner."""
    found = queries.get_cohort(cohort)
    row = queries.get_enrolment_by_number(found.id, number)
    form = PlaceForm.posted()
    form.offer(queries.list_sites(found.id))
    if form.validate():
        try:
            with transaction():
                commands.correct_enrolment(
                    enrolment_id=row.id, **form.values(), corrected_at=utc_now()
                )
        except AppError as error:
            form.refuse(error)
        else:
            return redirect("cohorts.show_learner", cohort=cohort, number=number, saved=1)
    return _learner_page(found, row, form, 422)


def _learner_page(
    cohort: Cohort, row: EnrolmentRow, form: PlaceForm, status: int = 200
) -> Response:
    page = LearnerPage.of(cohort, row, _unit_names(), is_saved="saved" in request.args)
    return make_response(render_template("cohorts/learner.html", page=page, form=form), status)


@bp.get("/cohorts/<string:cohort>/learners/<int:number>/cancellation")
@requires_role(Role.OFFICER)
def show_cancellation(cohort: str, number: int) -> Response:
    """Ask for the reason before a learner is taken out."""
    found = queries.get_cohort(cohort)
    row = queries.get_enrolment_by_number(found.id, number)
    page = LearnerPage.of(found, row)
    return make_response(render_template("cohorts/cancel.html", page=page, form=CancelForm()))


@bp.post("/cohorts/<string:cohort>/learners/<int:number>/cancellation")
@requires_role(Role.OFFICER)
def cancel_enrolment(cohort: str, number: int) -> Response:
    """Take a learner out of the cohort; nothing is deleted."""
    found = queries.get_cohort(cohort)
    row = queries.get_enrolment_by_number(found.id, number)
    form = CancelForm.posted()
    if not form.validate():
        page = LearnerPage.of(found, row)
        return make_response(render_template("cohorts/cancel.html", page=page, form=form), 422)
    with transaction():
        commands.cancel_enrolment(
            enrolment_id=row.id, cancelled_at=utc_now(), reason=form.reason.data or ""
        )
    return redirect("cohorts.show_cohort", cohort=cohort)


@bp.post("/cohorts/<string:cohort>/learners/<int:number>/restoration")
@requires_role(Role.OFFICER)
def restore_enrolment(cohort: str, number: int) -> Response:
    """Take a cancelled learner back."""
    found = queries.get_cohort(cohort)
    row = queries.get_cancelled_by_number(found.id, number)
    with transaction():
        commands.restore_enrolment(enrolment_id=row.id, restored_at=utc_now())
    return redirect("cohorts.show_cohort", cohort=cohort, enrolled=number)
