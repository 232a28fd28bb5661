"""Tables of courses: course → version → module → activity, and lessons."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, uuid_pk


class VersionState(enum.StrEnum):
    """A draft can change; what is published never does."""

    DRAFT = "draft"
    PUBLISHED = "published"


class ActivityKind(enum.StrEnum):
    """What an activity is made of."""

    LESSON = "lesson"
    QUIZ = "quiz"


class Course(Base):
    """A course by its lasting name; what is taught is one of its versions."""

    __tablename__ = "course"

    id: Mapped[uuid.UUID] = uuid_pk()
    key: Mapped[str] = mapped_column(sa.String(80), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    archived_at: Mapped[datetime | None]


class CourseVersion(Base):
    """One state of a course; ``digest`` is the SHA-256 of the package it came from."""

    __tablename__ = "course_version"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "number"),
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
    sources: Mapped[list[Any]] = mapped_column(default=list)
    digest: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Module(Base):
    """A topic (chuyên đề) of a version."""

    __tablename__ = "module"
    __table_args__ = (sa.UniqueConstraint("version_id", "position"), sa.UniqueConstraint("version_id", "key"))

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("course_version.id", ondelete="RESTRICT"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[str] = mapped_column(sa.String(200))


class Objective(Base):
    """What a learner can do after a module."""

    __tablename__ = "objective"
    __table_args__ = (sa.UniqueConstraint("version_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("course_version.id", ondelete="RESTRICT"))
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
    version_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("course_version.id", ondelete="RESTRICT"))
    module_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("module.id", ondelete="RESTRICT"), index=True)
    ordinal: Mapped[int]
    key: Mapped[str] = mapped_column(sa.String(80))
    kind: Mapped[ActivityKind]
    title: Mapped[str] = mapped_column(sa.String(200))
    minutes: Mapped[int | None]
    requires: Mapped[list[Any]] = mapped_column(default=list)


class Lesson(Base):
    """The text of a lesson: Markdown as written, and the clean HTML made from it at publishing."""

    __tablename__ = "lesson"

    activity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="RESTRICT"), primary_key=True
    )
    markdown: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    word_count: Mapped[int]
    sources: Mapped[list[Any]] = mapped_column(default=list)
