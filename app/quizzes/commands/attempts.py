"""Attempts: open, hand in, close when the time is over, release."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from random import Random

import sqlalchemy as sa

from app.cohorts.models import Enrolment
from app.core.db import db, read
from app.core.events import publish
from app.quizzes.domain.behaviours import Behaviour, CompleteWhen
from app.quizzes.domain.marks import Grade, QuizGrade, quiz_grade
from app.quizzes.domain.selection import draw
from app.quizzes.errors import (
    AttemptFinishedError,
    KeyReleasedError,
    NoAttemptsLeftError,
    NothingToAskError,
)
from app.quizzes.events import AttemptFinished, AttemptStarted, QuizReleased
from app.quizzes.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    FinishReason,
    QuizRelease,
)
from app.quizzes.queries import (
    QuizSettings,
    SlotRow,
    get_keyed_question,
    get_open_slot,
    get_question,
    get_quiz,
    get_quiz_of_activity,
    is_released,
    list_pool,
    list_slots,
)

GRACE = timedelta(seconds=10)
"""How long after the deadline an answer that was on its way still counts."""

_KEEP_GRADE = (
    sa.update(AttemptSlot)
    .where(
        AttemptSlot.attempt_id == sa.bindparam("of_attempt"),
        AttemptSlot.number == sa.bindparam("of_number"),
    )
    .values(fraction=sa.bindparam("fraction"), outcome=sa.bindparam("outcome"))
)


def start_attempt(
    *,
    enrolment_id: uuid.UUID,
    learner_id: uuid.UUID,
    activity_id: uuid.UUID,
    started_at: datetime,
    seed: int,
) -> uuid.UUID:
    """Open an attempt, or return the one that is open already.

    :param seed: decides the draw and the shuffling
    :raises KeyReleasedError: the learner has done the test and its key is released
    :raises NoAttemptsLeftError: all attempts are used
    :raises NothingToAskError: the quiz has no question
    """
    quiz = get_quiz_of_activity(activity_id)
    earlier = list(
        db.session.scalars(
            sa.select(Attempt)
            .where(Attempt.enrolment_id == enrolment_id, Attempt.quiz_id == quiz.id)
            .with_for_update()
        )
    )
    for attempt in earlier:
        if attempt.state is AttemptState.IN_PROGRESS:
            if attempt.due_at is None or started_at <= attempt.due_at + GRACE:
                return attempt.id
            finish_overdue_attempt(attempt_id=attempt.id, finished_at=started_at)
    if earlier and quiz.behaviour is Behaviour.DEFERRED and _has_seen_key(enrolment_id, quiz.id):
        raise KeyReleasedError
    if quiz.attempts_allowed and len(earlier) >= quiz.attempts_allowed:
        raise NoAttemptsLeftError(quiz.attempts_allowed)
    rng = Random(seed)  # noqa: S311 -- shuffles questions, guards nothing
    attempt = _new_attempt(quiz, enrolment_id, learner_id, len(earlier) + 1, started_at, rng)
    publish(
        AttemptStarted(
            attempt_id=attempt.id,
            enrolment_id=enrolment_id,
            activity_id=activity_id,
            slot_count=attempt.slot_count,
            started_at=started_at,
        )
    )
    return attempt.id


def _has_seen_key(enrolment_id: uuid.UUID, quiz_id: uuid.UUID) -> bool:
    cohort_id = read(
        sa.select(Enrolment.cohort_id).where(Enrolment.id == enrolment_id)
    ).scalar_one()
    return is_released(cohort_id, quiz_id)


def _new_attempt(
    quiz: QuizSettings,
    enrolment_id: uuid.UUID,
    learner_id: uuid.UUID,
    number: int,
    started_at: datetime,
    rng: Random,
) -> Attempt:
    pool = list_pool(quiz.id)
    if not pool:
        raise NothingToAskError
    chosen = [
        pool[i] for i in draw(range(len(pool)), quiz.draw_count, rng, shuffle=quiz.is_shuffled)
    ]
    limit = quiz.time_limit_seconds
    attempt = Attempt(
        id=uuid.uuid4(),
        enrolment_id=enrolment_id,
        learner_id=learner_id,
        quiz_id=quiz.id,
        number=number,
        state=AttemptState.IN_PROGRESS,
        started_at=started_at,
        due_at=started_at + timedelta(seconds=limit) if limit else None,
        slot_count=len(chosen),
        max_mark=sum(max_mark for _, max_mark in chosen),
    )
    db.session.add(attempt)
    db.session.flush()
    slots = []
    for slot_number, (version_id, max_mark) in enumerate(chosen, start=1):
        question = get_question(version_id)
        slots.append(
            {
                "attempt_id": attempt.id,
                "number": slot_number,
                "question_version_id": version_id,
                "arrangement": question.kind.arrange(question.content, rng),
                "max_mark": max_mark,
                "response_seq": 0,
            }
        )
    db.session.execute(sa.insert(AttemptSlot), slots)
    return attempt


def finish_attempt(
    *, attempt_id: uuid.UUID, learner_id: uuid.UUID, finished_at: datetime
) -> QuizGrade:
    """Hand an attempt in: grade what was saved, once.

    :raises SlotNotFoundError: the learner has no such attempt
    :raises AttemptFinishedError: it was handed in before
    """
    slot = get_open_slot(attempt_id, 1, learner_id=learner_id)
    if slot.state is AttemptState.FINISHED:
        raise AttemptFinishedError(slot.finished_at or finished_at)
    late = slot.due_at is not None and finished_at > slot.due_at + GRACE
    reason = FinishReason.TIME_OVER if late else FinishReason.SUBMITTED
    return close_attempt(attempt_id, finished_at, reason)


def finish_overdue_attempt(*, attempt_id: uuid.UUID, finished_at: datetime) -> None:
    """Hand in what was saved when the time is over; an attempt finished meanwhile is left alone."""
    state = read(
        sa.select(Attempt.state).where(Attempt.id == attempt_id).with_for_update()
    ).scalar_one()
    if state is AttemptState.IN_PROGRESS:
        close_attempt(attempt_id, finished_at, FinishReason.TIME_OVER)


def close_attempt(attempt_id: uuid.UUID, finished_at: datetime, reason: FinishReason) -> QuizGrade:
    """Grade what was saved and close the attempt; the caller has checked that it is open."""
    attempt = db.session.get_one(Attempt, attempt_id, populate_existing=True)
    if reason is FinishReason.TIME_OVER and attempt.due_at is not None:
        finished_at = min(finished_at, attempt.due_at + GRACE)
    grades = [(slot, _grade_of(slot)) for slot in list_slots(attempt_id)]
    db.session.connection().execute(
        _KEEP_GRADE,
        [
            {
                "of_attempt": attempt_id,
                "of_number": slot.number,
                "fraction": grade.fraction,
                "outcome": grade.outcome,
            }
            for slot, grade in grades
        ],
    )
    total = quiz_grade((grade.fraction, slot.max_mark) for slot, grade in grades)
    quiz = get_quiz(attempt.quiz_id)
    passed = total.is_passed(quiz.pass_fraction)
    attempt.state = AttemptState.FINISHED
    attempt.finished_at = finished_at
    attempt.finish_reason = reason
    attempt.mark = total.mark
    attempt.fraction = total.fraction
    attempt.is_passed = passed
    db.session.flush()
    publish(
        AttemptFinished(
            attempt_id=attempt_id,
            enrolment_id=attempt.enrolment_id,
            activity_id=quiz.activity_id,
            fraction=total.fraction,
            is_passed=passed,
            completes_activity=passed or quiz.complete_when is CompleteWhen.SUBMITTED,
            finished_at=finished_at,
        )
    )
    return total


def _grade_of(slot: SlotRow) -> Grade:
    if slot.response is None:
        return Grade.unanswered()
    if slot.fraction is not None and slot.outcome is not None:
        return Grade(slot.fraction, slot.outcome)
    question = get_keyed_question(slot.question_version_id)
    return question.kind.grade(question.content, question.key, slot.response)


def release_quiz(
    *,
    cohort_id: uuid.UUID,
    quiz_id: uuid.UUID,
    released_by_id: uuid.UUID,
    released_at: datetime,
) -> None:
    """Let a cohort see key and feedback of a test; once released stays released."""
    if is_released(cohort_id, quiz_id):
        return
    db.session.add(
        QuizRelease(
            cohort_id=cohort_id,
            quiz_id=quiz_id,
            released_at=released_at,
            released_by_id=released_by_id,
        )
    )
    db.session.flush()
    publish(
        QuizReleased(
            cohort_id=cohort_id,
            quiz_id=quiz_id,
            released_by_id=released_by_id,
            released_at=released_at,
        )
    )
