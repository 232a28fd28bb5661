"""Tables of cohorts: sites, staff, enrolments."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, uuid_pk


class StaffDuty(enum.StrEnum):
    """What a member of staff does in one cohort."""

    TRAINER = "trainer"
    COORDINATOR = "coordinator"


class EnrolmentState(enum.StrEnum):
    """Cancelled is not deleted."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


class Cohort(Base):
    """A class (lớp): one published version, a period, a place, an organiser."""

    __tablename__ = "cohort"
    __table_args__ = (sa.CheckConstraint("ends_on >= starts_on", name="ends_after_it_starts"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("course_version.id", ondelete="RESTRICT")
    )
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    organiser: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]


class Site(Base):
    """A linked site (điểm cầu) of a cohort."""

    __tablename__ = "site"
    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "position"),
        sa.UniqueConstraint("cohort_id", "name"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    cohort_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cohort.id", ondelete="RESTRICT"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(160))
    is_main: Mapped[bool] = mapped_column(default=False)


class CohortStaff(Base):
    """Who teaches or coordinates a cohort; a coordinator has one site."""

    __tablename__ = "cohort_staff"
    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "user_id", "duty"),
        sa.CheckConstraint(
            "(duty = 'coordinator') = (site_id IS NOT NULL)", name="site_of_coordinator"
        ),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    cohort_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cohort.id", ondelete="RESTRICT"))
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    duty: Mapped[StaffDuty]
    site_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("site.id", ondelete="RESTRICT"))


class Enrolment(Base):
    """A learner in a cohort, with name, unit and position as they are on the papers of that day.

    ``number`` is the STT of the official list and is never re-sorted. ``printed_name`` is what a
    certificate will say; ``name_confirmed_at`` is when the learner said it is right,
    ``name_remark`` what the learner said is wrong.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "learner_id"),
        sa.UniqueConstraint("cohort_id", "number"),
        sa.Index("ix_enrolment_learner_id_cohort_id", "learner_id", "cohort_id"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    cohort_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cohort.id", ondelete="RESTRICT"))
    learner_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    site_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("site.id", ondelete="RESTRICT"))
    number: Mapped[int]
    unit_name: Mapped[str] = mapped_column(sa.String(200))
    position_title: Mapped[str] = mapped_column(sa.String(120), default="")
    printed_name: Mapped[str] = mapped_column(sa.String(120))
    name_confirmed_at: Mapped[datetime | None]
    name_remark: Mapped[str] = mapped_column(sa.String(300), default="")
    state: Mapped[EnrolmentState] = mapped_column(default=EnrolmentState.ACTIVE)
    enrolled_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
