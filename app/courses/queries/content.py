"""Reads of courses. What belongs to a published version never changes, so it is read once.

Outlines and lesson texts of published versions stay in the memory of the process; drafts are read
each time. Nothing is kept while a transaction is open: it may yet be rolled back.
"""

from __future__ import annotations

import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from markupsafe import Markup

from app.core.db import is_writing, read
from app.core.markup import safe
from app.courses.domain.activity import ActivityKind, VersionState
from app.courses.errors import CourseNotFoundError
from app.courses.models import Activity, Course, CourseVersion, Lesson, Module, Objective

T = TypeVar("T")


class _Kept(Generic[T]):
    """The things of published versions read most recently, by id; safe between threads."""

    def __init__(self, capacity: int) -> None:
        self._things: OrderedDict[uuid.UUID, T] = OrderedDict()
        self._capacity = capacity
        self._lock = threading.Lock()

    def find(self, key: uuid.UUID) -> T | None:
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
            return thing

    def keep(self, key: uuid.UUID, thing: T) -> None:
        if is_writing():
            return
        with self._lock:
            self._things[key] = thing
            if len(self._things) > self._capacity:
                self._things.popitem(last=False)


@dataclass(frozen=True, slots=True)
class KeyedText:
    """An objective or a source with its id in the package."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class OutlineActivity:
    """One activity; ``requires`` holds ordinals of activities that must be done first."""

    id: uuid.UUID
    ordinal: int
    key: str
    kind: ActivityKind
    title: str
    minutes: int | None
    requires: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OutlineModule:
    """One module with what a learner can do after it, and its activities in order."""

    id: uuid.UUID
    key: str
    title: str
    objectives: tuple[KeyedText, ...]
    activities: tuple[OutlineActivity, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a version offers, in order; shared between requests, so never changed."""

    version_id: uuid.UUID
    course_id: uuid.UUID
    course_key: str
    number: int
    title: str
    summary: str
    language: str
    state: VersionState
    published_at: datetime | None
    sources: tuple[KeyedText, ...]
    modules: tuple[OutlineModule, ...]
    activities: tuple[OutlineActivity, ...]
    _places: Mapping[str, int] = field(repr=False)

    def by_ordinal(self, ordinal: int) -> OutlineActivity:
        """Return the activity at that place, counting from 0.

        :raises CourseNotFoundError: there is no such place
        """
        if not 0 <= ordinal < len(self.activities):
            raise CourseNotFoundError
        return self.activities[ordinal]

    def by_key(self, key: str) -> OutlineActivity:
        """Return the activity of that key (as in addresses).

        :raises CourseNotFoundError: the version has no such activity
        """
        if key not in self._places:
            raise CourseNotFoundError
        return self.activities[self._places[key]]


@dataclass(frozen=True, slots=True)
class LessonBody:
    """The text of a lesson, ready to show, with what it teaches and what it relies on."""

    html: Markup
    word_count: int
    minutes: int | None
    language: str
    objectives: tuple[KeyedText, ...]
    sources: tuple[KeyedText, ...]


_outlines: _Kept[Outline] = _Kept(256)
_bodies: _Kept[LessonBody] = _Kept(1024)

