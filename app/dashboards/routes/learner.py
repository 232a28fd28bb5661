"""The learner's way: my classes → outline → lesson or test."""

from __future__ import annotations

import secrets
from collections.abc import Hashable

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.certificates import queries as certificate_queries
from app.cohorts import commands as cohort_commands
from app.cohorts.errors import CohortNotFoundError, RemarkMissingError
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.htmx import redirect_to
from app.core.navigation import find_destination
from app.core.pages import stored_page
from app.courses import queries as course_queries
from app.courses.queries import Outline, OutlineActivity
from app.dashboards.routes.blueprint import bp
from app.dashboards.view_models import activity as doors
from app.dashboards.view_models import learner as views
from app.progress import commands as progress_commands
from app.progress import queries as progress_queries
from app.progress.domain.locks import missing_before
from app.progress.queries import Place
from app.quizzes import commands as quiz_commands
from app.quizzes import queries as quiz_queries


def _place(cohort: str) -> Place:
    place = progress_queries.find_place(current_user().id, cohort)
    if place is None:
        raise CohortNotFoundError
    return place


def _is_locked(place: Place, activity: OutlineActivity) -> bool:
    if activity.ordinal in place.done:
        return False
    return bool(missing_before(activity.requires, place.done))


def _certificate_url(place: Place, outline: Outline) -> str:
    """Return where the learner's certificate is; empty until one was issued."""
    if place.missing(len(outline.activities)):
        return ""
    if certificate_queries.find_mine(place.learner_id, place.cohort_slug) is None:
        return ""
    return find_destination("my_certificate", cohort=place.cohort_slug)


def _outline_key(place: Place, certificate_url: str) -> tuple[Hashable, ...]:
    user = current_user()
    return (
        "outline",
        user.id,
        user.full_name,
        user.roles,
        place.cohort_slug,
        place.cells,
        place.printed_name,
        place.name_confirmed_at,
        place.name_remark,
        tuple(place.required or ()),
        certificate_url,
    )


@bp.get("/learn")
@requires_role(Role.LEARNER)
def list_my_cohorts() -> Response:
    """Show the learner's classes."""
    places = progress_queries.list_places(current_user().id)
    user = current_user()
    key = ("classes", user.id, user.full_name, user.roles)
    state = tuple((each.cohort_id, each.cells, tuple(each.required or ())) for each in places)

    def build() -> str:
        cards = [
            views.ClassCard.of(each, course_queries.get_outline(each.version_id).language)
            for each in places
        ]
        return render_template("dashboards/my_classes.html", cards=cards)

    return stored_page((*key, state), build)


@bp.get("/learn/<string:cohort>")
@requires_role(Role.LEARNER)
def show_outline(cohort: str) -> Response:
    """Show what there is to do in a class, what is done, and what opens what."""
    place = _place(cohort)
    outline = course_queries.get_outline(place.version_id)
    certificate_url = _certificate_url(place, outline)

    def build() -> str:
        page = views.OutlinePage.of(place, outline, certificate_url=certificate_url)
        return render_template("dashboards/outline.html", page=page)

    return stored_page(_outline_key(place, certificate_url), build)


@bp.get("/learn/<string:cohort>/<string:activity>")
@requires_role(Role.LEARNER)
def show_activity(cohort: str, activity: str) -> Response:
    """Show a lesson, or the door of a test; a locked one says what to do first."""
    place = _place(cohort)
    outline = course_queries.get_outline(place.version_id)
    chosen = outline.by_key(activity)
    if _is_locked(place, chosen):
        page = doors.LockedPage.of(place, outline, chosen)
        return make_response(render_template("dashboards/locked.html", page=page), 403)
    if doors.is_lesson(chosen):
        return _lesson(place, outline, chosen)
    quiz = quiz_queries.get_quiz_of_activity(chosen.id)
    attempts = quiz_queries.list_attempts(place.enrolment_id, quiz.id)
    door = doors.QuizPage.of(place, chosen, quiz, attempts, utc_now())
    return make_response(render_template("dashboards/quiz_door.html", page=door))


def _lesson(place: Place, outline: Outline, activity: OutlineActivity) -> Response:
    """Answer with a page that all readers at the same point share: its header names nobody."""
    is_done = activity.ordinal in place.done
    following = doors.following(place, outline, activity)
    key = (
        "lesson",
        place.cohort_slug,
        activity.id,
        current_user().roles,
        is_done,
        following.key if following else "",
    )

    def build() -> str:
        body = course_queries.get_lesson_body(activity.id)
        page = doors.LessonPage.of(
            place.cohort_slug, outline, activity, body, is_done=is_done, following=following
        )
        return render_template("dashboards/lesson.html", page=page, user=doors.SharedReader())

    return stored_page(key, build)


@bp.post("/learn/<string:cohort>/<string:activity>/done")
@requires_role(Role.LEARNER)
def save_done(cohort: str, activity: str) -> Response:
    """Keep that the lesson is done and go on to what comes next."""
    place = _place(cohort)
    outline = course_queries.get_outline(place.version_id)
    lesson = outline.by_key(activity)
    with transaction():
        progress_commands.complete_lesson(
            enrolment_id=place.enrolment_id, activity_id=lesson.id, at=utc_now()
        )
    following = doors.following(place, outline, lesson)
    if following is None:
        return redirect_to(views.class_url(cohort))
    return redirect_to(views.activity_url(cohort, following.key))


@bp.post("/learn/<string:cohort>/<string:activity>/attempts")
@requires_role(Role.LEARNER)
def create_attempt(cohort: str, activity: str) -> Response:
    """Open an attempt, or go on with the open one."""
    place = _place(cohort)
    outline = course_queries.get_outline(place.version_id)
    chosen = outline.by_key(activity)
    if _is_locked(place, chosen):
        progress_commands.check_open(
            requires=chosen.requires, version_id=place.version_id, packed=place.cells
        )
    with transaction():
        attempt_id = quiz_commands.start_attempt(
            enrolment_id=place.enrolment_id,
            learner_id=place.learner_id,
            activity_id=chosen.id,
            started_at=utc_now(),
            seed=secrets.randbits(63),
        )
    return redirect_to(f"/attempts/{attempt_id}")


@bp.post("/learn/<string:cohort>/name/confirmation")
@requires_role(Role.LEARNER)
def save_name_confirmation(cohort: str) -> Response:
    """Keep that the name to be printed is right."""
    place = _place(cohort)
    with transaction():
        cohort_commands.confirm_name(enrolment_id=place.enrolment_id, confirmed_at=utc_now())
    return redirect_to(views.class_url(cohort))


@bp.post("/learn/<string:cohort>/name/remark")
@requires_role(Role.LEARNER)
def save_name_remark(cohort: str) -> Response:
    """Keep what is wrong with the name to be printed, for the officer."""
    place = _place(cohort)
    remark = request.form.get("remark", "")
    try:
        with transaction():
            cohort_commands.report_name(
                enrolment_id=place.enrolment_id, remark=remark, reported_at=utc_now()
            )
    except RemarkMissingError as error:
        outline = course_queries.get_outline(place.version_id)
        page = views.OutlinePage.of(
            place, outline, certificate_url="", error=error.sentence, typed=remark
        )
        return make_response(render_template("dashboards/outline.html", page=page), 422)
    return redirect_to(views.class_url(cohort))
