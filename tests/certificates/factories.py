"""Rows for tests of certificates."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.auth.models import Role, User
from app.certificates import commands, queries
from app.certificates.commands import IssuerValues
from app.certificates.models import IssueBatch, Issuer
from app.certificates.queries import CertificateRow
from app.cohorts.models import Cohort, Enrolment
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.courses.models import Activity
from app.progress.commands import complete_lesson
from tests.factories import make_cohort, make_enrolment, make_user

DECISION = "128/QĐ-SKHCN"
DECIDED = date(2026, 11, 20)
VALUES = IssuerValues(
    parent_body="Ủy ban nhân dân tỉnh Thái Nguyên",
    issuing_body="Sở Khoa học và Công nghệ",
    grantor="Giám đốc Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
    place="Thái Nguyên",
    authority="KT. Giám đốc",
    signatory_title="Phó Giám đốc",
    signatory_name="Trần Văn Đức",
    register_pattern="{number:03d}/{year}/GCN-SKHCN",
)


def make_issuer(**changes: str) -> Issuer:
    """Store the settings of the issuer."""
    values = IssuerValues(**{name: getattr(VALUES, name) for name in VALUES.__slots__} | changes)
    with transaction():
        return commands.save_issuer(values, changed_by_id=None, changed_at=utc_now())


def make_officer() -> User:
    """Store a training officer."""
    return make_user("Lê Thị Hạnh", roles=Role.OFFICER)


def finish(cohort: Cohort, *enrolments: Enrolment) -> None:
    """Let learners do every lesson of their course."""
    lessons = db.session.query(Activity).filter_by(version_id=cohort.version_id).all()
    with transaction():
        for enrolment in enrolments:
            for lesson in sorted(lessons, key=lambda each: each.ordinal):
                complete_lesson(enrolment_id=enrolment.id, activity_id=lesson.id, at=utc_now())


def make_ready(
    cohort: Cohort, full_name: str = "Nguyễn Văn An", *, confirmed: bool = True, **columns: Any
) -> Enrolment:
    """Store a learner who meets the rule of the cohort and has confirmed the name."""
    enrolment = make_enrolment(
        cohort,
        make_user(full_name, birth_on=date(1986, 2, 5)),
        name_confirmed_at=utc_now() if confirmed else None,
        **columns,
    )
    finish(cohort, enrolment)
    return enrolment


def make_ready_cohort(names: Sequence[str] = ("Nguyễn Văn An", "Trần Thị Bích")) -> Cohort:
    """Store a cohort in which everybody may have a certificate, and the issuer's settings."""
    if queries.find_issuer() is None:
        make_issuer()
    cohort = make_cohort()
    for name in names:
        make_ready(cohort, name)
    return cohort


def issue(cohort: Cohort, **order: Any) -> IssueBatch:
    """Issue to everybody of the cohort who may have one."""
    values: dict[str, Any] = {
        "cohort_id": cohort.id,
        "decision_number": DECISION,
        "decision_on": DECIDED,
        "issued_by_id": None,
        "issued_at": utc_now(),
    }
    with transaction():
        return commands.issue_batch(**{**values, **order})


def order_of(cohort: Cohort, **changes: Any) -> commands.IssueOrder:
    """Return the order that :func:`issue` carries out."""
    values: dict[str, Any] = {
        "cohort_id": cohort.id,
        "decision_number": DECISION,
        "decision_on": DECIDED,
        "issued_by_id": None,
        "issued_at": utc_now(),
    }
    return commands.IssueOrder(**{**values, **changes})


def issued(cohort: Cohort) -> list[CertificateRow]:
    """Return the certificates of the cohort as they stand now."""
    db.session.expire_all()
    return queries.list_of_cohort(cohort.id)


def revoke(certificate_id: uuid.UUID, reason: str = "Cấp nhầm đối tượng") -> None:
    """Revoke a certificate now."""
    with transaction():
        commands.revoke(
            certificate_id=certificate_id, reason=reason, revoked_by_id=None, revoked_at=utc_now()
        )


def reissue(certificate_id: uuid.UUID, reason: str = "In sai tên", **fields: Any) -> IssueBatch:
    """Issue a certificate again now."""
    with transaction():
        return commands.reissue(
            certificate_id=certificate_id,
            reason=reason,
            reissued_by_id=None,
            reissued_at=utc_now(),
            **fields,
        )
