"""Names as they will be printed, and login slips."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, current_app, make_response, render_template, request

from app.auth import commands as auth_commands
from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.cohorts import commands, queries
from app.cohorts.forms import PrintedNameForm, chosen_site
from app.cohorts.models import Cohort
from app.cohorts.queries import EnrolmentRow
from app.cohorts.routes.blueprint import bp
from app.cohorts.view_models import LearnerLine, SlipsPage
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.forms import stored_number
from app.core.htmx import redirect

SLIP_DAYS = 30


@bp.get("/cohorts/<string:cohort>/names/<int:number>")
@requires_role(Role.OFFICER)
def show_name(cohort: str, number: int) -> Response:
    """Show the form that corrects a name to be printed."""
    found = queries.get_cohort(cohort)
    row = queries.get_enrolment_by_number(found.id, number)
    form = PrintedNameForm(printed_name=row.printed_name)
    line = LearnerLine.of(found, row)
    return make_response(render_template("cohorts/name.html", form=form, line=line, cohort=found))


@bp.post("/cohorts/<string:cohort>/names/<int:number>")
@requires_role(Role.OFFICER)
def save_name(cohort: str, number: int) -> Response:
    """Correct a name to be printed; the learner confirms it again."""
    found = queries.get_cohort(cohort)
    row = queries.get_enrolment_by_number(found.id, number)
    form = PrintedNameForm(request.form)
    if form.validate():
        try:
            with transaction():
                commands.correct_printed_name(
                    enrolment_id=row.id,
                    printed_name=str(form.printed_name.data),
                    corrected_by_id=current_user().id,
                    corrected_at=utc_now(),
                )
        except AppError as error:
            form.refuse(error)
        else:
            return redirect("cohorts.show_cohort", cohort=cohort)
    line = LearnerLine.of(found, row)
    page = render_template("cohorts/name.html", form=form, line=line, cohort=found)
    return make_response(page, 422)


@bp.get("/cohorts/<string:cohort>/slips")
@requires_role(Role.OFFICER)
def show_slips(cohort: str) -> Response:
    """Ask before slips are made: new ones cancel those not used yet."""
    found = queries.get_cohort(cohort)
    sites = queries.list_sites(found.id)
    page = render_template("cohorts/slips_question.html", cohort=found, sites=sites, days=SLIP_DAYS)
    return make_response(page)


def _asked_for(cohort: Cohort) -> Sequence[EnrolmentRow]:
    """Return whose slips are asked for: one learner's, those of a site, or all."""
    if "number" in request.form:
        number = request.form.get("number", 0, type=stored_number)
        return [queries.get_enrolment_by_number(cohort.id, number)]
    site_id = chosen_site(request.form.get("site", ""), queries.list_sites(cohort.id))
    return queries.list_enrolments(cohort.id, site_id=site_id)


@bp.post("/cohorts/<string:cohort>/slips")
@requires_role(Role.OFFICER)
def create_slips(cohort: str) -> Response:
    """Make slips and show them for the printer, this once: codes are stored nowhere."""
    found = queries.get_cohort(cohort)
    rows = {each.learner_id: each for each in _asked_for(found)}
    with transaction():
        printed = auth_commands.make_slips(
            user_ids=list(rows),
            made_by_id=current_user().id,
            at=utc_now(),
            valid_days=SLIP_DAYS,
        )
    page = SlipsPage.of(found, current_app.config["BASE_URL"], printed, rows)
    response = make_response(render_template("cohorts/slips.html", page=page))
    response.headers["Cache-Control"] = "no-store"
    return response
