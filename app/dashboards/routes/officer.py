"""The officer's page for the completion rule of a cohort."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.cohorts import queries as cohort_queries
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.htmx import redirect
from app.courses import queries as course_queries
from app.dashboards.forms import ticked
from app.dashboards.routes.blueprint import bp
from app.dashboards.view_models.officer import RulePage
from app.progress import commands as progress_commands
from app.progress import queries as progress_queries
from app.progress.domain.rules import required_ordinals
from app.progress.errors import RuleEmptyError


@bp.get("/cohorts/<string:cohort>/rule")
@requires_role(Role.OFFICER)
def show_rule(cohort: str) -> Response:
    """Show what the cohort must do; while nothing is set, everything is ticked."""
    found = cohort_queries.get_cohort(cohort)
    outline = course_queries.get_outline(found.version_id)
    rule = progress_queries.find_rule(found.id)
    required = required_ordinals(rule, len(outline.activities))
    page = RulePage.of(found, outline, required, is_set=rule is not None)
    return make_response(render_template("dashboards/rule.html", page=page))


@bp.post("/cohorts/<string:cohort>/rule")
@requires_role(Role.OFFICER)
def save_rule(cohort: str) -> Response:
    """Set what the cohort must do."""
    found = cohort_queries.get_cohort(cohort)
    outline = course_queries.get_outline(found.version_id)
    required = ticked(request.form, len(outline.activities))
    try:
        with transaction():
            progress_commands.set_completion_rule(
                cohort_id=found.id,
                required=required,
                set_by_id=current_user().id,
                set_at=utc_now(),
            )
    except RuleEmptyError as error:
        page = RulePage.of(found, outline, required, is_set=True, error=error.sentence)
        return make_response(render_template("dashboards/rule.html", page=page), 422)
    return redirect("dashboards.show_rule", cohort=cohort)
