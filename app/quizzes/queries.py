"""Reads of the quiz engine.

Learner pages use :func:`get_question`, which never touches the columns ``key`` and ``feedback``;
only grading and released reviews use :func:`get_keyed_question`. Question versions and quizzes of
published courses never change, so both are kept in the process.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.cohorts.models import Cohort, Enrolment, EnrolmentState
from app.core.db import read
from app.core.errors import NotFoundError
from app.core.prepared import Prepared
from app.courses.models import Activity, CourseVersion
from app.quizzes.domain.behaviours import Behaviour, CompleteWhen
from app.quizzes.domain.kinds.kind import Kind
from app.quizzes.domain.kinds.registry import KINDS
from app.quizzes.domain.marks import Outcome
from app.quizzes.errors import SlotNotFoundError
from app.quizzes.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    FinishReason,
    QuestionVersion,
    Quiz,
    QuizQuestion,
    QuizRelease,
    Response,
)


@dataclass(frozen=True, slots=True)
class LearnerQuestion:
    """A question as a learner may see it."""

    kind: Kind
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """A question with its key and feedback, for grading and released reviews only."""

    kind: Kind
    content: dict[str, Any]
    key: dict[str, Any]
    feedback: dict[str, Any]


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """How a quiz asks; ``time_limit_seconds`` and ``draw_count`` None mean without."""

    id: uuid.UUID
    activity_id: uuid.UUID
    activity_key: str
    title: str
    language: str
    behaviour: Behaviour
    complete_when: CompleteWhen
    pass_fraction: Decimal
    attempts_allowed: int
    time_limit_seconds: int | None
    draw_count: int | None
    is_shuffled: bool
    question_count: int

    @property
    def asked_count(self) -> int:
        """Return how many questions one attempt asks."""
        return min(self.draw_count or self.question_count, self.question_count)


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """What saving an answer must know, read in one statement and locked where possible."""

    enrolment_id: uuid.UUID
    state: AttemptState
    due_at: datetime | None
    finished_at: datetime | None
    last_seq: int
    answered_count: int
    slot_count: int
    quiz_id: uuid.UUID
    question_version_id: uuid.UUID
    arrangement: list[Any]
    response: Any
    response_id: uuid.UUID | None
    response_seq: int
    saved_at: datetime | None
    fraction: Decimal | None


@dataclass(frozen=True, slots=True)
class AttemptHead:
    """An attempt without its slots."""

    id: uuid.UUID
    number: int
    state: AttemptState
    started_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    finish_reason: FinishReason | None
    last_seq: int
    answered_count: int
    slot_count: int
    mark: Decimal | None
    max_mark: Decimal
    fraction: Decimal | None
    is_passed: bool | None
    quiz_id: uuid.UUID
    enrolment_id: uuid.UUID
    cohort_id: uuid.UUID
    cohort_slug: str
    released_at: datetime | None

    @property
    def is_finished(self) -> bool:
        """Say whether the attempt was handed in."""
        return self.state is AttemptState.FINISHED


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot of an attempt as it stands."""

    number: int
    question_version_id: uuid.UUID
    arrangement: list[Any]
    max_mark: Decimal
    response: Any
    response_seq: int
    saved_at: datetime | None
    fraction: Decimal | None
    outcome: Outcome | None


