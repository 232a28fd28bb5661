"""What can be done with courses: import a package as a draft, publish a version."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app

from app.core.db import db
from app.core.events import publish
from app.core.markup import render_markdown
from app.courses.archive import read_files
from app.courses.domain.activity import ActivityKind, VersionState
from app.courses.domain.package import (
    TABLE_WORDS,
    CoursePackage,
    PackagedLesson,
    PackagedModule,
    PackagedQuiz,
    Reader,
    digest_of,
)
from app.courses.domain.reading import read_package
from app.courses.errors import BrokenPackageError, CourseNotFoundError, VersionPublishedError
from app.courses.events import ActivityImported, CourseVersionPublished
from app.courses.models import Activity, Course, CourseVersion, Lesson, Module, Objective

logger = logging.getLogger(__name__)

_READERS = "activity_readers"


def register_reader(app: Flask, kind: ActivityKind, reader: Reader) -> None:
    """Let the owner of a kind of activity check its definitions before a package is imported."""
    app.extensions.setdefault(_READERS, {})[kind] = reader


def readers(app: Flask) -> dict[ActivityKind, Reader]:
    """Return who checks which kind of activity."""
    found: dict[ActivityKind, Reader] = app.extensions.get(_READERS, {})
    return found


def open_package(path: Path) -> tuple[CoursePackage, str]:
    """Return the course in a folder or a ZIP file, and its digest; nothing is stored.

    :raises BrokenPackageError: with every fault, its file and line
    """
    files = read_files(path)
    package, faults = read_package(files, readers(current_app))
    if package is None:
        raise BrokenPackageError(faults)
    return package, digest_of(files)


def import_package(*, package: CoursePackage, digest: str, imported_at: datetime) -> CourseVersion:
    """Store a course as a new draft version.

    The same package again gives the version that it gave before, draft or published, unchanged.

    :param digest: of the package's files, from :func:`open_package`
    """
    course = db.session.scalar(sa.select(Course).where(Course.key == package.key))
    if course is None:
        course = Course(id=uuid.uuid4(), key=package.key, title=package.title)
        db.session.add(course)
        db.session.flush()
    same = db.session.scalar(
        sa.select(CourseVersion).where(
            CourseVersion.course_id == course.id, CourseVersion.digest == digest
        )
    )
    if same is not None:
        logger.info("course %s: package known as version %s", course.id, same.number)
        return same
    version = _new_version(course, package, digest, imported_at)
    _store_modules(version, package)
    logger.info("course %s: version %s imported", course.id, version.number)
    return version


def publish_version(*, version_id: uuid.UUID, published_at: datetime) -> CourseVersion:
    """Make a draft immutable, so that it may be taught.

    :raises CourseNotFoundError: there is no such version
    :raises VersionPublishedError: it is published already
    """
    version = db.session.get(
        CourseVersion, version_id, populate_existing=True, with_for_update=True
    )
    if version is None:
        raise CourseNotFoundError
    if version.state is VersionState.PUBLISHED:
        raise VersionPublishedError
    version.state = VersionState.PUBLISHED
    version.published_at = published_at
    course = db.session.get_one(Course, version.course_id)
    course.title = version.title
    db.session.flush()
    publish(
        CourseVersionPublished(
            course_id=course.id, version_id=version.id, published_at=published_at
        )
    )
    logger.info("course %s: version %s published", course.id, version.number)
    return version


def _new_version(
    course: Course, package: CoursePackage, digest: str, imported_at: datetime
) -> CourseVersion:
    newest = db.session.scalar(
        sa.select(sa.func.max(CourseVersion.number)).where(CourseVersion.course_id == course.id)
    )
    version = CourseVersion(
        id=uuid.uuid4(),
        course_id=course.id,
        number=(newest or 0) + 1,
        state=VersionState.DRAFT,
        title=package.title,
        summary=package.summary,
        language=package.language,
        licence=package.licence,
        sources=[{"id": each.key, "text": each.text} for each in package.sources],
        digest=digest,
        created_at=imported_at,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _store_modules(version: CourseVersion, package: CoursePackage) -> None:
    packaged = [activity for module in package.modules for activity in module.activities]
    ordinals = {activity.key: ordinal for ordinal, activity in enumerate(packaged)}
    definitions: list[tuple[Activity, dict[str, Any]]] = []
    objective_count = 0
    for position, each in enumerate(package.modules):
        module = Module(
            id=uuid.uuid4(),
            version_id=version.id,
            position=position,
            key=each.key,
            title=each.title,
        )
        db.session.add(module)
        db.session.flush()
        _store_objectives(module, each, objective_count)
        objective_count += len(each.objectives)
        for item in each.activities:
            activity = _new_activity(module, item, ordinals)
            db.session.add(activity)
            if isinstance(item, PackagedQuiz):
                definitions.append((activity, dict(item.definition)))
            else:
                db.session.flush()
                db.session.add(_new_lesson(activity, item, TABLE_WORDS[package.language]))
    db.session.flush()
    for activity, definition in definitions:
        publish(
            ActivityImported(
                course_id=version.course_id,
                version_id=version.id,
                activity_id=activity.id,
                kind=activity.kind,
                definition=definition,
            )
        )


def _store_objectives(module: Module, packaged: PackagedModule, first: int) -> None:
    db.session.add_all(
        Objective(
            id=uuid.uuid4(),
            version_id=module.version_id,
            module_id=module.id,
            position=position,
            key=each.key,
            text=each.text,
        )
        for position, each in enumerate(packaged.objectives, start=first)
    )


def _new_activity(
    module: Module, item: PackagedLesson | PackagedQuiz, ordinals: dict[str, int]
) -> Activity:
    is_lesson = isinstance(item, PackagedLesson)
    return Activity(
        id=uuid.uuid4(),
        version_id=module.version_id,
        module_id=module.id,
        ordinal=ordinals[item.key],
        key=item.key,
        kind=ActivityKind.LESSON if is_lesson else ActivityKind.QUIZ,
        title=item.title,
        minutes=item.minutes,
        requires=sorted(ordinals[key] for key in item.requires),
    )


def _new_lesson(activity: Activity, item: PackagedLesson, table_word: str) -> Lesson:
    rendered = render_markdown(item.markdown, table_word)
    return Lesson(
        activity_id=activity.id,
        markdown=item.markdown,
        html=rendered.html,
        word_count=rendered.word_count,
        objectives=list(item.objectives),
        sources=list(item.sources),
    )
