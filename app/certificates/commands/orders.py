"""What an officer orders, and what would come of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from app.certificates.commands.papers import Numbers
from app.certificates.domain.face import CertificateFace
from app.certificates.queries import Candidate
from app.core.clock import to_local


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrder:
    """What the officer orders.

    :param enrolment_ids: who is to get one; None: everybody who may and has none yet
    :param confirmed_on_paper: the officer vouches that the others confirmed their names on paper
    :param first_number: the register number that was shown; refused when it is taken by then
    """

    cohort_id: uuid.UUID
    decision_number: str
    decision_on: date
    issued_at: datetime
    issued_by_id: uuid.UUID | None
    enrolment_ids: frozenset[uuid.UUID] | None = None
    confirmed_on_paper: bool = False
    first_number: int | None = None

    @property
    def issued_on(self) -> date:
        """Return the day of issue in Việt Nam."""
        return to_local(self.issued_at).date()


@dataclass(frozen=True, slots=True)
class Planned:
    """Who would get a certificate now, and what it would show."""

    person: Candidate
    numbers: Numbers
    face: CertificateFace
