"""What a learner sees: classes, the outline of one, a lesson, the door of a test.

Addresses are put together from the slug and the key, since ``url_for`` in a loop costs more than
the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.core.formatting import local_date, local_datetime, local_time, percent_text
from app.core.i18n import gettext as _
from app.courses.models import ActivityKind
from app.courses.queries import KeyedText, LessonBody, Outline, OutlineActivity
from app.progress.domain.cells import Cell, CellState, decode
from app.progress.domain.locks import missing_before, next_ordinal
from app.progress.queries import Place
from app.quizzes.models import CompleteWhen, FinishReason
from app.quizzes.queries import AttemptHead, QuizSettings


@dataclass(frozen=True, slots=True)
class SharedReader:
    """The header of a page that many readers share: it names nobody."""

    full_name: str = ""
    initials: str = ""


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
    url: str
    note: str
    tag_text: str
    tag_kind: str
    done: int
    total: int

    @classmethod
    def of(cls, place: Place) -> ClassCard:
        """Return the card of a place; what counts is all activities of the course."""
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
        return cls(place.cohort_title, url, note, word, kind, place.done_count, total)


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
    code: str
    days: str
    done: int
    total: int
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
            code=place.cohort_code,
            days=_days(place),
            done=len(done),
            total=len(outline.activities),
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


def _task(
    activity: OutlineActivity, outline: Outline, cells: Sequence[Cell], slug: str, *, is_next: bool
) -> TaskRow:
    cell = cells[activity.ordinal]
    done = {ordinal for ordinal, each in enumerate(cells) if each.is_done}
    missing = missing_before(activity.requires, done)
    url = activity_url(slug, activity.key)
    if missing and not cell.is_done:
        titles = "; ".join(outline.by_ordinal(each).title for each in missing)
        note = _("Cần làm xong trước: %(titles)s", titles=titles)
        return TaskRow(activity.title, "", "locked", _("Chưa mở"), note)
    note = _("%(n)s phút", n=activity.minutes) if activity.minutes else ""
    if cell.is_done:
        return TaskRow(activity.title, url, "done", _done_word(cell), note)
    state = "next" if is_next else "open"
    return TaskRow(activity.title, url, state, _open_word(cell, is_next=is_next), note)


def _done_word(cell: Cell) -> str:
    if cell.percent is None:
        return _("Đã xong")
    return _("Đã xong, %(n)s%%", n=cell.percent)


def _open_word(cell: Cell, *, is_next: bool) -> str:
    if cell.has_open_attempt:
        return _("Đang làm %(k)s/%(n)s", k=cell.answered, n=cell.asked)
    if cell.state is CellState.FAILED:
        return _("Chưa đạt, %(n)s%%", n=cell.percent or 0)
    return _("Làm tiếp") if is_next else _("Chưa làm")


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson, shared by all who stand at the same point: it says nothing of a person."""

    title: str
    back_url: str
    back_text: str
    place: str
    body: Markup
    language: str
    objectives: tuple[KeyedText, ...]
    sources: tuple[KeyedText, ...]
    is_done: bool
    done_url: str
    next_url: str
    next_title: str

    @classmethod
    def of(
        cls,
        cohort_slug: str,
        outline: Outline,
        activity: OutlineActivity,
        body: LessonBody,
        *,
        is_done: bool,
        following: OutlineActivity | None,
    ) -> LessonPage:
        """Return the page of a lesson."""
        url = activity_url(cohort_slug, activity.key)
        count = len(outline.activities)
        where = _("Bài %(n)s/%(total)s", n=activity.ordinal + 1, total=count)
        if activity.minutes:
            where += " · " + _("%(n)s phút đọc", n=activity.minutes)
        return cls(
            title=activity.title,
            back_url=class_url(cohort_slug),
            back_text=outline.title,
            place=where,
            body=body.html,
            language=body.language,
            objectives=body.objectives,
            sources=body.sources,
            is_done=is_done,
            done_url=f"{url}/done",
            next_url=activity_url(cohort_slug, following.key) if following else "",
            next_title=following.title if following else "",
        )


