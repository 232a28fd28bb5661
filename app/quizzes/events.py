"""Facts that the quiz engine announces."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class AttemptStarted(Event):
    """A learner opened a new attempt."""

    attempt_id: uuid.UUID
    enrolment_id: uuid.UUID
    activity_id: uuid.UUID
    slot_count: int
    started_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerRecorded(Event):
    """A response counts now; ``answered_count`` of ``slot_count`` slots have one."""

    attempt_id: uuid.UUID
    enrolment_id: uuid.UUID
    activity_id: uuid.UUID
    slot_number: int
    answered_count: int
    slot_count: int
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AttemptFinished(Event):
    """An attempt was handed in or its time was over; it is graded.

    ``completes_activity`` says whether the quiz counts as done by it; ``fraction``
    is the grade 0…1.
    """

    attempt_id: uuid.UUID
    enrolment_id: uuid.UUID
    activity_id: uuid.UUID
    fraction: Decimal
    is_passed: bool
    completes_activity: bool
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class QuizReleased(Event):
    """The trainer let a cohort see key and feedback of a test."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "quiz_id"

    cohort_id: uuid.UUID
    quiz_id: uuid.UUID
    released_by_id: uuid.UUID
    released_at: datetime
