"""The register: certificates with how they stand, by cohort, year, code or owner."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.certificates.domain.register import CertificateState, EntryKind, state_of
from app.certificates.errors import CertificateNotFoundError, NotIssuedYetError
from app.certificates.models import Certificate, CertificateFile, IssueBatch, RegisterEntry
from app.cohorts.models import Cohort
from app.core.db import read

_Revoked = aliased(RegisterEntry)
_Replaced = aliased(RegisterEntry)
_Successor = aliased(Certificate)
_Predecessor = aliased(Certificate)


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """One line of the register."""

    id: uuid.UUID
    enrolment_id: uuid.UUID
    learner_id: uuid.UUID
    register_year: int
    register_number: int
    register_no: str
    serial_no: str
    code: str
    printed_name: str
    born: str
    unit_name: str
    position_title: str
    outcome: str
    cohort_slug: str
    cohort_code: str
    course_title: str
    issuing_body: str
    starts_on: date
    ends_on: date
    issued_on: date
    decision_number: str
    decision_on: date
    revoked_at: datetime | None
    revoke_reason: str | None
    replaced_at: datetime | None
    replace_reason: str | None
    successor_id: uuid.UUID | None
    successor_no: str | None
    replaces_no: str | None
    sha256: str
    size: int

    @property
    def state(self) -> CertificateState:
        """Return how the certificate stands today."""
        moments = {EntryKind.REVOKED: self.revoked_at, EntryKind.REPLACED: self.replaced_at}
        return state_of({kind for kind, moment in moments.items() if moment is not None})


_ROWS = (
    sa.select(
        Certificate.id,
        Certificate.enrolment_id,
        Certificate.learner_id,
        Certificate.register_year,
        Certificate.register_number,
        Certificate.register_no,
        Certificate.serial_no,
        Certificate.code,
        Certificate.printed_name,
        Certificate.born,
        Certificate.unit_name,
        Certificate.position_title,
        Certificate.outcome,
        Cohort.slug,
        IssueBatch.cohort_code,
        IssueBatch.course_title,
        IssueBatch.issuing_body,
        IssueBatch.starts_on,
        IssueBatch.ends_on,
        IssueBatch.issued_on,
        IssueBatch.decision_number,
        IssueBatch.decision_on,
        _Revoked.happened_at,
        _Revoked.reason,
        _Replaced.happened_at,
        _Replaced.reason,
        _Successor.id,
        _Successor.register_no,
        _Predecessor.register_no,
        CertificateFile.sha256,
        CertificateFile.size,
    )
    .join_from(Certificate, IssueBatch, IssueBatch.id == Certificate.batch_id)
    .join(Cohort, Cohort.id == IssueBatch.cohort_id)
    .join(CertificateFile, CertificateFile.certificate_id == Certificate.id)
    .outerjoin(
        _Revoked,
        sa.and_(_Revoked.certificate_id == Certificate.id, _Revoked.kind == EntryKind.REVOKED),
    )
    .outerjoin(
        _Replaced,
        sa.and_(_Replaced.certificate_id == Certificate.id, _Replaced.kind == EntryKind.REPLACED),
    )
    .outerjoin(_Successor, _Successor.replaces_id == Certificate.id)
    .outerjoin(_Predecessor, _Predecessor.id == Certificate.replaces_id)
)
_IN_ORDER = (Certificate.register_year, Certificate.register_number)
_BY_CODE = _ROWS.where(Certificate.code == sa.bindparam("code"))
_MINE = _ROWS.where(
    Certificate.learner_id == sa.bindparam("learner_id"),
    Cohort.slug == sa.bindparam("slug"),
    _Successor.id.is_(None),
)


def _rows(
    statement: sa.Select[*tuple[Any, ...]], values: dict[str, Any] | None = None
) -> list[CertificateRow]:
    return [CertificateRow(*row) for row in read(statement, values)]


def list_of_cohort(cohort_id: uuid.UUID) -> list[CertificateRow]:
    """Return the certificates of a cohort in the order of the register."""
    return _rows(_ROWS.where(IssueBatch.cohort_id == cohort_id).order_by(*_IN_ORDER))


def list_of_batch(batch_id: uuid.UUID) -> list[CertificateRow]:
    """Return the certificates of one batch in the order of the register."""
    return _rows(_ROWS.where(Certificate.batch_id == batch_id).order_by(*_IN_ORDER))


def list_register(year: int) -> list[CertificateRow]:
    """Return the register of a year in the order of its numbers."""
    return _rows(_ROWS.where(Certificate.register_year == year).order_by(*_IN_ORDER))


def list_register_years() -> list[int]:
    """Return the years that have a register, the newest first."""
    statement = sa.select(Certificate.register_year).distinct()
    return sorted(read(statement).scalars(), reverse=True)


def get_row(certificate_id: uuid.UUID) -> CertificateRow:
    """Return one certificate.

    :raises CertificateNotFoundError: there is none
    """
    rows = _rows(_ROWS.where(Certificate.id == certificate_id))
    if not rows:
        raise CertificateNotFoundError
    return rows[0]


def find_by_code(code: str) -> CertificateRow | None:
    """Return the certificate with that code (26 signs, no dashes)."""
    rows = _rows(_BY_CODE, {"code": code})
    return rows[0] if rows else None


def find_by_digest(sha256: str) -> CertificateRow | None:
    """Return the certificate whose stored file has that SHA-256."""
    rows = _rows(_ROWS.where(CertificateFile.sha256 == sha256))
    return rows[0] if rows else None


def find_mine(learner_id: uuid.UUID, cohort_slug: str) -> CertificateRow | None:
    """Return the learner's newest certificate of a cohort, valid or revoked."""
    rows = _rows(_MINE, {"learner_id": learner_id, "slug": cohort_slug})
    return rows[0] if rows else None


def get_mine(learner_id: uuid.UUID, cohort_slug: str) -> CertificateRow:
    """Return the learner's newest certificate of a cohort.

    :raises NotIssuedYetError: there is none
    """
    row = find_mine(learner_id, cohort_slug)
    if row is None:
        raise NotIssuedYetError
    return row