_QUESTION = sa.select(QuestionVersion.kind, QuestionVersion.content).where(
    QuestionVersion.id == sa.bindparam("id")
)
_KEYED_QUESTION = sa.select(
    QuestionVersion.kind, QuestionVersion.content, QuestionVersion.key, QuestionVersion.feedback
).where(QuestionVersion.id == sa.bindparam("id"))
_QUIZ_COLUMNS = (
    Quiz.id,
    Quiz.activity_id,
    Activity.key,
    Activity.title,
    CourseVersion.language,
    Quiz.behaviour,
    Quiz.complete_when,
    Quiz.pass_fraction,
    Quiz.attempts_allowed,
    Quiz.time_limit_seconds,
    Quiz.draw_count,
    Quiz.is_shuffled,
    sa.select(sa.func.count())
    .where(QuizQuestion.quiz_id == Quiz.id)
    .correlate(Quiz)
    .scalar_subquery(),
)
_OPEN_SLOT = Prepared(
    sa.select(
        Attempt.enrolment_id,
        Attempt.state,
        Attempt.due_at,
        Attempt.finished_at,
        Attempt.last_seq,
        Attempt.answered_count,
        Attempt.slot_count,
        Attempt.quiz_id,
        AttemptSlot.question_version_id,
        AttemptSlot.arrangement,
        AttemptSlot.response,
        AttemptSlot.response_id,
        AttemptSlot.response_seq,
        AttemptSlot.saved_at,
        AttemptSlot.fraction,
    )
    .join_from(AttemptSlot, Attempt, AttemptSlot.attempt_id == Attempt.id)
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .where(
        Attempt.id == sa.bindparam("attempt_id"),
        Attempt.learner_id == sa.bindparam("learner_id"),
        Enrolment.state == EnrolmentState.ACTIVE,
        AttemptSlot.number == sa.bindparam("number"),
    )
    # Both are locked: after waiting, PostgreSQL reads again only the rows it locks. The attempt
    # comes first, so that two answers wait there and not for each other.
    .with_for_update(of=(Attempt, AttemptSlot))
)
_HEAD_COLUMNS = (
    Attempt.id,
    Attempt.number,
    Attempt.state,
    Attempt.started_at,
    Attempt.due_at,
    Attempt.finished_at,
    Attempt.finish_reason,
    Attempt.last_seq,
    Attempt.answered_count,
    Attempt.slot_count,
    Attempt.mark,
    Attempt.max_mark,
    Attempt.fraction,
    Attempt.is_passed,
    Attempt.quiz_id,
    Attempt.enrolment_id,
    Cohort.id,
    Cohort.slug,
    QuizRelease.released_at,
)
_HEADS = (
    sa.select(*_HEAD_COLUMNS)
    .join_from(Attempt, Enrolment, Attempt.enrolment_id == Enrolment.id)
    .join(Cohort, Enrolment.cohort_id == Cohort.id)
    .outerjoin(
        QuizRelease,
        sa.and_(
            QuizRelease.quiz_id == Attempt.quiz_id, QuizRelease.cohort_id == Enrolment.cohort_id
        ),
    )
)
_HEAD = Prepared(
    _HEADS.where(
        Attempt.id == sa.bindparam("attempt_id"), Attempt.learner_id == sa.bindparam("learner_id")
    )
)
_SLOTS = Prepared(
    sa.select(
        AttemptSlot.number,
        AttemptSlot.question_version_id,
        AttemptSlot.arrangement,
        AttemptSlot.max_mark,
        AttemptSlot.response,
        AttemptSlot.response_seq,
        AttemptSlot.saved_at,
        AttemptSlot.fraction,
        AttemptSlot.outcome,
    )
    .where(AttemptSlot.attempt_id == sa.bindparam("attempt_id"))
    .order_by(AttemptSlot.number)
)
_STORED_RESPONSE = Prepared(
    sa.select(Response.slot_number, Response.seq, Response.received_at).where(
        Response.attempt_id == sa.bindparam("attempt_id"), Response.id == sa.bindparam("id")
    )
)


@lru_cache(maxsize=4096)
def get_question(version_id: uuid.UUID) -> LearnerQuestion:
    """Return a question without its key."""
    row = read(_QUESTION, {"id": version_id}).one()
    return LearnerQuestion(KINDS[row.kind], row.content)


@lru_cache(maxsize=4096)
def get_keyed_question(version_id: uuid.UUID) -> KeyedQuestion:
    """Return a question with its key: for grading and released reviews only."""
    row = read(_KEYED_QUESTION, {"id": version_id}).one()
    return KeyedQuestion(KINDS[row.kind], row.content, row.key, row.feedback)


@lru_cache(maxsize=512)
def get_quiz(quiz_id: uuid.UUID) -> QuizSettings:
    """Return a quiz's settings."""
    statement = (
        sa.select(*_QUIZ_COLUMNS)
        .join_from(Quiz, Activity, Quiz.activity_id == Activity.id)
        .join(CourseVersion, CourseVersion.id == Activity.version_id)
        .where(Quiz.id == quiz_id)
    )
    return QuizSettings(*read(statement).one())


