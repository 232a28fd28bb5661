"""The list of cohorts, opening one, and one cohort."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import requires_role
from app.cohorts import commands, queries
from app.cohorts.forms import CohortForm
from app.cohorts.routes.blueprint import bp
from app.cohorts.view_models import CohortCard, CohortPage
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.htmx import redirect
from app.core.text import clean_line
from app.courses.queries import list_courses


@bp.get("/cohorts")
@requires_role(Role.OFFICER)
def list_cohorts() -> Response:
    """Show all cohorts."""
    cards = [CohortCard.of(each) for each in queries.list_cohorts()]
    return make_response(render_template("cohorts/list.html", cards=cards))


@bp.get("/cohorts/new")
@requires_role(Role.OFFICER)
def show_new_cohort() -> Response:
    """Show the form that opens a cohort, or how a course gets here when there is none."""
    form = CohortForm(organiser=queries.usual_organiser())
    form.offer(list_courses())
    return make_response(render_template("cohorts/new.html", form=form))


@bp.post("/cohorts")
@requires_role(Role.OFFICER)
def create_cohort() -> Response:
    """Open a cohort."""
    form = CohortForm.posted()
    form.offer(list_courses())
    if form.validate():
        try:
            with transaction():
                opened = commands.create_cohort(**form.values(), created_at=utc_now())
        except AppError as error:
            form.refuse(error)
        else:
            return redirect("cohorts.show_cohort", cohort=opened.slug)
    return make_response(render_template("cohorts/new.html", form=form), 422)


@bp.get("/cohorts/<string:cohort>")
@requires_role(Role.OFFICER)
def show_cohort(cohort: str) -> Response:
    """Show a cohort: sites, staff, learners, names to correct, what can be done."""
    found = queries.get_cohort(cohort)
    page = CohortPage.of(
        found,
        queries.get_version_title(found.version_id),
        queries.list_sites(found.id),
        queries.list_enrolments(found.id),
        staff=queries.list_staff(found.id),
        cancelled=queries.list_cancelled(found.id),
        asked_name=clean_line(request.args.get("q", "")),
        enrolled_number=request.args.get("enrolled", type=int),
    )
    return make_response(render_template("cohorts/cohort.html", page=page))
