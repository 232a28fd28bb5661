"""Revoke a certificate, or issue it again: new entries with a reason, nothing is taken away."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa

from app.certificates import queries
from app.certificates.commands.issuing import batch_of
from app.certificates.commands.orders import IssueOrder
from app.certificates.commands.papers import (
    NewPaper,
    entry,
    issuer_as_printed,
    new_code,
    numbers_as_printed,
    store_papers,
    take_numbers,
)
from app.certificates.domain.face import CertificateFace
from app.certificates.domain.register import CertificateState, EntryKind
from app.certificates.domain.stored_face import face_from_values
from app.certificates.drawing import draw
from app.certificates.errors import (
    AlreadyReplacedError,
    AlreadyRevokedError,
    CertificateNotFoundError,
    PrintedTextInvalidError,
    ReasonMissingError,
)
from app.certificates.events import CertificateReissued, CertificateRevoked
from app.certificates.models import Certificate, IssueBatch, RegisterEntry
from app.core.db import db
from app.core.events import publish
from app.core.text import clean_line

_LONGEST_REASON = 300
_LONGEST = {"full_name": 120, "unit_name": 200, "position": 120}


def revoke(
    *,
    certificate_id: uuid.UUID,
    reason: str,
    revoked_by_id: uuid.UUID | None,
    revoked_at: datetime,
) -> None:
    """Make a certificate invalid from now on; its number stays taken and its paper kept.

    :raises ReasonMissingError: no reason, or too long a one
    :raises CertificateNotFoundError: there is no such certificate
    :raises AlreadyRevokedError: it is revoked
    :raises AlreadyReplacedError: another stands in its place, naming its number
    """
    reason = _checked_reason(reason)
    _lock(certificate_id)
    row = queries.get_row(certificate_id)
    if row.state is CertificateState.REVOKED:
        raise AlreadyRevokedError
    if row.successor_no is not None:
        raise AlreadyReplacedError(row.successor_no)
    values = entry(certificate_id, EntryKind.REVOKED, reason, revoked_by_id, revoked_at)
    db.session.execute(sa.insert(RegisterEntry), [values])
    publish(CertificateRevoked(certificate_id, row.register_no, revoked_by_id, revoked_at))


def reissue(
    *,
    certificate_id: uuid.UUID,
    reason: str,
    reissued_by_id: uuid.UUID | None,
    reissued_at: datetime,
    full_name: str | None = None,
    unit_name: str | None = None,
    position_title: str | None = None,
    born_on: date | None = None,
) -> IssueBatch:
    """Put a new certificate with its own numbers in the place of an old one.

    It is signed by whoever signs today and rests on the same decision; a field that is not given is
    printed as before. A revoked one may be issued again too, and stays revoked.

    :raises ReasonMissingError: no reason, or too long a one
    :raises PrintedTextInvalidError: a text is empty or too long
    :raises CertificateNotFoundError: there is no such certificate
    :raises AlreadyReplacedError: another stands in its place, naming its number
    """
    reason = _checked_reason(reason)
    old = _lock(certificate_id)
    row = queries.get_row(certificate_id)
    if row.successor_no is not None:
        raise AlreadyReplacedError(row.successor_no)
    face = _corrected(
        face_from_values(old.face),
        {"full_name": full_name, "unit_name": unit_name, "position": position_title},
        born_on,
    )
    batch, new_id = _issue_again(old, face, reason, reissued_by_id, reissued_at)
    values = entry(certificate_id, EntryKind.REPLACED, reason, reissued_by_id, reissued_at)
    db.session.execute(sa.insert(RegisterEntry), [values])
    publish(
        CertificateReissued(
            certificate_id=new_id,
            register_no=queries.get_row(new_id).register_no,
            replaces_id=certificate_id,
            replaced_register_no=row.register_no,
            reissued_by_id=reissued_by_id,
            reissued_at=reissued_at,
        )
    )
    return batch


def _checked_reason(reason: str) -> str:
    reason = clean_line(reason)
    if not reason or len(reason) > _LONGEST_REASON:
        raise ReasonMissingError
    return reason


def _lock(certificate_id: uuid.UUID) -> Certificate:
    """Return the certificate, held until the transaction ends.

    :raises CertificateNotFoundError: there is none
    """
    statement = sa.select(Certificate).where(Certificate.id == certificate_id).with_for_update()
    certificate = db.session.scalar(statement)
    if certificate is None:
        raise CertificateNotFoundError
    return certificate


def _corrected(
    face: CertificateFace, texts: dict[str, str | None], born_on: date | None
) -> CertificateFace:
    given = {name: clean_line(text) for name, text in texts.items() if text is not None}
    too_long = any(len(text) > _LONGEST[name] for name, text in given.items())
    if too_long or given.get("full_name", face.full_name) == "":
        raise PrintedTextInvalidError
    face = replace(face, **given)  # type: ignore[arg-type]
    return face if born_on is None else replace(face, born_on=born_on)


def _issue_again(
    old: Certificate,
    face: CertificateFace,
    reason: str,
    actor_id: uuid.UUID | None,
    at: datetime,
) -> tuple[IssueBatch, uuid.UUID]:
    issuer = queries.get_issuer()
    before = db.session.get_one(IssueBatch, old.batch_id)
    order = IssueOrder(
        cohort_id=before.cohort_id,
        decision_number=before.decision_number,
        decision_on=before.decision_on,
        issued_at=at,
        issued_by_id=actor_id,
    )
    numbers, code = take_numbers(issuer, order.issued_on.year), new_code()
    face = replace(
        face,
        issued_on=order.issued_on,
        **issuer_as_printed(issuer),  # type: ignore[arg-type]
        **numbers_as_printed(issuer, numbers, code),  # type: ignore[arg-type]
    )
    paper = NewPaper(
        enrolment_id=old.enrolment_id,
        learner_id=old.learner_id,
        numbers=numbers,
        code=code,
        face=face,
        content=draw(face),
        replaces_id=old.id,
    )
    batch = batch_of(face, issuer, order)
    (certificate_id,) = store_papers(batch, issuer, [paper], reason=reason)
    return batch, certificate_id
