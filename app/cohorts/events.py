"""Facts that cohorts announce."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class CohortCreated(Event):
    """A cohort was opened."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "cohort_id"

    cohort_id: uuid.UUID
    version_id: uuid.UUID
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StaffAdded(Event):
    """Somebody teaches or coordinates a cohort from now on."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "cohort_id"

    cohort_id: uuid.UUID
    user_id: uuid.UUID
    duty: str
    site_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class StaffRemoved(Event):
    """Somebody teaches or coordinates a cohort no longer."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "cohort_id"

    cohort_id: uuid.UUID
    user_id: uuid.UUID
    duty: str
    site_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class EnrolmentMade(Event):
    """A learner joined a cohort, which is taught ``version_id``."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    cohort_id: uuid.UUID
    learner_id: uuid.UUID
    version_id: uuid.UUID
    enrolled_at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentCancelled(Event):
    """A learner left a cohort; nothing of it is deleted."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    cohort_id: uuid.UUID
    cancelled_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class EnrolmentRestored(Event):
    """A learner who had left a cohort is in it again."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    cohort_id: uuid.UUID
    restored_at: datetime


@dataclass(frozen=True, slots=True)
class EnrolmentCorrected(Event):
    """A learner has another site, unit or position, given in this order before and after."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    before: tuple[uuid.UUID, str, str]
    after: tuple[uuid.UUID, str, str]
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class NameConfirmed(Event):
    """A learner said that the name to be printed is right."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class NameReported(Event):
    """A learner said that the name to be printed is wrong; the remark stands in the enrolment."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class PrintedNameCorrected(Event):
    """An officer changed the name to be printed; the learner has to confirm it again."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "enrolment_id"

    enrolment_id: uuid.UUID
    name_before: str
    name_after: str
    corrected_by_id: uuid.UUID
    corrected_at: datetime
