"""Put the pages of an attempt together from queries and view models."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response, current_app, make_response, url_for

from app.core.i18n import gettext as _
from app.core.navigation import destination
from app.quizzes import queries
from app.quizzes.commands import GRACE, PostedSlot
from app.quizzes.domain.behaviours import Behaviour, may_see_feedback
from app.quizzes.errors import StillOpenError
from app.quizzes.queries import AttemptHead, QuizSettings, SlotRow
from app.quizzes.view_models import (
    AskedPage,
    AskedQuestion,
    PracticeCard,
    ResultPage,
    ReviewedQuestion,
    SavedAnswer,
    attempt_url,
)


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page with a sentence and a button."""

    title: str
    text: str
    url: str
    back_url: str


def is_overdue(attempt: AttemptHead, now: datetime) -> bool:
    """Say whether the time of an open attempt is over, grace included."""
    return attempt.due_at is not None and now > attempt.due_at + GRACE


def is_practice(attempt: AttemptHead) -> bool:
    """Say whether questions are graded one by one."""
    return queries.get_quiz(attempt.quiz_id).behaviour is Behaviour.IMMEDIATE


def with_refusals(
    attempt: AttemptHead,
    posted: Mapping[int, PostedSlot],
    refused: Mapping[int, str],
    now: datetime,
) -> AskedPage:
    """Return the one form again, each unreadable answer with its sentence and as it was typed."""
    page = asked(attempt, now, in_one_form=True)
    questions = [
        each.refused(refused[each.number], "".join(posted[each.number].fields.get("a", ())))
        if each.number in refused
        else each
        for each in page.questions
    ]
    return replace(page, questions=questions)


def asked(attempt: AttemptHead, now: datetime, *, in_one_form: bool) -> AskedPage:
    """Return the page of a test: one form a question, or one form for all without script."""
    quiz = queries.get_quiz(attempt.quiz_id)
    url = attempt_url(attempt)
    questions = [
        AskedQuestion.of(
            url,
            quiz,
            slot,
            queries.get_question(slot.question_version_id),
            prefix=f"q{slot.number}." if in_one_form else "",
        )
        for slot in queries.list_slots(attempt.id)
    ]
    return AskedPage.of(attempt, quiz, questions, now)


def practice(attempt: AttemptHead, number: int | None) -> PracticeCard:
    """Return the card of one question: the one asked for, or the first without an answer."""
    quiz = queries.get_quiz(attempt.quiz_id)
    slots = {slot.number: slot for slot in queries.list_slots(attempt.id)}
    unanswered = [each for each, slot in slots.items() if slot.fraction is None]
    if number not in slots:
        number = unanswered[0] if unanswered else 1
    slot = slots[number]
    following = next((each for each in unanswered if each > number), None)
    if following is None:
        following = next((each for each in unanswered if each != number), None)
    if may_see_feedback(
        quiz.behaviour,
        is_slot_graded=slot.fraction is not None,
        is_finished=attempt.is_finished,
        is_released=False,
    ):
        reviewed = _reviewed(quiz, slot)
        return PracticeCard.of(attempt, quiz, number, reviewed=reviewed, next_number=following)
    question = queries.get_question(slot.question_version_id)
    asked = AskedQuestion.of(attempt_url(attempt), quiz, slot, question)
    return PracticeCard.of(attempt, quiz, number, asked=asked, next_number=following)


def _reviewed(quiz: QuizSettings, slot: SlotRow) -> ReviewedQuestion:
    return ReviewedQuestion.of(quiz, slot, queries.get_keyed_question(slot.question_version_id))


def result(attempt: AttemptHead) -> ResultPage:
    """Return the result page.

    :raises StillOpenError: the attempt is not handed in
    """
    if not attempt.is_finished:
        raise StillOpenError
    quiz = queries.get_quiz(attempt.quiz_id)
    reviews = []
    if _may_review(attempt, quiz):
        reviews = [_reviewed(quiz, slot) for slot in queries.list_slots(attempt.id)]
    used = len(queries.list_attempts(attempt.enrolment_id, attempt.quiz_id))
    left = max(quiz.attempts_allowed - used, 0) if quiz.attempts_allowed else None
    return ResultPage.of(attempt, quiz, reviews, left)


def _may_review(attempt: AttemptHead, quiz: QuizSettings) -> bool:
    return may_see_feedback(
        quiz.behaviour,
        is_slot_graded=True,
        is_finished=attempt.is_finished,
        is_released=attempt.released_at is not None,
    )


def needs_confirmation(attempt: AttemptHead, now: datetime) -> bool:
    """Say whether handing in should be asked about: questions unanswered and time left."""
    if attempt.is_finished or attempt.answered_count >= attempt.slot_count:
        return False
    return attempt.due_at is None or now < attempt.due_at


def confirmation(attempt: AttemptHead) -> PlainPage:
    """Return the page that asks before handing in."""
    left = attempt.slot_count - attempt.answered_count
    return PlainPage(
        title=_("Còn %(n)s câu chưa trả lời. Vẫn nộp bài?", n=left),
        text="",
        url=f"{attempt_url(attempt)}/finish",
        back_url=attempt_url(attempt),
    )


def overdue(attempt: AttemptHead) -> PlainPage:
    """Return the page of an attempt whose time is over and that is being handed in."""
    return PlainPage(
        title=_("Đã hết giờ"),
        text=_("Các câu đã lưu được giữ và tự nộp. Xem kết quả ngay hoặc về lớp học."),
        url=f"{attempt_url(attempt)}/finish",
        back_url=destination("cohort_outline", cohort=attempt.cohort_slug),
    )


def after_save(attempt_id: uuid.UUID, number: int) -> str:
    """Return where a browser without script goes after saving one question."""
    return url_for("quizzes.show_attempt", attempt_id=attempt_id, q=number) + f"#q{number}"


def receipt(saved: SavedAnswer) -> Response:
    """Return the receipt of one question and the progress, for htmx."""
    # Past render_template: the fragment needs neither the reader nor the menu, and this is the
    # reply that is sent most of all.
    template = current_app.jinja_env.get_template("quizzes/_receipt.html")
    return make_response(template.render(saved=saved))
