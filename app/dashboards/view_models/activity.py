"""What a learner sees of one activity: a lesson, the door of a test, a locked door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from app.core.formatting import local_datetime, local_time, percent_text
from app.core.i18n import gettext as _
from app.courses.models import ActivityKind
from app.courses.queries import KeyedText, LessonBody, Outline, OutlineActivity
from app.dashboards.view_models.learner import activity_url, class_url
from app.progress.domain.locks import missing_before, next_ordinal
from app.progress.queries import Place
from app.quizzes.models import CompleteWhen, FinishReason
from app.quizzes.queries import AttemptHead, QuizSettings


@dataclass(frozen=True, slots=True)
class SharedReader:
    """The header of a page that many readers share: it names nobody."""

    full_name: str = ""
    initials: str = ""


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
    language: str
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
            language=quiz.language,
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
                "Đạt từ %(percent)s trở lên là xong bài.",
                percent=percent_text(quiz.pass_fraction),
            )
        )
    else:
        rules.append(_("Nộp bài là xong, kết quả cao hay thấp đều được."))
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
    language: str
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
            language=outline.language,
            back_url=class_url(slug),
            back_text=place.cohort_title,
            first=tuple((each.title, activity_url(slug, each.key)) for each in missing),
        )


def is_lesson(activity: OutlineActivity) -> bool:
    """Say whether the activity is read rather than answered."""
    return activity.kind is ActivityKind.LESSON
