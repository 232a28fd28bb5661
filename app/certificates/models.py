"""Tables of certificates: the issuer's settings, batches, the register, the papers themselves.

What was issued is history: those tables only grow, by the ORM and by triggers of the database.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.certificates.domain.codes import LENGTH
from app.certificates.domain.register import EntryKind
from app.core.append_only import append_only, trigger_statements
from app.core.db import Base, uuid_pk

EVER = 0  # the "year" of the counter of serial numbers, which never starts again


class Issuer(Base):
    """Who issues, as it is printed from now on; every batch copies it.

    ``key`` names the register's owner for ever and is never shown; the names may change with a
    merger. ``certificate_type`` is the short sign of the kind of paper, "GCN".
    """

    __tablename__ = "issuer"

    key: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    certificate_type: Mapped[str] = mapped_column(sa.String(16))
    parent_body: Mapped[str] = mapped_column(sa.String(200))
    issuing_body: Mapped[str] = mapped_column(sa.String(200))
    label: Mapped[str] = mapped_column(sa.String(80))
    grantor: Mapped[str] = mapped_column(sa.String(200))
    achievement: Mapped[str] = mapped_column(sa.String(120))
    place: Mapped[str] = mapped_column(sa.String(80))
    authority: Mapped[str] = mapped_column(sa.String(80))
    signatory_title: Mapped[str] = mapped_column(sa.String(120))
    signatory_name: Mapped[str] = mapped_column(sa.String(120))
    register_pattern: Mapped[str] = mapped_column(sa.String(60))
    serial_pattern: Mapped[str] = mapped_column(sa.String(60))
    updated_at: Mapped[datetime]
    updated_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT")
    )


class RegisterCounter(Base):
    """The next number of one register book: issuer, type, year (``EVER``: the serial numbers).

    Taken with its row locked, inside the transaction that issues: no gap, no twin.
    """

    __tablename__ = "register_counter"

    issuer_key: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    certificate_type: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next_number: Mapped[int]


@append_only
class IssueBatch(Base):
    """Certificates issued in one act under one decision, with everything they share as printed."""

    __tablename__ = "issue_batch"

    id: Mapped[uuid.UUID] = uuid_pk()
    cohort_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("cohort.id", ondelete="RESTRICT"), index=True
    )
    issuer_key: Mapped[str] = mapped_column(sa.String(32))
    certificate_type: Mapped[str] = mapped_column(sa.String(16))
    decision_number: Mapped[str] = mapped_column(sa.String(60))
    decision_on: Mapped[date]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT")
    )
    parent_body: Mapped[str] = mapped_column(sa.String(200))
    issuing_body: Mapped[str] = mapped_column(sa.String(200))
    label: Mapped[str] = mapped_column(sa.String(80))
    grantor: Mapped[str] = mapped_column(sa.String(200))
    achievement: Mapped[str] = mapped_column(sa.String(120))
    place: Mapped[str] = mapped_column(sa.String(80))
    authority: Mapped[str] = mapped_column(sa.String(80))
    signatory_title: Mapped[str] = mapped_column(sa.String(120))
    signatory_name: Mapped[str] = mapped_column(sa.String(120))
    course_title: Mapped[str] = mapped_column(sa.String(200))
    cohort_code: Mapped[str] = mapped_column(sa.String(40))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    venue: Mapped[str] = mapped_column(sa.String(200))


@append_only
class Certificate(Base):
    """One paper: its numbers, its code, and what is printed on it as text.

    ``face`` holds everything printed; the columns beside it are what registers and pages list.
    An enrolment has one original; a reissue
    names the one it replaces, and each is replaced once.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        sa.UniqueConstraint(
            "issuer_key", "certificate_type", "register_year", "register_number",
            name="uq_certificate_register_number",
        ),
        sa.UniqueConstraint(
            "issuer_key", "certificate_type", "register_no", name="uq_certificate_register_no"
        ),
        sa.UniqueConstraint(
            "issuer_key", "certificate_type", "serial_number", name="uq_certificate_serial_number"
        ),
        sa.UniqueConstraint(
            "issuer_key", "certificate_type", "serial_no", name="uq_certificate_serial_no"
        ),
        sa.Index(
            "uq_certificate_original",
            "enrolment_id",
            unique=True,
            sqlite_where=sa.text("replaces_id IS NULL"),
            postgresql_where=sa.text("replaces_id IS NULL"),
        ),
        sa.Index("ix_certificate_learner_id_enrolment_id", "learner_id", "enrolment_id"),
    )  # fmt: skip

    id: Mapped[uuid.UUID] = uuid_pk()
    batch_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("issue_batch.id", ondelete="RESTRICT"), index=True
    )
    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("enrolment.id", ondelete="RESTRICT"), index=True
    )
    learner_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    issuer_key: Mapped[str] = mapped_column(sa.String(32))
    certificate_type: Mapped[str] = mapped_column(sa.String(16))
    register_year: Mapped[int]
    register_number: Mapped[int]
    register_no: Mapped[str] = mapped_column(sa.String(60))
    serial_number: Mapped[int]
    serial_no: Mapped[str] = mapped_column(sa.String(60))
    code: Mapped[str] = mapped_column(sa.String(LENGTH), unique=True)
    printed_name: Mapped[str] = mapped_column(sa.String(120))
    born: Mapped[str] = mapped_column(sa.String(60))
    unit_name: Mapped[str] = mapped_column(sa.String(200))
    position_title: Mapped[str] = mapped_column(sa.String(120))
    outcome: Mapped[str] = mapped_column(sa.String(60))
    face: Mapped[dict[str, Any]]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("certificate.id", ondelete="RESTRICT"), unique=True
    )


@append_only
class CertificateFile(Base):
    """The paper as drawn on the day it was issued; these bytes are given out for ever."""

    __tablename__ = "certificate_file"

    certificate_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("certificate.id", ondelete="RESTRICT"), primary_key=True
    )
    sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)


@append_only
class RegisterEntry(Base):
    """What happened to a certificate; its state is what the entries add up to."""

    __tablename__ = "register_entry"
    __table_args__ = (sa.UniqueConstraint("certificate_id", "kind"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    certificate_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("certificate.id", ondelete="RESTRICT")
    )
    kind: Mapped[EntryKind]
    reason: Mapped[str] = mapped_column(sa.String(300))
    actor_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT")
    )
    happened_at: Mapped[datetime]


FOR_EVER = (IssueBatch, Certificate, CertificateFile, RegisterEntry)


def triggers(dialect: str) -> list[str]:
    """Return the statements by which the database keeps the issued papers (for a migration)."""
    return [
        statement
        for model in FOR_EVER
        for statement in trigger_statements(str(model.__tablename__), dialect)
    ]
