"""Facts that certificates announce."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class IssuerChanged(Event):
    """What is printed of the issuer from now on was changed."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "issuer_key"

    issuer_key: str
    issuing_body: str
    signatory_name: str
    register_pattern: str
    changed_by_id: uuid.UUID | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class BatchIssued(Event):
    """Certificates were issued in one act.

    ``confirmed_on_paper``: enrolments whose names were confirmed on paper, by the officer's word.
    """

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "batch_id"

    batch_id: uuid.UUID
    cohort_id: uuid.UUID
    decision_number: str
    count: int
    first_register_no: str
    last_register_no: str
    confirmed_on_paper: tuple[uuid.UUID, ...]
    issued_by_id: uuid.UUID | None
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateAwarded(Event):
    """A learner has a certificate; one fact for each of a batch."""

    certificate_id: uuid.UUID
    learner_id: uuid.UUID
    enrolment_id: uuid.UUID
    cohort_id: uuid.UUID
    awarded_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateRevoked(Event):
    """A certificate is no longer valid; the register keeps it and the reason."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "certificate_id"

    certificate_id: uuid.UUID
    register_no: str
    revoked_by_id: uuid.UUID | None
    revoked_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateReissued(Event):
    """A certificate was replaced by a new one with its own numbers."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "certificate_id"

    certificate_id: uuid.UUID
    register_no: str
    replaces_id: uuid.UUID
    replaced_register_no: str
    reissued_by_id: uuid.UUID | None
    reissued_at: datetime
