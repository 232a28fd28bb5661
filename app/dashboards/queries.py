"""What is read for pages that several features make together."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.cohorts.models import Enrolment, EnrolmentState
from app.core.db import read
from app.quizzes.models import Attempt, AttemptSlot, AttemptState, Quiz, QuizRelease


@dataclass(frozen=True, slots=True)
class MissedQuestion:
    """A question of finished attempts: asked ``asked`` times, fully right in all but ``missed``.

    ``common_response`` is the response most often given among those not right, as stored; None when
    every miss was left unanswered.
    """

    quiz_id: uuid.UUID
    activity_id: uuid.UUID
    question_version_id: uuid.UUID
    asked: int
    missed: int
    common_response: Any
    common_count: int


def list_missed_questions(
    cohort_id: uuid.UUID, *, site_id: uuid.UUID | None = None
) -> list[MissedQuestion]:
    """Return the questions of a cohort's finished attempts, most often missed first.

    Missed is anything below full marks, an empty answer included. Two queries: one counts, one
    finds the response most often given among the misses.
    """
    where = [
        Attempt.state == AttemptState.FINISHED,
        Enrolment.cohort_id == cohort_id,
        Enrolment.state == EnrolmentState.ACTIVE,
    ]
    if site_id is not None:
        where.append(Enrolment.site_id == site_id)
    is_missed = sa.case((AttemptSlot.fraction < 1, 1), else_=0)
    missed = sa.func.sum(is_missed)
    slots = (
        sa.select(
            Attempt.quiz_id,
            Quiz.activity_id,
            AttemptSlot.question_version_id,
            sa.func.count(),
            missed,
        )
        .join_from(AttemptSlot, Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Quiz, Quiz.id == Attempt.quiz_id)
        .where(*where)
        .group_by(Attempt.quiz_id, Quiz.activity_id, AttemptSlot.question_version_id)
    )
    common = _common_misses(where)
    rows = []
    for quiz_id, activity_id, version_id, asked, misses in read(slots):
        response, count = common.get((quiz_id, version_id), (None, 0))
        rows.append(
            MissedQuestion(
                quiz_id, activity_id, version_id, int(asked), int(misses), response, count
            )
        )
    return sorted(rows, key=lambda each: (-each.missed / each.asked, -each.missed))


def _common_misses(
    where: list[sa.ColumnElement[bool]],
) -> dict[tuple[uuid.UUID, uuid.UUID], tuple[Any, int]]:
    text = sa.cast(AttemptSlot.response, sa.Text)
    count = sa.func.count()
    statement = (
        sa.select(
            Attempt.quiz_id,
            AttemptSlot.question_version_id,
            text,
            count,
        )
        .join_from(AttemptSlot, Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(*where, AttemptSlot.fraction < 1, AttemptSlot.response.is_not(None))
        .group_by(Attempt.quiz_id, AttemptSlot.question_version_id, text)
        .order_by(count.desc(), text)
    )
    common: dict[tuple[uuid.UUID, uuid.UUID], tuple[Any, int]] = {}
    for quiz_id, version_id, response, number in read(statement):
        common.setdefault((quiz_id, version_id), (json.loads(response), int(number)))
    return common


def count_open_attempts(cohort_id: uuid.UUID, *, now: datetime) -> dict[uuid.UUID, int]:
    """Return how many learners of a cohort have each quiz open, by the quiz; none: not in it."""
    statement = (
        sa.select(Attempt.quiz_id, sa.func.count())
        .join_from(Attempt, Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.state == EnrolmentState.ACTIVE,
            Attempt.state == AttemptState.IN_PROGRESS,
            sa.or_(Attempt.due_at.is_(None), Attempt.due_at > now),
        )
        .group_by(Attempt.quiz_id)
    )
    return {row[0]: int(row[1]) for row in read(statement)}


def list_released(cohort_id: uuid.UUID) -> frozenset[uuid.UUID]:
    """Return the quizzes whose answers the cohort may see."""
    statement = sa.select(QuizRelease.quiz_id).where(QuizRelease.cohort_id == cohort_id)
    return frozenset(read(statement).scalars())
