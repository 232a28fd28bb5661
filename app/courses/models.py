"""Tables of courses: course → version → module → activity, and lessons.

What is published never changes: the guards at the end refuse a change of any of its rows.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.core.db import Base, uuid_pk
from app.courses.domain.activity import ActivityKind, VersionState
from app.courses.errors import VersionPublishedError

__all__ = [
    "Activity",
    "ActivityKind",
    "Course",
    "CourseVersion",
    "Lesson",
    "Module",
    "Objective",
    "VersionState",
]


class Course(Base):
    """A course by its lasting name; what is taught is one of its versions."""

    __tablename__ = "course"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(sa.String(80), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    archived_at: Mapped[datetime | None]


class CourseVersion(Base):
    """One state of a course; ``digest`` is the SHA-256 of the package it came from.

    ``sources`` holds ``{"id": …, "text": …}`` of everything the content relies on.
    """

    __tablename__ = "course_version"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "number"),
        sa.UniqueConstraint("course_id", "digest"),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name="published_at_when_published"
        ),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    course_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("course.id", ondelete="RESTRICT"))
    number: Mapped[int]
    state: Mapped[VersionState]
    title: Mapped[str] = mapped_column(sa.String(200))
    summary: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(8), default="vi")
    licence: Mapped[str] = mapped_column(sa.String(200), default="")
    sources: Mapped[list[Any]] = mapped_column(default=list)
    digest: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Module(Base):
    """A topic (chuyên đề) of a version."""

    __tablename__ = "module"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "position"),
        sa.UniqueConstraint("version_id", "key"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("course_version.id", ondelete="RESTRICT")
    )
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(200))


class Objective(Base):
    """What a learner can do after a module."""

    __tablename__ = "objective"
    __table_args__ = (sa.UniqueConstraint("version_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("course_version.id", ondelete="RESTRICT")
    )
    module_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("module.id", ondelete="RESTRICT"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(80))
    text: Mapped[str] = mapped_column(sa.Text)


class Activity(Base):
    """Anything that can be completed.

    ``ordinal`` counts from 0 through the whole version: it is the activity's cell in a learner's
    progress. ``requires`` holds ordinals that must be done first.
    """

    __tablename__ = "activity"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "ordinal"),
        sa.UniqueConstraint("version_id", "key"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("course_version.id", ondelete="RESTRICT")
    )
    module_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("module.id", ondelete="RESTRICT"), index=True
    )
    ordinal: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(80))
    kind: Mapped[ActivityKind]
    title: Mapped[str] = mapped_column(sa.String(200))
    minutes: Mapped[int | None]
    requires: Mapped[list[Any]] = mapped_column(default=list)


class Lesson(Base):
    """The text of a lesson: Markdown as written, and the clean HTML made from it at import.

    ``objectives`` and ``sources`` hold ids (keys) of the version's objectives and sources.
    """

    __tablename__ = "lesson"

    activity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="RESTRICT"), primary_key=True
    )
    markdown: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    word_count: Mapped[int]
    objectives: Mapped[list[Any]] = mapped_column(default=list)
    sources: Mapped[list[Any]] = mapped_column(default=list)


def _state_of(connection: sa.Connection, part: Any) -> VersionState | None:
    """Return the stored state of the version that a row is, or belongs to."""
    statement = sa.select(CourseVersion.state)
    if isinstance(part, CourseVersion):
        statement = statement.where(CourseVersion.id == part.id)
    elif isinstance(part, Lesson):
        statement = statement.join(Activity, Activity.version_id == CourseVersion.id).where(
            Activity.id == part.activity_id
        )
    else:
        statement = statement.where(CourseVersion.id == part.version_id)
    return connection.scalar(statement)


def _refuse_change_of_published(_mapper: Mapper[Any], connection: sa.Connection, part: Any) -> None:
    """Refuse to change or delete a row of a published version.

    :raises VersionPublishedError: the version is published
    """
    if _state_of(connection, part) is VersionState.PUBLISHED:
        raise VersionPublishedError


for _part in (CourseVersion, Module, Objective, Activity, Lesson):
    for _moment in ("before_update", "before_delete"):
        event.listen(_part, _moment, _refuse_change_of_published)
