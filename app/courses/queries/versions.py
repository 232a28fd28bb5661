"""Reads of courses and their versions: which there are, which may be taught."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.db import read
from app.courses.domain.activity import ActivityKind, VersionState
from app.courses.errors import CourseNotFoundError
from app.courses.models import Activity, Course, CourseVersion


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a course."""

    id: uuid.UUID
    number: int
    title: str
    state: VersionState
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One course in a list: its versions, newest first, and the size of the newest."""

    key: str
    title: str
    versions: tuple[VersionRow, ...]
    lesson_count: int
    quiz_count: int


_VERSION_ROWS = (
    sa.select(
        CourseVersion.id,
        CourseVersion.number,
        CourseVersion.title,
        CourseVersion.state,
        CourseVersion.published_at,
        CourseVersion.course_id,
    )
    .join(Course, Course.id == CourseVersion.course_id)
    .order_by(CourseVersion.number.desc())
)
_COUNTS = sa.select(Activity.version_id, Activity.kind, sa.func.count().label("size")).group_by(
    Activity.version_id, Activity.kind
)
_COURSES = (
    sa.select(Course.id, Course.key, Course.title)
    .where(Course.archived_at.is_(None))
    .order_by(Course.title, Course.key)
)


def find_published_version(course_key: str) -> VersionRow | None:
    """Return the newest published version of a course."""
    versions = [each for each in _versions(course_key) if each.state is VersionState.PUBLISHED]
    return versions[0] if versions else None


def get_version(course_key: str, number: int | None = None) -> VersionRow:
    """Return the version of that number; without one the newest published, else the newest draft.

    :raises CourseNotFoundError: there is no such course or version
    """
    versions = _versions(course_key)
    if number is None:
        versions.sort(key=lambda each: each.state is not VersionState.PUBLISHED)
    else:
        versions = [each for each in versions if each.number == number]
    if not versions:
        raise CourseNotFoundError
    return versions[0]


def find_version_by_digest(course_key: str, digest: str) -> VersionRow | None:
    """Return the version that was imported from this very package."""
    statement = _VERSION_ROWS.where(Course.key == course_key, CourseVersion.digest == digest)
    row = read(statement).one_or_none()
    return _version_row(row) if row else None


def list_versions(course_key: str) -> list[VersionRow]:
    """Return the versions of a course, newest first."""
    return _versions(course_key)


def list_courses() -> list[CourseRow]:
    """Return all courses that are not archived, by title, in three statements."""
    versions: dict[uuid.UUID, list[VersionRow]] = {}
    for each in read(_VERSION_ROWS):
        versions.setdefault(each.course_id, []).append(_version_row(each))
    counts = {(each.version_id, each.kind): each.size for each in read(_COUNTS)}
    rows = []
    for course in read(_COURSES):
        mine = tuple(versions.get(course.id, ()))
        newest = mine[0].id if mine else None
        rows.append(
            CourseRow(
                key=course.key,
                title=course.title,
                versions=mine,
                lesson_count=counts.get((newest, ActivityKind.LESSON), 0),
                quiz_count=counts.get((newest, ActivityKind.QUIZ), 0),
            )
        )
    return rows


def _versions(course_key: str) -> list[VersionRow]:
    statement = _VERSION_ROWS.where(Course.key == course_key)
    return [_version_row(row) for row in read(statement)]


def _version_row(row: Any) -> VersionRow:
    return VersionRow(row.id, row.number, row.title, row.state, row.published_at)
