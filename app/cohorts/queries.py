"""What is read of cohorts, sites, staff and enrolments."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.auth.models import User
from app.cohorts.errors import CohortNotFoundError, EnrolmentNotFoundError
from app.cohorts.models import Cohort, CohortStaff, Enrolment, EnrolmentState, Site, StaffDuty
from app.core.db import db, read
from app.courses.models import CourseVersion


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A cohort as lists show it."""

    id: uuid.UUID
    slug: str
    code: str
    title: str
    starts_on: date
    ends_on: date
    learner_count: int


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site of a cohort and how many learners it has."""

    id: uuid.UUID
    name: str
    is_main: bool
    learner_count: int


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A learner of a cohort; ``full_name`` is the account's, ``printed_name`` the certificate's."""

    id: uuid.UUID
    learner_id: uuid.UUID
    number: int
    full_name: str
    printed_name: str
    unit_name: str
    position_title: str
    site_id: uuid.UUID
    site_name: str
    name_confirmed_at: datetime | None
    name_remark: str


@dataclass(frozen=True, slots=True)
class StaffView:
    """A cohort and what one person does in it; ``policies.reach_of`` says how far that reaches."""

    id: uuid.UUID
    slug: str
    code: str
    title: str
    version_id: uuid.UUID
    starts_on: date
    ends_on: date
    duties: tuple[tuple[StaffDuty, uuid.UUID | None], ...]


_LEARNERS = (
    sa.select(sa.func.count())
    .where(Enrolment.cohort_id == Cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
    .correlate(Cohort)
    .scalar_subquery()
)
_COHORT_COLUMNS = (
    Cohort.id,
    Cohort.slug,
    Cohort.code,
    Cohort.title,
    Cohort.starts_on,
    Cohort.ends_on,
    _LEARNERS,
)
_ENROLMENT_COLUMNS = (
    Enrolment.id,
    Enrolment.learner_id,
    Enrolment.number,
    User.full_name,
    Enrolment.printed_name,
    Enrolment.unit_name,
    Enrolment.position_title,
    Enrolment.site_id,
    Site.name,
    Enrolment.name_confirmed_at,
    Enrolment.name_remark,
)
_STAFF_VIEW = (
    sa.select(
        Cohort.id,
        Cohort.slug,
        Cohort.code,
        Cohort.title,
        Cohort.version_id,
        Cohort.starts_on,
        Cohort.ends_on,
        CohortStaff.duty,
        CohortStaff.site_id,
    )
    .join_from(
        Cohort,
        CohortStaff,
        sa.and_(CohortStaff.cohort_id == Cohort.id, CohortStaff.user_id == sa.bindparam("user_id")),
        isouter=True,
    )
    .where(Cohort.slug == sa.bindparam("slug"))
)


def get_cohort(slug: str) -> Cohort:
    """Return the cohort of that address.

    :raises CohortNotFoundError: there is none
    """
    cohort = db.session.scalar(sa.select(Cohort).where(Cohort.slug == slug))
    if cohort is None:
        raise CohortNotFoundError
    return cohort


def find_cohort_by_code(code: str) -> Cohort | None:
    """Return the cohort that carries this code."""
    return db.session.scalar(sa.select(Cohort).where(Cohort.code == code))


def list_cohorts() -> Sequence[CohortRow]:
    """Return all cohorts, the newest first."""
    statement = sa.select(*_COHORT_COLUMNS).order_by(Cohort.starts_on.desc(), Cohort.code)
    return [CohortRow(*row) for row in read(statement)]


def find_staff_cohorts(user_id: uuid.UUID) -> Sequence[CohortRow]:
    """Return the cohorts that somebody teaches or coordinates, the newest first."""
    mine = sa.select(CohortStaff.cohort_id).where(CohortStaff.user_id == user_id)
    statement = (
        sa.select(*_COHORT_COLUMNS)
        .where(Cohort.id.in_(mine))
        .order_by(Cohort.starts_on.desc(), Cohort.code)
    )
    return [CohortRow(*row) for row in read(statement)]


def is_staff(user_id: uuid.UUID, cohort_id: uuid.UUID) -> bool:
    """Say whether somebody teaches or coordinates the cohort."""
    statement = sa.select(CohortStaff.id).where(
        CohortStaff.user_id == user_id, CohortStaff.cohort_id == cohort_id
    )
    return read(statement.limit(1)).first() is not None


def get_staff_view(slug: str, *, user_id: uuid.UUID) -> StaffView:
    """Return a cohort and what this person does in it, in one query.

    :raises CohortNotFoundError: there is no such cohort
    """
    rows = read(_STAFF_VIEW, {"slug": slug, "user_id": user_id}).all()
    if not rows:
        raise CohortNotFoundError
    duties = tuple((row.duty, row.site_id) for row in rows if row.duty is not None)
    return StaffView(*(*rows[0][:7], duties))


def list_sites(cohort_id: uuid.UUID) -> Sequence[SiteRow]:
    """Return the sites of a cohort, the main site first, then in their order."""
    learners = sa.func.count(Enrolment.id)
    is_here = sa.and_(Enrolment.site_id == Site.id, Enrolment.state == EnrolmentState.ACTIVE)
    statement = (
        sa.select(Site.id, Site.name, Site.is_main, learners)
        .join_from(Site, Enrolment, is_here, isouter=True)
        .where(Site.cohort_id == cohort_id)
        .group_by(Site.id, Site.name, Site.is_main, Site.position)
        .order_by(Site.position)
    )
    return [SiteRow(*row) for row in read(statement)]


def list_enrolments(
    cohort_id: uuid.UUID, *, site_id: uuid.UUID | None = None
) -> Sequence[EnrolmentRow]:
    """Return the learners of a cohort (or of one site of it), sorted by given name."""
    statement = (
        sa.select(*_ENROLMENT_COLUMNS)
        .join_from(Enrolment, User, User.id == Enrolment.learner_id)
        .join(Site, Site.id == Enrolment.site_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(User.sort_key, Enrolment.number)
    )
    if site_id is not None:
        statement = statement.where(Enrolment.site_id == site_id)
    return [EnrolmentRow(*row) for row in read(statement)]


def get_enrolment_by_number(cohort_id: uuid.UUID, number: int) -> EnrolmentRow:
    """Return one learner of a cohort by the number in its list.

    :raises EnrolmentNotFoundError: nobody active has this number
    """
    statement = (
        sa.select(*_ENROLMENT_COLUMNS)
        .join_from(Enrolment, User, User.id == Enrolment.learner_id)
        .join(Site, Site.id == Enrolment.site_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.number == number,
            Enrolment.state == EnrolmentState.ACTIVE,
        )
    )
    row = read(statement).one_or_none()
    if row is None:
        raise EnrolmentNotFoundError
    return EnrolmentRow(*row)


def get_enrolment(enrolment_id: uuid.UUID) -> Enrolment:
    """Return an active enrolment.

    :raises EnrolmentNotFoundError: there is none, or it was cancelled
    """
    enrolment = db.session.get(Enrolment, enrolment_id, populate_existing=True)
    if enrolment is None or enrolment.state is not EnrolmentState.ACTIVE:
        raise EnrolmentNotFoundError
    return enrolment


def get_version_title(version_id: uuid.UUID) -> str:
    """Return the title of the course version a cohort is taught."""
    statement = sa.select(CourseVersion.title).where(CourseVersion.id == version_id)
    return str(db.session.scalar(statement) or "")
