"""Pages of courses for trainers and training officers: what there is and what it says."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.auth.models import Role
from app.auth.session import requires_role
from app.courses import queries
from app.courses.view_models import CourseCard, LessonPreview, OutlinePage

bp = Blueprint("courses", __name__, template_folder="templates")

STAFF = Role.TRAINER | Role.OFFICER


@bp.get("/courses")
@requires_role(STAFF)
def list_courses() -> str:
    """Show all courses with their versions."""
    cards = [CourseCard.of(each) for each in queries.list_courses()]
    return render_template("courses/courses.html", cards=cards)


@bp.get("/courses/<string:course_key>")
@requires_role(STAFF)
def show_course(course_key: str) -> str:
    """Show the newest published version of a course, or its newest draft."""
    return _outline(course_key, None)


@bp.get("/courses/<string:course_key>/versions/<int:number>")
@requires_role(STAFF)
def show_version(course_key: str, number: int) -> str:
    """Show one version of a course."""
    return _outline(course_key, number)


@bp.get("/courses/<string:course_key>/versions/<int:number>/<string:activity_key>")
@requires_role(STAFF)
def show_lesson(course_key: str, number: int, activity_key: str) -> str:
    """Show a lesson as its readers will see it."""
    outline = queries.get_outline(queries.get_version(course_key, number).id)
    activity = outline.by_key(activity_key)
    page = LessonPreview.of(outline, activity, queries.get_lesson_body(activity.id))
    return render_template("courses/lesson.html", page=page)


def _outline(course_key: str, number: int | None) -> str:
    outline = queries.get_outline(queries.get_version(course_key, number).id)
    page = OutlinePage.of(outline, queries.list_versions(course_key))
    return render_template("courses/course.html", page=page)
