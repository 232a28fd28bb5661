"""The staff's way: my classes → board → one learner, questions most missed, file."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.cohorts import queries as cohort_queries
from app.cohorts.errors import CohortNotFoundError, EnrolmentNotFoundError
from app.cohorts.policies import Reach, reach_of
from app.cohorts.queries import SiteRow, StaffView
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import NotAllowedError
from app.core.forms import stored_number
from app.core.htmx import redirect, reload_page
from app.core.i18n import gettext as _
from app.core.pages import stored_page
from app.courses import queries as course_queries
from app.dashboards import queries
from app.dashboards.drawing import draw_sheet
from app.dashboards.routes.blueprint import bp
from app.dashboards.view_models import staff as views
from app.dashboards.view_models.board import BoardPage, ChangesPart, Standing
from app.dashboards.view_models.board_filter import BoardFilter
from app.progress import queries as progress_queries
from app.progress.queries import BoardRow
from app.quizzes import commands as quiz_commands
from app.quizzes import queries as quiz_queries

STAFF = Role.TRAINER | Role.COORDINATOR | Role.OFFICER
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request about a board may show: the cohort, how far the asker sees, the filter."""

    cohort: StaffView
    reach: Reach
    sites: tuple[SiteRow, ...]
    filter: BoardFilter

    @property
    def site_id(self) -> uuid.UUID | None:
        """Return the one site to show, None for all."""
        if self.reach.site_id is not None:
            return self.reach.site_id
        return self.sites[self.filter.site - 1].id if self.filter.site else None


def _cohort(slug: str) -> tuple[StaffView, Reach]:
    user = current_user()
    cohort = cohort_queries.get_staff_view(slug, user_id=user.id)
    reach = reach_of(user.roles, cohort.duties)
    if reach is None:
        raise CohortNotFoundError
    return cohort, reach


def _asked(slug: str) -> _Asked:
    cohort, reach = _cohort(slug)
    sites = tuple(cohort_queries.list_sites(cohort.id))
    if reach.site_id is not None:
        sites = tuple(each for each in sites if each.id == reach.site_id)
    chosen = BoardFilter.of(request.args)
    if chosen.site > len(sites):
        chosen = replace(chosen, site=0)
    return _Asked(cohort, reach, sites, chosen)


@bp.get("/teach")
@requires_role(STAFF)
def list_taught_cohorts() -> Response:
    """Show the classes that the reader teaches or coordinates; officers see all."""
    user = current_user()
    if user.has(Role.OFFICER):
        cohorts = cohort_queries.list_cohorts()
    else:
        cohorts = cohort_queries.find_staff_cohorts(user.id)
    cards = [views.TaughtCard.of(each) for each in cohorts]
    return make_response(render_template("dashboards/taught.html", cards=cards))


@bp.get("/teach/<string:cohort>")
@requires_role(STAFF)
def show_board(cohort: str) -> Response:
    """Show where everybody stands; while nobody moves the page is kept, a minute at most."""
    asked = _asked(cohort)
    rows = tuple(progress_queries.list_board_rows(asked.cohort.id, site_id=asked.site_id))
    rule = progress_queries.find_rule(asked.cohort.id)
    now = utc_now().replace(second=0, microsecond=0)
    user = current_user()
    reader = (user.id, user.full_name, user.roles)

    def build() -> str:
        page = _board(asked, rows, rule, now)
        return render_template("dashboards/board.html", page=page)

    return stored_page(("board", reader, asked, hash(rows), tuple(rule or ()), now), build)


def _board(
    asked: _Asked, rows: Sequence[BoardRow], rule: Sequence[int] | None, now: datetime
) -> BoardPage:
    return BoardPage.of(
        asked.cohort,
        course_queries.get_outline(asked.cohort.version_id),
        Standing.of(rows, rule, now),
        asked.sites,
        asked.filter,
        cursor=progress_queries.cursor_after(rows),
        members=progress_queries.members_of(rows),
        now=now,
    )


@bp.get("/teach/<string:cohort>/changes")
@requires_role(STAFF)
def list_changes(cohort: str) -> Response:
    """Send the rows that changed since the cursor, or nothing (204).

    Where somebody left or joined, the page is told to load itself again.
    """
    asked = _asked(cohort)
    since = request.args.get("since", 0, type=stored_number)
    members = request.args.get("members", "")
    now_here = progress_queries.current_members(asked.cohort.id, site_id=asked.site_id)
    if members not in {"", now_here}:
        return reload_page()
    changed = progress_queries.changed_rows(asked.cohort.id, since, site_id=asked.site_id)
    if not changed:
        return make_response("", 204)
    return _changes(asked, changed, since, members)


