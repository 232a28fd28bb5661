"""Who issues, which numbers come next, who waits for a certificate."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.auth.models import User
from app.certificates.errors import IssuerNotSetError
from app.certificates.models import Certificate, Issuer, RegisterCounter
from app.cohorts.models import Enrolment, EnrolmentState
from app.core.db import db, read
from app.progress.queries import list_eligible

MAIN_ISSUER = "main"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A learner of a cohort, as the issue of certificates sees one.

    ``missing`` names the activities the rule still asks for; ``certificate_id`` is the original, if
    one was issued.
    """

    enrolment_id: uuid.UUID
    learner_id: uuid.UUID
    number: int
    printed_name: str
    unit_name: str
    position_title: str
    name_confirmed_at: datetime | None
    name_remark: str
    born_on: date | None
    birth_year: int | None
    missing: tuple[str, ...]
    certificate_id: uuid.UUID | None


def find_issuer() -> Issuer | None:
    """Return the settings of who issues, None while nobody has filled them in."""
    return db.session.get(Issuer, MAIN_ISSUER, populate_existing=True)


def get_issuer() -> Issuer:
    """Return the settings of who issues.

    :raises IssuerNotSetError: nobody has filled them in
    """
    issuer = find_issuer()
    if issuer is None:
        raise IssuerNotSetError
    return issuer


def next_number(issuer: Issuer, year: int) -> int:
    """Return the next number of a register book, which another may take before you do."""
    statement = sa.select(RegisterCounter.next_number).where(
        RegisterCounter.issuer_key == issuer.key,
        RegisterCounter.certificate_type == issuer.certificate_type,
        RegisterCounter.year == year,
    )
    return read(statement).scalar_one_or_none() or 1


def list_candidates(cohort_id: uuid.UUID) -> list[Candidate]:
    """Return the active learners of a cohort by their number in its list.

    Three queries whatever the size of the cohort.
    """
    statement = (
        sa.select(
            Enrolment.id,
            Enrolment.name_remark,
            User.birth_on,
            User.birth_year,
            Certificate.id,
        )
        .join_from(Enrolment, User, User.id == Enrolment.learner_id)
        .outerjoin(
            Certificate,
            sa.and_(Certificate.enrolment_id == Enrolment.id, Certificate.replaces_id.is_(None)),
        )
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
    )
    known = {row[0]: row[1:] for row in read(statement)}
    candidates = []
    for each in list_eligible(cohort_id):
        if each.enrolment_id not in known:
            continue  # enrolled between the two reads
        remark, born_on, birth_year, certificate_id = known[each.enrolment_id]
        candidates.append(
            Candidate(
                enrolment_id=each.enrolment_id,
                learner_id=each.learner_id,
                number=each.number,
                printed_name=each.printed_name,
                unit_name=each.unit_name,
                position_title=each.position_title,
                name_confirmed_at=each.name_confirmed_at,
                name_remark=remark,
                born_on=born_on,
                birth_year=birth_year,
                missing=each.missing,
                certificate_id=certificate_id,
            )
        )
    return candidates