_VERSION = (
    sa.select(
        CourseVersion.course_id,
        Course.key,
        CourseVersion.number,
        CourseVersion.title,
        CourseVersion.summary,
        CourseVersion.language,
        CourseVersion.state,
        CourseVersion.published_at,
        CourseVersion.sources,
    )
    .join(Course, Course.id == CourseVersion.course_id)
    .where(CourseVersion.id == sa.bindparam("version_id"))
)
_MODULES = (
    sa.select(Module.id, Module.key, Module.title)
    .where(Module.version_id == sa.bindparam("version_id"))
    .order_by(Module.position)
)
_OBJECTIVES = (
    sa.select(Objective.module_id, Objective.key, Objective.text)
    .where(Objective.version_id == sa.bindparam("version_id"))
    .order_by(Objective.position)
)
_ACTIVITIES = (
    sa.select(
        Activity.module_id,
        Activity.id,
        Activity.ordinal,
        Activity.key,
        Activity.kind,
        Activity.title,
        Activity.minutes,
        Activity.requires,
    )
    .where(Activity.version_id == sa.bindparam("version_id"))
    .order_by(Activity.ordinal)
)
_LESSON = (
    sa.select(
        Lesson.html,
        Lesson.word_count,
        Activity.minutes,
        Lesson.objectives,
        Lesson.sources,
        CourseVersion.language,
        CourseVersion.state,
        CourseVersion.sources.label("version_sources"),
        Activity.version_id,
    )
    .join(Activity, Activity.id == Lesson.activity_id)
    .join(CourseVersion, CourseVersion.id == Activity.version_id)
    .where(Lesson.activity_id == sa.bindparam("activity_id"))
)


def get_outline(version_id: uuid.UUID) -> Outline:
    """Return the modules and activities of a version.

    :raises CourseNotFoundError: there is no such version
    """
    outline = _outlines.find(version_id)
    if outline is None:
        outline = _read_outline(version_id)
        if outline.state is VersionState.PUBLISHED:
            _outlines.keep(version_id, outline)
    return outline


def get_lesson_body(activity_id: uuid.UUID) -> LessonBody:
    """Return the text of a lesson.

    :raises CourseNotFoundError: the activity is no lesson
    """
    body = _bodies.find(activity_id)
    if body is not None:
        return body
    row = read(_LESSON, {"activity_id": activity_id}).one_or_none()
    if row is None:
        raise CourseNotFoundError
    objectives = {each.key: each.text for each in read(_OBJECTIVES, {"version_id": row.version_id})}
    sources = {each["id"]: each["text"] for each in row.version_sources}
    body = LessonBody(
        html=safe(row.html),
        word_count=row.word_count,
        minutes=row.minutes,
        language=row.language,
        objectives=_texts(row.objectives, objectives),
        sources=_texts(row.sources, sources),
    )
    if row.state is VersionState.PUBLISHED:
        _bodies.keep(activity_id, body)
    return body


def _read_outline(version_id: uuid.UUID) -> Outline:
    values = {"version_id": version_id}
    version = read(_VERSION, values).one_or_none()
    if version is None:
        raise CourseNotFoundError
    objectives: dict[uuid.UUID, list[KeyedText]] = {}
    for each in read(_OBJECTIVES, values):
        objectives.setdefault(each.module_id, []).append(KeyedText(each.key, each.text))
    by_module: dict[uuid.UUID, list[OutlineActivity]] = {}
    for each in read(_ACTIVITIES, values):
        by_module.setdefault(each.module_id, []).append(
            OutlineActivity(
                id=each.id,
                ordinal=each.ordinal,
                key=each.key,
                kind=each.kind,
                title=each.title,
                minutes=each.minutes,
                requires=tuple(each.requires),
            )
        )
    modules = tuple(
        OutlineModule(
            id=each.id,
            key=each.key,
            title=each.title,
            objectives=tuple(objectives.get(each.id, ())),
            activities=tuple(by_module.get(each.id, ())),
        )
        for each in read(_MODULES, values)
    )
    activities = [each for module in by_module.values() for each in module]
    activities.sort(key=lambda each: each.ordinal)
    return Outline(
        version_id=version_id,
        course_id=version.course_id,
        course_key=version.key,
        number=version.number,
        title=version.title,
        summary=version.summary,
        language=version.language,
        state=version.state,
        published_at=version.published_at,
        sources=tuple(KeyedText(each["id"], each["text"]) for each in version.sources),
        modules=modules,
        activities=tuple(activities),
        _places={each.key: each.ordinal for each in activities},
    )


def _texts(keys: list[Any], texts: Mapping[str, str]) -> tuple[KeyedText, ...]:
    return tuple(KeyedText(key, texts[key]) for key in keys if key in texts)
