"""Make papers: numbers without gap or twin, faces, and the rows of what was issued."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects.postgresql import insert  # "on conflict" reads alike on SQLite

from app.certificates.domain.codes import BITS, code_from_number, grouped
from app.certificates.domain.face import CertificateFace
from app.certificates.domain.numbers import format_number
from app.certificates.domain.register import EntryKind
from app.certificates.domain.stored_face import face_values
from app.certificates.models import (
    EVER,
    Certificate,
    CertificateFile,
    IssueBatch,
    Issuer,
    RegisterCounter,
    RegisterEntry,
)
from app.core.db import db, read, write


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one certificate."""

    year: int
    register: int
    serial: int

    def after(self, count: int) -> Numbers:
        """Return the numbers of the certificate that many places later."""
        return Numbers(self.year, self.register + count, self.serial + count)


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A certificate about to be stored."""

    enrolment_id: uuid.UUID
    learner_id: uuid.UUID
    numbers: Numbers
    code: str
    face: CertificateFace
    content: bytes
    replaces_id: uuid.UUID | None = None


def new_code() -> str:
    """Return a code that nobody can guess."""
    return code_from_number(secrets.randbits(BITS))


def numbers_as_printed(issuer: Issuer, numbers: Numbers, code: str) -> dict[str, str]:
    """Return the fields of a face that carry its numbers and its code."""
    base_url = str(current_app.config["BASE_URL"])
    address = urlsplit(base_url)
    return {
        "serial_no": format_number(issuer.serial_pattern, numbers.serial, numbers.year),
        "register_no": format_number(issuer.register_pattern, numbers.register, numbers.year),
        "verify_url": f"{base_url}/verify/{code}",
        "verify_address": f"{address.netloc}{address.path}/verify",
        "verify_code": grouped(code),
    }


def issuer_as_printed(issuer: Issuer) -> dict[str, str]:
    """Return the fields of a face that say who issues and who signs."""
    names = ("parent_body", "issuing_body", "grantor", "place", "authority")
    return {name: getattr(issuer, name) for name in (*names, "signatory_title", "signatory_name")}


def take_numbers(issuer: Issuer, year: int) -> Numbers:
    """Return the next numbers and hold both books until the transaction ends.

    Always in this order, so that two who issue at once wait for each other and never in a circle.
    """
    return Numbers(year, _locked(issuer, year), _locked(issuer, EVER))


def _locked(issuer: Issuer, year: int) -> int:
    book = {
        "issuer_key": issuer.key,
        "certificate_type": issuer.certificate_type,
        "year": year,
    }
    write(insert(RegisterCounter).values(**book, next_number=1).on_conflict_do_nothing())
    statement = sa.select(RegisterCounter.next_number).filter_by(**book).with_for_update()
    return int(read(statement).scalar_one())


def _move(issuer: Issuer, year: int, next_number: int) -> None:
    write(
        sa.update(RegisterCounter)
        .where(
            RegisterCounter.issuer_key == issuer.key,
            RegisterCounter.certificate_type == issuer.certificate_type,
            RegisterCounter.year == year,
        )
        .values(next_number=next_number)
    )


def store_papers(
    batch: IssueBatch, issuer: Issuer, papers: Sequence[NewPaper], *, reason: str
) -> list[uuid.UUID]:
    """Store the batch and its papers, enter them in the register, move the counters past them.

    A statement for each table, however many papers.
    """
    db.session.add(batch)
    db.session.flush()
    ids = [uuid.uuid4() for _ in papers]
    rows = list(zip(ids, papers, strict=True))
    db.session.execute(sa.insert(Certificate), [_certificate(*row, batch) for row in rows])
    db.session.execute(sa.insert(CertificateFile), [_file(*row) for row in rows])
    issued = [
        entry(each, EntryKind.ISSUED, reason, batch.issued_by_id, batch.issued_at) for each in ids
    ]
    db.session.execute(sa.insert(RegisterEntry), issued)
    following = papers[-1].numbers.after(1)
    _move(issuer, following.year, following.register)
    _move(issuer, EVER, following.serial)
    return ids


def entry(
    certificate_id: uuid.UUID,
    kind: EntryKind,
    reason: str,
    actor_id: uuid.UUID | None,
    happened_at: datetime,
) -> dict[str, Any]:
    """Return the values of one entry of the register."""
    return {
        "id": uuid.uuid4(),
        "certificate_id": certificate_id,
        "kind": kind,
        "reason": reason,
        "actor_id": actor_id,
        "happened_at": happened_at,
    }


def _certificate(certificate_id: uuid.UUID, paper: NewPaper, batch: IssueBatch) -> dict[str, Any]:
    face = paper.face
    return {
        "id": certificate_id,
        "batch_id": batch.id,
        "enrolment_id": paper.enrolment_id,
        "learner_id": paper.learner_id,
        "issuer_key": batch.issuer_key,
        "certificate_type": batch.certificate_type,
        "register_year": paper.numbers.year,
        "register_number": paper.numbers.register,
        "register_no": face.register_no,
        "serial_number": paper.numbers.serial,
        "serial_no": face.serial_no,
        "code": paper.code,
        "printed_name": face.full_name,
        "born": _born(face),
        "unit_name": face.unit_name,
        "position_title": face.position,
        "outcome": face.outcome,
        "face": face_values(face),
        "replaces_id": paper.replaces_id,
    }


def _born(face: CertificateFace) -> str:
    """Return the birth as registers write it: ``05/02/1986``, or the year alone."""
    if face.born_on is not None:
        return face.born_on.strftime("%d/%m/%Y")
    return str(face.birth_year or "")


def _file(certificate_id: uuid.UUID, paper: NewPaper) -> dict[str, Any]:
    return {
        "certificate_id": certificate_id,
        "sha256": sha256(paper.content).hexdigest(),
        "size": len(paper.content),
        "content": paper.content,
    }
