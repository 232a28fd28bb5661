"""What the pages of quizzes get: frozen, decided, and without any field for the key.

Only :class:`ReviewedQuestion` shows what is right; it is made from a released review alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flask import url_for

from app.core.formatting import decimal_text, local_clock, local_datetime, local_time
from app.core.i18n import gettext as _
from app.core.navigation import destination
from app.quizzes.commands import Receipt
from app.quizzes.domain.behaviours import CompleteWhen
from app.quizzes.domain.kinds.kind import QuestionView, ReviewView
from app.quizzes.domain.kinds.short_answer import TypedView
from app.quizzes.domain.marks import Outcome, mark
from app.quizzes.models import FinishReason
from app.quizzes.queries import (
    AttemptHead,
    KeyedQuestion,
    LearnerQuestion,
    QuizSettings,
    SlotRow,
)


def receipt_text(recorded_at: datetime, seq: int) -> str:
    """Return the words of a receipt: the server's time and the number of the response."""
    return _("Đã lưu lúc %(time)s, số %(n)s", time=local_clock(recorded_at), n=seq)


def answered_text(answered: int, total: int) -> str:
    """Return how many questions have an answer."""
    return _("Đã trả lời %(done)s/%(all)s câu", done=answered, all=total)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it is asked now.

    ``language`` is that of the question, ``answer_language`` that of its answers (empty: ours).
    """

    number: int
    language: str
    answer_language: str
    save_url: str
    template: str
    view: QuestionView
    receipt: str
    drawn_seq: int
    prefix: str = ""
    error: str = ""

    @classmethod
    def of(
        cls,
        base_url: str,
        quiz: QuizSettings,
        slot: SlotRow,
        question: LearnerQuestion,
        prefix: str = "",
    ) -> AskedQuestion:
        """Return the question of a slot with the answer saved so far."""
        receipt = receipt_text(slot.saved_at, slot.response_seq) if slot.saved_at else ""
        return cls(
            number=slot.number,
            language=quiz.language,
            answer_language=quiz.language if question.kind.has_course_words else "",
            save_url=f"{base_url}/slots/{slot.number}",
            template=question.kind.template,
            view=question.kind.present(question.content, slot.arrangement, slot.response),
            receipt=receipt,
            drawn_seq=slot.response_seq,
            prefix=prefix,
        )

    def refused(self, sentence: str, typed: str) -> AskedQuestion:
        """Return the question with the sentence beside it and the typed text kept."""
        view = self.view
        if isinstance(view, TypedView):
            view = replace(view, value=typed)
        return replace(self, error=sentence, view=view)


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A test: all questions on one page."""

    title: str
    language: str
    back_url: str
    url: str
    questions: Sequence[AskedQuestion]
    last_seq: int
    answered: int
    total: int
    answered_text: str
    due_epoch: int | None
    now_epoch: int
    due_text: str

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Return (id of the question, sentence) of every answer that could not be read."""
        return [
            (f"q{each.number}", _("Câu %(n)s: %(text)s", n=each.number, text=each.error))
            for each in self.questions
            if each.error
        ]

    @classmethod
    def of(
        cls,
        attempt: AttemptHead,
        quiz: QuizSettings,
        questions: Sequence[AskedQuestion],
        now: datetime,
    ) -> AskedPage:
        """Return the page of an open attempt."""
        due = attempt.due_at
        return cls(
            title=quiz.title,
            language=quiz.language,
            back_url=destination("cohort_outline", cohort=attempt.cohort_slug),
            url=attempt_url(attempt),
            questions=questions,
            last_seq=attempt.last_seq,
            answered=attempt.answered_count,
            total=attempt.slot_count,
            answered_text=answered_text(attempt.answered_count, attempt.slot_count),
            due_epoch=int(due.timestamp()) if due else None,
            now_epoch=int(now.timestamp()),
            due_text=_("Nộp trước %(time)s", time=local_time(due)) if due else "",
        )


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One question beside its key; made only for those who may see it."""

    number: int
    language: str
    answer_language: str
    outcome: str
    mark_text: str
    review: ReviewView

    @classmethod
    def of(cls, quiz: QuizSettings, slot: SlotRow, question: KeyedQuestion) -> ReviewedQuestion:
        """Return the review of a graded slot."""
        earned = mark(slot.fraction or Decimal(0), slot.max_mark)
        return cls(
            number=slot.number,
            language=quiz.language,
            answer_language=quiz.language if question.kind.has_course_words else "",
            outcome=(slot.outcome or Outcome.UNANSWERED).value,
            mark_text=_(
                "%(mark)s/%(most)s điểm",
                mark=decimal_text(earned),
                most=decimal_text(slot.max_mark),
            ),
            review=question.kind.review(
                question.content, question.key, question.feedback, slot.arrangement, slot.response
            ),
        )


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """One question of a practice: asked, or reviewed once it is answered.

    ``error``: why the last answer was not taken; empty when none was refused.
    """

    title: str
    language: str
    back_url: str
    url: str
    position_text: str
    done: int
    total: int
    asked: AskedQuestion | None
    reviewed: ReviewedQuestion | None
    next_url: str
    is_last: bool
    error: str = ""

    @classmethod
    def of(
        cls,
        attempt: AttemptHead,
        quiz: QuizSettings,
        number: int,
        *,
        asked: AskedQuestion | None = None,
        reviewed: ReviewedQuestion | None = None,
        next_number: int | None = None,
    ) -> PracticeCard:
        """Return the card; without a next question the result follows."""
        url = attempt_url(attempt)
        return cls(
            title=quiz.title,
            language=quiz.language,
            back_url=destination("cohort_outline", cohort=attempt.cohort_slug),
            url=url,
            position_text=_("Câu %(n)s trên %(all)s", n=number, all=attempt.slot_count),
            done=attempt.answered_count,
            total=attempt.slot_count,
            asked=asked,
            reviewed=reviewed,
            next_url=f"{url}?q={next_number}" if next_number else f"{url}/result",
            is_last=next_number is None,
        )

    def refused(self, sentence: str, typed: str) -> PracticeCard:
        """Return the card with the sentence on it and the typed text kept."""
        asked = self.asked.refused(sentence, typed) if self.asked else None
        return replace(self, error=sentence, asked=asked)


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The result of a finished attempt; ``reviews`` is empty before release."""

    quiz_title: str
    language: str
    back_url: str
    is_passed: bool | None
    headline: str
    detail: str
    finished_text: str
    reviews: Sequence[ReviewedQuestion]
    waiting_text: str

    @classmethod
    def of(
        cls,
        attempt: AttemptHead,
        quiz: QuizSettings,
        reviews: Sequence[ReviewedQuestion],
        attempts_left: int | None,
    ) -> ResultPage:
        """Return the page; ``attempts_left`` None means without limit."""
        must_pass = quiz.complete_when is CompleteWhen.PASSED
        return cls(
            quiz_title=quiz.title,
            language=quiz.language,
            back_url=destination("cohort_outline", cohort=attempt.cohort_slug),
            is_passed=attempt.is_passed if must_pass else None,
            headline=_headline(attempt, must_pass=must_pass),
            detail=_detail(attempt, quiz, attempts_left) if must_pass else "",
            finished_text=_finished(attempt),
            reviews=reviews,
            waiting_text=""
            if reviews
            else _("Đáp án và nhận xét từng câu hiện ở đây sau khi giảng viên công bố cho lớp."),
        )


def attempt_url(attempt: AttemptHead) -> str:
    """Return the address of an attempt."""
    return url_for("quizzes.show_attempt", attempt_id=attempt.id)


def _headline(attempt: AttemptHead, *, must_pass: bool) -> str:
    marks = _(
        "%(mark)s/%(most)s điểm",
        mark=decimal_text(attempt.mark),
        most=decimal_text(attempt.max_mark),
    )
    if not must_pass:
        return marks
    word = _("Đạt") if attempt.is_passed else _("Chưa đạt")
    return f"{word} · {marks}"


def _detail(attempt: AttemptHead, quiz: QuizSettings, attempts_left: int | None) -> str:
    need = _("Cần từ %(mark)s điểm.", mark=decimal_text(quiz.pass_fraction * attempt.max_mark))
    if attempt.is_passed:
        return need
    if attempts_left is None or attempts_left > 0:
        again = (
            _("Có thể làm lại, không giới hạn số lượt.")
            if attempts_left is None
            else _("Còn %(n)s lượt làm bài.", n=attempts_left)
        )
        return f"{need} {again}"
    return f"{need} " + _("Đã hết lượt làm bài. Hãy liên hệ giảng viên nếu cần.")


def _finished(attempt: AttemptHead) -> str:
    when = local_datetime(attempt.finished_at)
    if attempt.finish_reason is FinishReason.TIME_OVER:
        return _("Hết giờ, tự nộp lúc %(when)s · lượt %(n)s", when=when, n=attempt.number)
    return _("Nộp lúc %(when)s · lượt %(n)s", when=when, n=attempt.number)


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What htmx gets after a save: the receipt of one question and the progress of all."""

    number: int
    text: str
    kind: str
    last_seq: int
    done: int
    total: int
    progress_text: str

    @classmethod
    def of(cls, receipt: Receipt) -> SavedAnswer:
        """Return the words of a receipt; a response that does not count is not called saved."""
        text = receipt_text(receipt.recorded_at, receipt.seq)
        if receipt.newer_seq is not None:
            text = _(
                "Chưa tính: máy khác đã lưu câu trả lời mới hơn, số %(n)s. "
                "Muốn đổi thì chọn lại ở đây; muốn xem thì tải lại trang.",
                n=receipt.newer_seq,
            )
        return cls(
            number=receipt.slot_number,
            text=text,
            kind="ok" if receipt.newer_seq is None else "warn",
            last_seq=receipt.last_seq,
            done=receipt.answered_count,
            total=receipt.slot_count,
            progress_text=answered_text(receipt.answered_count, receipt.slot_count),
        )
