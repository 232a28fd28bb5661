"""What a learner sees of classes: the list, and the outline of one.

Addresses are put together from the slug and the key, since ``url_for`` in a loop costs more than
the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.formatting import local_date
from app.core.i18n import gettext as _
from app.core.markup import filled, spoken
from app.courses.queries import Outline, OutlineActivity
from app.progress.domain.cells import Cell, CellState, decode
from app.progress.domain.locks import missing_before, next_ordinal
from app.progress.queries import Place


def class_url(slug: str) -> str:
    """Return the address of a class."""
    return f"/learn/{slug}"


def activity_url(slug: str, key: str) -> str:
    """Return the address of an activity of a class."""
    return f"/learn/{slug}/{key}"


@dataclass(frozen=True, slots=True)
class ClassCard:
    """One class in "my classes"."""

    title: str
    language: str
    url: str
    note: str
    tag_text: str
    tag_kind: str
    done: int
    total: int

    @classmethod
    def of(cls, place: Place, language: str) -> ClassCard:
        """Return the card of a place; what counts is all activities of the course.

        :param language: of the course
        """
        total = len(decode(place.cells))
        days = _days(place)
        note = _(
            "%(code)s · %(days)s · xong %(done)s/%(total)s bài",
            code=place.cohort_code,
            days=days,
            done=place.done_count,
            total=total,
        )
        if not place.missing(total):
            word, kind = _("Đã hoàn thành"), "ok"
        elif place.done_count:
            word, kind = _("Đang học"), "info"
        else:
            word, kind = _("Chưa bắt đầu"), ""
        url = class_url(place.cohort_slug)
        return cls(place.cohort_title, language, url, note, word, kind, place.done_count, total)


def _days(place: Place) -> str:
    first, last = local_date(place.starts_on), local_date(place.ends_on)
    return first if first == last else f"{first} – {last}"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One activity of the outline; ``state`` is done, next, open or locked."""

    title: str
    url: str
    state: str
    status: str
    note: str


@dataclass(frozen=True, slots=True)
class Part:
    """One module of the outline."""

    title: str
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class NameBox:
    """The name as it will be printed, and what the learner said of it."""

    printed_name: str
    is_confirmed: bool
    remark: str
    confirm_url: str
    remark_url: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """One class in the eyes of a learner."""

    title: str
    language: str
    code: str
    days: str
    done: int
    total: int
    has_begun: bool
    next_title: str
    next_url: str
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    is_complete: bool
    certificate_url: str
    name: NameBox

    @classmethod
    def of(
        cls,
        place: Place,
        outline: Outline,
        *,
        certificate_url: str,
        error: str = "",
        typed: str = "",
    ) -> OutlinePage:
        """Return the page of a place in a course.

        :param certificate_url: empty while there is nothing to see
        :param error: what is wrong with the remark on the name just posted
        :param typed: that remark
        """
        slug = place.cohort_slug
        cells = decode(place.cells)
        done = place.done
        following = next_ordinal([each.requires for each in outline.activities], done)
        missing = place.missing(len(outline.activities))
        target = None if following is None else outline.by_ordinal(following)
        return cls(
            title=place.cohort_title,
            language=outline.language,
            code=place.cohort_code,
            days=_days(place),
            done=len(done),
            total=len(outline.activities),
            has_begun=_has_begun(cells),
            next_title=target.title if target else "",
            next_url=activity_url(slug, target.key) if target else "",
            parts=tuple(
                Part(
                    module.title,
                    tuple(
                        _task(each, outline, cells, slug, is_next=each is target)
                        for each in module.activities
                    ),
                )
                for module in outline.modules
            ),
            missing=tuple(outline.by_ordinal(each).title for each in missing),
            is_complete=not missing,
            certificate_url=certificate_url if not missing else "",
            name=NameBox(
                printed_name=place.printed_name,
                is_confirmed=place.name_confirmed_at is not None,
                remark=typed or place.name_remark,
                confirm_url=f"{class_url(slug)}/name/confirmation",
                remark_url=f"{class_url(slug)}/name/remark",
                error=error,
            ),
        )


def _has_begun(cells: Sequence[Cell]) -> bool:
    return any(each != Cell() for each in cells)


def _task(
    activity: OutlineActivity, outline: Outline, cells: Sequence[Cell], slug: str, *, is_next: bool
) -> TaskRow:
    cell = cells[activity.ordinal]
    done = {ordinal for ordinal, each in enumerate(cells) if each.is_done}
    missing = missing_before(activity.requires, done)
    url = activity_url(slug, activity.key)
    if missing and not cell.is_done:
        titles = "; ".join(outline.by_ordinal(each).title for each in missing)
        said = spoken(titles, outline.language)
        first = filled(_("Cần làm xong trước: %(titles)s"), titles=said)
        return TaskRow(activity.title, "", "locked", _("Chưa mở"), first)
    note = _("%(n)s phút", n=activity.minutes) if activity.minutes else ""
    if cell.is_done:
        return TaskRow(activity.title, url, "done", _done_word(cell), note)
    state = "next" if is_next else "open"
    return TaskRow(
        activity.title, url, state, _open_word(cell, goes_on=is_next and _has_begun(cells)), note
    )


def _done_word(cell: Cell) -> str:
    if cell.percent is None:
        return _("Đã xong")
    return _("Đã xong, %(n)s%%", n=cell.percent)


def _open_word(cell: Cell, *, goes_on: bool) -> str:
    if cell.has_open_attempt:
        return _("Đang làm %(k)s/%(n)s", k=cell.answered, n=cell.asked)
    if cell.state is CellState.FAILED:
        return _("Chưa đạt, %(n)s%%", n=cell.percent or 0)
    return _("Làm tiếp") if goes_on else _("Chưa làm")