def _changes(asked: _Asked, changed: list[BoardRow], since: int, members: str) -> Response:
    now = utc_now()
    part = ChangesPart.of(
        asked.cohort.slug,
        _standing(asked, now),
        frozenset(each.enrolment_id for each in changed),
        asked.filter,
        shows_site=len(asked.sites) > 1 and not asked.filter.site,
        cursor=progress_queries.cursor_after(changed, since),
        members=members,
        now=now,
    )
    return make_response(render_template("dashboards/_changes.html", part=part))


def _standing(asked: _Asked, now: datetime) -> Standing:
    rows = progress_queries.list_board_rows(asked.cohort.id, site_id=asked.site_id)
    return Standing.of(rows, progress_queries.find_rule(asked.cohort.id), now)


@bp.get("/teach/<string:cohort>/board.xlsx")
@requires_role(STAFF)
def export_board(cohort: str) -> Response:
    """Send the board as a file, from the same rows as the screen, with all names."""
    asked = _asked(cohort)
    now = utc_now()
    outline = course_queries.get_outline(asked.cohort.version_id)
    rows = progress_queries.list_board_rows(asked.cohort.id, site_id=asked.site_id)
    body = draw_sheet(
        f"{asked.cohort.title} – {asked.cohort.code}",
        views.sheet_heads(outline),
        views.sheet_rows(Standing.of(rows, None, now)),
        sheet_name=_("Theo dõi"),
        made_at=now,
    )
    response = Response(body, mimetype=XLSX)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="theo-doi-{asked.cohort.slug}.xlsx"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/teach/<string:cohort>/learners/<int:number>")
@requires_role(STAFF)
def show_learner(cohort: str, number: int) -> Response:
    """Show one learner: activities, times, attempts."""
    found, reach = _cohort(cohort)
    learner = cohort_queries.get_enrolment_by_number(found.id, number)
    if reach.site_id is not None and learner.site_id != reach.site_id:
        raise EnrolmentNotFoundError
    attempts = quiz_queries.list_attempts_of_enrolment(learner.id)
    page = views.LearnerPage.of(
        found,
        course_queries.get_outline(found.version_id),
        learner,
        progress_queries.get_cells(learner.id),
        progress_queries.list_completions(learner.id),
        attempts,
        {each.quiz_id: quiz_queries.get_quiz(each.quiz_id) for each in attempts},
    )
    return make_response(render_template("dashboards/learner.html", page=page))


@bp.get("/teach/<string:cohort>/questions")
@requires_role(STAFF)
def list_questions(cohort: str) -> Response:
    """Show the questions of each test, most missed first."""
    found, reach = _cohort(cohort)
    outline = course_queries.get_outline(found.version_id)
    missed = queries.list_missed_questions(found.id, site_id=reach.site_id)
    page = views.QuestionsPage.of(
        found,
        outline,
        [quiz_queries.get_quiz_of_activity(each) for each in views.quizzes_in(outline)],
        missed,
        {
            each.question_version_id: quiz_queries.get_keyed_question(each.question_version_id)
            for each in missed
        },
        queries.list_released(found.id),
        queries.count_open_attempts(found.id, now=utc_now()),
        can_release=reach.can_teach,
    )
    return make_response(render_template("dashboards/questions.html", page=page))


@bp.post("/teach/<string:cohort>/questions/<string:activity>/release")
@requires_role(STAFF)
def release_answers(cohort: str, activity: str) -> Response:
    """Let the class see the answers of a test."""
    found, reach = _cohort(cohort)
    if not reach.can_teach:
        raise NotAllowedError
    outline = course_queries.get_outline(found.version_id)
    quiz = quiz_queries.get_quiz_of_activity(outline.by_key(activity).id)
    with transaction():
        quiz_commands.release_quiz(
            cohort_id=found.id,
            quiz_id=quiz.id,
            released_by_id=current_user().id,
            released_at=utc_now(),
        )
    return redirect("dashboards.list_questions", cohort=cohort)