@lru_cache(maxsize=512)
def get_quiz_of_activity(activity_id: uuid.UUID) -> QuizSettings:
    """Return the quiz of an activity.

    :raises NotFoundError: the activity is no quiz
    """
    quiz_id = read(sa.select(Quiz.id).where(Quiz.activity_id == activity_id)).scalar_one_or_none()
    if quiz_id is None:
        raise NotFoundError
    return get_quiz(quiz_id)


def get_open_slot(attempt_id: uuid.UUID, number: int, *, learner_id: uuid.UUID) -> OpenSlot:
    """Return what saving an answer must know; the attempt is locked where the database can.

    :raises SlotNotFoundError: no such slot in an attempt of this learner
    """
    row = _OPEN_SLOT.first(attempt_id=attempt_id, number=number, learner_id=learner_id)
    if row is None:
        raise SlotNotFoundError
    return OpenSlot(*row)


def find_stored_response(
    attempt_id: uuid.UUID, response_id: uuid.UUID
) -> tuple[int, int, datetime] | None:
    """Return (slot number, sequence number, time of arrival) of a response that came before."""
    row = _STORED_RESPONSE.first(attempt_id=attempt_id, id=response_id)
    return None if row is None else (row[0], row[1], row[2])


def list_payloads(attempt_id: uuid.UUID, slot_number: int, *, seq: int) -> list[Any]:
    """Return what was said to a question under this sequence number (by two devices, perhaps)."""
    statement = sa.select(Response.payload).where(
        Response.attempt_id == attempt_id,
        Response.slot_number == slot_number,
        Response.seq == seq,
    )
    return list(read(statement).scalars())


def get_attempt(attempt_id: uuid.UUID, *, learner_id: uuid.UUID) -> AttemptHead:
    """Return an attempt of this learner.

    :raises NotFoundError: there is none
    """
    row = _HEAD.first(attempt_id=attempt_id, learner_id=learner_id)
    if row is None:
        raise NotFoundError
    return AttemptHead(*row)


def list_attempts(enrolment_id: uuid.UUID, quiz_id: uuid.UUID) -> list[AttemptHead]:
    """Return the attempts of one enrolment at one quiz, oldest first."""
    statement = _HEADS.where(
        Attempt.enrolment_id == enrolment_id, Attempt.quiz_id == quiz_id
    ).order_by(Attempt.number)
    return [AttemptHead(*row) for row in read(statement)]


def list_attempts_of_enrolment(enrolment_id: uuid.UUID) -> list[AttemptHead]:
    """Return all attempts of one enrolment, by time of start."""
    statement = _HEADS.where(Attempt.enrolment_id == enrolment_id).order_by(Attempt.started_at)
    return [AttemptHead(*row) for row in read(statement)]


def list_slots(attempt_id: uuid.UUID) -> list[SlotRow]:
    """Return the slots of an attempt in order."""
    return [SlotRow(*row) for row in _SLOTS.all(attempt_id=attempt_id)]


def list_pool(quiz_id: uuid.UUID) -> Sequence[tuple[uuid.UUID, Decimal]]:
    """Return (question version, max mark) of a quiz's questions in the author's order."""
    statement = (
        sa.select(QuizQuestion.question_version_id, QuizQuestion.max_mark)
        .where(QuizQuestion.quiz_id == quiz_id)
        .order_by(QuizQuestion.position)
    )
    return [(row.question_version_id, row.max_mark) for row in read(statement)]


def list_overdue(moment: datetime, limit: int = 200) -> list[uuid.UUID]:
    """Return attempts still open whose deadline passed before ``moment``."""
    statement = (
        sa.select(Attempt.id)
        .where(Attempt.state == AttemptState.IN_PROGRESS, Attempt.due_at < moment)
        .order_by(Attempt.due_at)
        .limit(limit)
    )
    return list(read(statement).scalars())


def is_released(cohort_id: uuid.UUID, quiz_id: uuid.UUID) -> bool:
    """Say whether the cohort may see key and feedback of a test."""
    statement = sa.select(QuizRelease.released_at).where(
        QuizRelease.cohort_id == cohort_id, QuizRelease.quiz_id == quiz_id
    )
    return read(statement).first() is not None
