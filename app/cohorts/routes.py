"""The officer's pages of cohorts: list, overview, names, login slips."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, make_response, render_template, request

from app.auth import commands as auth_commands
from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.cohorts import commands, queries
from app.cohorts.forms import PrintedNameForm, chosen_site
from app.cohorts.view_models import CohortCard, CohortPage, LearnerLine, SlipsPage
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.htmx import redirect

bp = Blueprint("cohorts", __name__, template_folder="templates")

SLIP_DAYS = 30


@bp.get("/cohorts")
@requires_role(Role.OFFICER)
def list_cohorts() -> Response:
    """Show all cohorts."""
    cards = [CohortCard.of(each) for each in queries.list_cohorts()]
    return make_response(render_template("cohorts/list.html", cards=cards))


@bp.get("/cohorts/<string:cohort>")
@requires_role(Role.OFFICER)
def show_cohort(cohort: str) -> Response:
    """Show a cohort: sites, learners, names to correct, what can be done."""
    found = queries.get_cohort(cohort)
    page = CohortPage.of(
        found,
        queries.get_version_title(found.version_id),
        queries.list_sites(found.id),
        queries.list_enrolments(found.id),
    )
    return make_response(render_template("cohorts/cohort.html", page=page))


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
    if not form.validate():
        line = LearnerLine.of(found, row)
        page = render_template("cohorts/name.html", form=form, line=line, cohort=found)
        return make_response(page, 422)
    with transaction():
        commands.correct_printed_name(
            enrolment_id=row.id,
            printed_name=str(form.printed_name.data),
            corrected_by_id=current_user().id,
            corrected_at=utc_now(),
        )
    return redirect("cohorts.show_cohort", cohort=cohort)


@bp.get("/cohorts/<string:cohort>/slips")
@requires_role(Role.OFFICER)
def show_slips(cohort: str) -> Response:
    """Ask before slips are made: new ones cancel those not used yet."""
    found = queries.get_cohort(cohort)
    sites = queries.list_sites(found.id)
    page = render_template("cohorts/slips_question.html", cohort=found, sites=sites, days=SLIP_DAYS)
    return make_response(page)


@bp.post("/cohorts/<string:cohort>/slips")
@requires_role(Role.OFFICER)
def create_slips(cohort: str) -> Response:
    """Make slips and show them for the printer, this once: codes are stored nowhere."""
    found = queries.get_cohort(cohort)
    site_id = chosen_site(request.form.get("site", ""), queries.list_sites(found.id))
    enrolments = queries.list_enrolments(found.id, site_id=site_id)
    rows = {each.learner_id: each for each in enrolments}
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
