"""The papers: stored bytes, and what is printed on them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.certificates.domain.register import EntryKind
from app.certificates.errors import CertificateNotFoundError
from app.certificates.models import Certificate, CertificateFile, IssueBatch, RegisterEntry
from app.core.db import read

_IN_ORDER = (Certificate.register_year, Certificate.register_number)


@dataclass(frozen=True, slots=True)
class Paper:
    """The stored bytes of one certificate and what its file is called after."""

    certificate_id: uuid.UUID
    register_year: int
    register_number: int
    printed_name: str
    issued_at: datetime
    sha256: str
    content: bytes


_PAPERS = (
    sa.select(
        Certificate.id,
        Certificate.register_year,
        Certificate.register_number,
        Certificate.printed_name,
        IssueBatch.issued_at,
        CertificateFile.sha256,
        CertificateFile.content,
    )
    .join_from(Certificate, IssueBatch, IssueBatch.id == Certificate.batch_id)
    .join(CertificateFile, CertificateFile.certificate_id == Certificate.id)
)
_IS_VALID = sa.not_(
    sa.exists().where(
        RegisterEntry.certificate_id == Certificate.id, RegisterEntry.kind != EntryKind.ISSUED
    )
)


def get_paper(certificate_id: uuid.UUID) -> Paper:
    """Return the stored file of a certificate.

    :raises CertificateNotFoundError: there is none
    """
    row = read(_PAPERS.where(Certificate.id == certificate_id)).one_or_none()
    if row is None:
        raise CertificateNotFoundError
    return Paper(*row)


def list_papers(cohort_id: uuid.UUID) -> list[Paper]:
    """Return the stored files of a cohort's valid certificates in the order of the register."""
    statement = _PAPERS.where(IssueBatch.cohort_id == cohort_id, _IS_VALID).order_by(*_IN_ORDER)
    return [Paper(*row) for row in read(statement)]


def list_faces(cohort_id: uuid.UUID) -> list[dict[str, Any]]:
    """Return what the valid certificates of a cohort show, in the order of the register."""
    statement = (
        sa.select(Certificate.face)
        .join_from(Certificate, IssueBatch, IssueBatch.id == Certificate.batch_id)
        .where(IssueBatch.cohort_id == cohort_id, _IS_VALID)
        .order_by(*_IN_ORDER)
    )
    return list(read(statement).scalars())
