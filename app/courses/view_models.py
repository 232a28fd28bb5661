"""What the pages of courses show, with everything decided."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.core.formatting import local_date
from app.core.i18n import gettext as _
from app.core.markup import filled, joined, spoken
from app.courses.domain.activity import ActivityKind, VersionState
from app.courses.queries import (
    CourseRow,
    LessonBody,
    Outline,
    OutlineActivity,
    OutlineModule,
    VersionRow,
)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course in the list of courses."""

    title: str
    url: str
    note: str
    draft: str

    @classmethod
    def of(cls, row: CourseRow) -> CourseCard:
        """Return the card of a course."""
        published = [each for each in row.versions if each.state is VersionState.PUBLISHED]
        newest = row.versions[0] if row.versions else None
        is_draft = newest is not None and newest.state is VersionState.DRAFT
        sizes = _(
            "%(lessons)s bài học, %(quizzes)s bài kiểm tra và luyện tập",
            lessons=row.lesson_count,
            quizzes=row.quiz_count,
        )
        said = _version_line(published[0]) if published else _("Chưa có phiên bản công bố")
        return cls(
            title=row.title,
            url=url_for("courses.show_course", course_key=row.key),
            note=f"{said} · {sizes}",
            draft=_("Bản nháp %(number)s", number=newest.number) if newest and is_draft else "",
        )


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity in the outline of a version; a quiz has no address here."""

    title: str
    url: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class ModulePart:
    """A module in the outline of a version."""

    title: str
    objectives: tuple[str, ...]
    activities: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class VersionLink:
    """Another version of the same course."""

    text: str
    url: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """One version of a course, read only."""

    title: str
    summary: str
    language: str
    version: str
    versions: tuple[VersionLink, ...]
    modules: tuple[ModulePart, ...]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, outline: Outline, versions: list[VersionRow]) -> OutlinePage:
        """Return the page of a version among the versions of its course."""
        shown = next(each for each in versions if each.id == outline.version_id)
        return cls(
            title=outline.title,
            summary=outline.summary,
            language=outline.language,
            version=_version_line(shown),
            versions=tuple(
                VersionLink(
                    text=_version_line(each),
                    url=url_for(
                        "courses.show_version", course_key=outline.course_key, number=each.number
                    ),
                    is_shown=each.id == outline.version_id,
                )
                for each in versions
            ),
            modules=tuple(_module_part(outline, each) for each in outline.modules),
            sources=tuple(each.text for each in outline.sources),
        )


@dataclass(frozen=True, slots=True)
class LessonPreview:
    """A lesson as its readers will see it."""

    title: str
    back_url: str
    back_text: str
    length: str
    language: str
    html: Markup
    objectives: tuple[str, ...]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, outline: Outline, activity: OutlineActivity, body: LessonBody) -> LessonPreview:
        """Return the preview of one lesson of a version."""
        return cls(
            title=activity.title,
            back_url=url_for(
                "courses.show_version", course_key=outline.course_key, number=outline.number
            ),
            back_text=outline.title,
            length=_(
                "%(minutes)s phút · %(words)s chữ", minutes=body.minutes, words=body.word_count
            ),
            language=body.language,
            html=body.html,
            objectives=tuple(each.text for each in body.objectives),
            sources=tuple(each.text for each in body.sources),
        )


def _version_line(version: VersionRow) -> str:
    if version.state is VersionState.DRAFT:
        return _("Phiên bản %(number)s, bản nháp", number=version.number)
    return _(
        "Phiên bản %(number)s, công bố %(day)s",
        number=version.number,
        day=local_date(version.published_at),
    )


def _module_part(outline: Outline, module: OutlineModule) -> ModulePart:
    return ModulePart(
        title=module.title,
        objectives=tuple(each.text for each in module.objectives),
        activities=tuple(_activity_line(outline, each) for each in module.activities),
    )


def _activity_line(outline: Outline, activity: OutlineActivity) -> ActivityLine:
    is_lesson = activity.kind is ActivityKind.LESSON
    notes = []
    if activity.minutes:
        notes.append(_("%(minutes)s phút", minutes=activity.minutes))
    if activity.requires:
        titles = "; ".join(outline.by_ordinal(each).title for each in activity.requires)
        said = spoken(titles, outline.language)
        notes.append(filled(_("Mở sau khi xong: %(titles)s"), titles=said))
    return ActivityLine(
        title=activity.title,
        url=url_for(
            "courses.show_lesson",
            course_key=outline.course_key,
            number=outline.number,
            activity_key=activity.key,
        )
        if is_lesson
        else "",
        kind=_("Bài học") if is_lesson else _("Kiểm tra, luyện tập"),
        note=joined(" · ", notes),
    )
