"""What staff see beside the board: classes, one learner, the questions most missed, a file."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.cohorts.queries import CohortRow, EnrolmentRow, StaffView
from app.core.formatting import decimal_text, local_date, local_datetime, percent_text
from app.core.i18n import gettext as _
from app.core.markup import filled, spoken
from app.courses.models import ActivityKind
from app.courses.queries import Outline
from app.dashboards.drawing import SheetRow
from app.dashboards.queries import MissedQuestion
from app.dashboards.view_models.board import Standing, cell_text
from app.dashboards.view_models.board_filter import BoardFilter
from app.progress.domain.cells import Cell, CellState, decode
from app.quizzes.models import FinishReason
from app.quizzes.queries import AttemptHead, KeyedQuestion, QuizSettings


@dataclass(frozen=True, slots=True)
class TaughtCard:
    """One class of a member of staff."""

    title: str
    url: str
    note: str

    @classmethod
    def of(cls, cohort: CohortRow) -> TaughtCard:
        """Return the card of a cohort."""
        note = _(
            "%(code)s · từ %(first)s đến %(last)s · %(n)s học viên",
            code=cohort.code,
            first=local_date(cohort.starts_on),
            last=local_date(cohort.ends_on),
            n=cohort.learner_count,
        )
        return cls(cohort.title, f"/teach/{cohort.slug}", note)


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One activity of one learner."""

    title: str
    sign: str
    words: str
    when: str


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt of one learner."""

    title: str
    number: int
    started: str
    finished: str
    mark: str
    percent: str
    state: str


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """One learner in the eyes of a trainer."""

    title: str
    language: str
    back_url: str
    facts: tuple[tuple[str, str], ...]
    activities: tuple[ActivityLine, ...]
    attempts: tuple[AttemptLine, ...]

    @classmethod
    def of(
        cls,
        cohort: StaffView,
        outline: Outline,
        learner: EnrolmentRow,
        packed: str,
        completions: Mapping[uuid.UUID, datetime],
        attempts: Sequence[AttemptHead],
        quizzes: Mapping[uuid.UUID, QuizSettings],
    ) -> LearnerPage:
        """Return the page of a learner of the cohort."""
        cells = decode(packed)
        return cls(
            title=learner.full_name,
            language=outline.language,
            back_url=f"/teach/{cohort.slug}",
            facts=(
                (_("Số thứ tự"), str(learner.number)),
                (_("Đơn vị"), learner.unit_name),
                (_("Chức vụ"), learner.position_title or "–"),
                (_("Điểm cầu"), learner.site_name),
                (_("Đã xong"), f"{sum(e.is_done for e in cells)}/{len(cells)}"),
            ),
            activities=tuple(
                ActivityLine(
                    each.title,
                    cell_text(cells[each.ordinal]),
                    state_words(cells[each.ordinal]),
                    local_datetime(completions.get(each.id)),
                )
                for each in outline.activities
            ),
            attempts=tuple(_attempt(each, quizzes[each.quiz_id].title) for each in attempts),
        )


def state_words(cell: Cell) -> str:
    """Return where a learner stands in an activity."""
    if cell.state is CellState.DONE:
        return _("Đã xong")
    if cell.state is CellState.FAILED:
        return _("Chưa đạt")
    return _("Đang làm") if cell.has_open_attempt else _("Chưa làm")


def _attempt(attempt: AttemptHead, title: str) -> AttemptLine:
    if not attempt.is_finished:
        state = _("Đang làm %(k)s/%(n)s", k=attempt.answered_count, n=attempt.slot_count)
    elif attempt.finish_reason is FinishReason.TIME_OVER:
        state = _("Hết giờ, tự nộp")
    else:
        state = _("Đã nộp")
    mark = ""
    if attempt.mark is not None:
        mark = f"{decimal_text(attempt.mark)}/{decimal_text(attempt.max_mark)}"
    return AttemptLine(
        title=title,
        number=attempt.number,
        started=local_datetime(attempt.started_at),
        finished=local_datetime(attempt.finished_at),
        mark=mark,
        percent=percent_text(attempt.fraction),
        state=state,
    )


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question and how the class answered it."""

    text: str
    asked: int
    missed_percent: str
    common: str


