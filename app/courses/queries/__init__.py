"""Reads of courses: the content of a version, and which versions there are."""

from __future__ import annotations

from app.courses.queries.content import (
    KeyedText,
    LessonBody,
    Outline,
    OutlineActivity,
    OutlineModule,
    get_lesson_body,
    get_outline,
)
from app.courses.queries.versions import (
    CourseRow,
    VersionRow,
    find_published_version,
    find_version_by_digest,
    get_version,
    list_courses,
    list_versions,
)

__all__ = [
    "CourseRow",
    "KeyedText",
    "LessonBody",
    "Outline",
    "OutlineActivity",
    "OutlineModule",
    "VersionRow",
    "find_published_version",
    "find_version_by_digest",
    "get_lesson_body",
    "get_outline",
    "get_version",
    "list_courses",
    "list_versions",
]
