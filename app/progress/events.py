"""Facts that progress announces."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class ActivityCompleted(Event):
    """A learner has done an activity, for the first time."""

    enrolment_id: uuid.UUID
    activity_id: uuid.UUID
    completed_at: datetime


@dataclass(frozen=True, slots=True)
class CompletionRuleSet(Event):
    """An officer decided what a cohort must do to be certified (ordinals of activities)."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "cohort_id"

    cohort_id: uuid.UUID
    required: tuple[int, ...]
    set_by_id: uuid.UUID | None
    set_at: datetime