def following(place: Place, outline: Outline, activity: OutlineActivity) -> OutlineActivity | None:
    """Return where to go on once ``activity`` is done, or None when nothing open is left."""
    done = place.done | {activity.ordinal}
    requirements = [each.requires for each in outline.activities]
    ordinal = next_ordinal(requirements, done, after=activity.ordinal)
    return None if ordinal is None else outline.by_ordinal(ordinal)


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One attempt that was made before."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class QuizPage:
    """The door of a test: its rules in plain words, and what was done before."""

    title: str
    back_url: str
    back_text: str
    rules: tuple[str, ...]
    start_url: str
    start_text: str
    open_url: str
    open_text: str
    refusal: str
    attempts: tuple[PastAttempt, ...]

    @classmethod
    def of(
        cls,
        place: Place,
        activity: OutlineActivity,
        quiz: QuizSettings,
        attempts: Sequence[AttemptHead],
        now: datetime,
    ) -> QuizPage:
        """Return the door of a test for the learner of this place."""
        current = next((each for each in attempts if not each.is_finished), None)
        left = quiz.attempts_allowed - len(attempts) if quiz.attempts_allowed else None
        may_start = current is None and (left is None or left > 0)
        refusal = ""
        if current is None and not may_start:
            refusal = _("Đã hết lượt làm. Liên hệ giảng viên nếu cần làm lại.")
        return cls(
            title=activity.title,
            back_url=class_url(place.cohort_slug),
            back_text=place.cohort_title,
            rules=_rules(quiz, left),
            start_url=f"{activity_url(place.cohort_slug, activity.key)}/attempts"
            if may_start
            else "",
            start_text=_("Làm lại") if attempts else _("Bắt đầu làm"),
            open_url=f"/attempts/{current.id}" if current else "",
            open_text=_open_text(current, now) if current else "",
            refusal=refusal,
            attempts=tuple(_past(each) for each in attempts if each.is_finished),
        )


def _open_text(attempt: AttemptHead, now: datetime) -> str:
    if attempt.due_at and attempt.due_at <= now:
        return _("Bài đang làm đã hết giờ lúc %(t)s.", t=local_time(attempt.due_at))
    text = _(
        "Đang làm dở: đã trả lời %(k)s/%(n)s câu.", k=attempt.answered_count, n=attempt.slot_count
    )
    if attempt.due_at:
        text += " " + _("Nộp trước %(t)s.", t=local_time(attempt.due_at))
    return text


def _rules(quiz: QuizSettings, left: int | None) -> tuple[str, ...]:
    rules = [_("Bài có %(n)s câu.", n=quiz.asked_count)]
    if quiz.time_limit_seconds:
        minutes = quiz.time_limit_seconds // 60
        rules.append(
            _(
                "Làm trong %(n)s phút. Đồng hồ chạy ngay khi bấm Bắt đầu, kể cả khi mất mạng. "
                "Hết giờ, các câu đã lưu được tự nộp.",
                n=minutes,
            )
        )
    if quiz.attempts_allowed:
        rules.append(
            _("Được làm %(n)s lượt, còn %(left)s.", n=quiz.attempts_allowed, left=max(left or 0, 0))
        )
    else:
        rules.append(_("Được làm lại nhiều lần, hệ thống giữ kết quả tốt nhất."))
    if quiz.complete_when is CompleteWhen.PASSED:
        rules.append(
            _(
                "Đạt từ %(percent)s trở lên thì hoàn thành.",
                percent=percent_text(quiz.pass_fraction),
            )
        )
    else:
        rules.append(_("Nộp bài là hoàn thành, kết quả cao hay thấp đều được."))
    if quiz.behaviour.grades_at_once:
        rules.append(_("Mỗi câu được chấm và giải thích ngay sau khi trả lời."))
    else:
        rules.append(_("Từng câu được lưu ngay. Đáp án hiện ra khi giảng viên công bố."))
    return tuple(rules)


def _past(attempt: AttemptHead) -> PastAttempt:
    text = _(
        "%(mark)s · nộp %(when)s",
        mark=percent_text(attempt.fraction),
        when=local_datetime(attempt.finished_at),
    )
    if attempt.finish_reason is FinishReason.TIME_OVER:
        text += " · " + _("hết giờ")
    return PastAttempt(_("Lượt %(n)s", n=attempt.number), f"/attempts/{attempt.id}", text)


@dataclass(frozen=True, slots=True)
class LockedPage:
    """What stands at an address that is not open yet."""

    title: str
    back_url: str
    back_text: str
    first: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, place: Place, outline: Outline, activity: OutlineActivity) -> LockedPage:
        """Return the page that names what must be done first, with links to it."""
        slug = place.cohort_slug
        missing = [outline.by_ordinal(e) for e in missing_before(activity.requires, place.done)]
        return cls(
            title=activity.title,
            back_url=class_url(slug),
            back_text=place.cohort_title,
            first=tuple((each.title, activity_url(slug, each.key)) for each in missing),
        )


def is_lesson(activity: OutlineActivity) -> bool:
    """Say whether the activity is read rather than answered."""
    return activity.kind is ActivityKind.LESSON