@dataclass(frozen=True, slots=True)
class QuizPart:
    """The questions of one quiz, most missed first."""

    title: str
    is_test: bool
    is_released: bool
    release_url: str
    open_text: str
    lines: tuple[QuestionLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """What to teach again."""

    title: str
    language: str
    back_url: str
    parts: tuple[QuizPart, ...]

    @classmethod
    def of(
        cls,
        cohort: StaffView,
        outline: Outline,
        quizzes: Sequence[QuizSettings],
        missed: Sequence[MissedQuestion],
        questions: Mapping[uuid.UUID, KeyedQuestion],
        released: Collection[uuid.UUID],
        open_counts: Mapping[uuid.UUID, int],
        *,
        can_release: bool,
    ) -> QuestionsPage:
        """Return the page; the button that releases answers is for who teaches.

        :param open_counts: how many have a quiz open now, by its id
        """
        parts = []
        for quiz in quizzes:
            is_test = not quiz.behaviour.grades_at_once
            is_released = quiz.id in released
            url = f"/teach/{cohort.slug}/questions/{quiz.activity_key}/release"
            parts.append(
                QuizPart(
                    title=quiz.title,
                    is_test=is_test,
                    is_released=is_released,
                    release_url=url if is_test and can_release and not is_released else "",
                    open_text=_open_text(open_counts.get(quiz.id, 0)),
                    lines=tuple(
                        _question(each, questions[each.question_version_id], quiz.language)
                        for each in missed
                        if each.quiz_id == quiz.id
                    ),
                )
            )
        return cls(cohort.title, outline.language, f"/teach/{cohort.slug}", tuple(parts))


def _open_text(count: int) -> str:
    if not count:
        return _("Lúc này không có ai đang làm bài.")
    return _("Lúc này có %(n)s học viên đang làm bài. Nên đợi họ nộp rồi mới công bố.", n=count)


def _question(missed: MissedQuestion, question: KeyedQuestion, language: str) -> QuestionLine:
    common = ""
    if missed.common_response is not None:
        words = question.kind.restate(question.content, missed.common_response)
        if question.kind.has_course_words:
            words = spoken(words, language)
        common = filled(_("%(words)s (%(n)s lượt)"), words=words, n=missed.common_count)
    return QuestionLine(
        text=str(question.content["text"]),
        asked=missed.asked,
        missed_percent=percent_text(missed.missed / missed.asked),
        common=common,
    )


def quizzes_in(outline: Outline) -> list[uuid.UUID]:
    """Return the ids of the activities that are quizzes, in order."""
    return [each.id for each in outline.activities if each.kind is ActivityKind.QUIZ]


def sheet_heads(outline: Outline) -> list[str]:
    """Return the column heads of the board as a file."""
    return [
        _("STT"),
        _("Họ và tên"),
        _("Đơn vị"),
        _("Chức vụ"),
        _("Điểm cầu"),
        *(each.title for each in outline.activities),
        _("Số bài đã xong"),
        _("Hoạt động gần nhất"),
    ]


def sheet_rows(standing: Standing) -> list[SheetRow]:
    """Return the board as rows of a file, by given name; a result in percent is a number."""
    return [
        SheetRow(
            number=row.number,
            texts=(row.full_name, row.unit_name, row.position_title, row.site_name),
            cells=tuple(_sheet_cell(each) for each in decode(row.cells)),
            done=row.done_count,
            last=local_datetime(row.active_at),
        )
        for row, _need in standing.sorted(BoardFilter(by_name=True))
    ]


def _sheet_cell(cell: Cell) -> str | int:
    if cell.percent is not None and not cell.has_open_attempt:
        return cell.percent
    return "x" if cell.is_done and cell.percent is None else cell_text(cell)
