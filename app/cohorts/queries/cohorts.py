"""Cohorts and their sites."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.cohorts.errors import CohortNotFoundError
from app.cohorts.models import Cohort, Enrolment, EnrolmentState, Site
from app.core.db import db, read
from app.core.prepared import Prepared
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


_LEARNERS = (
    sa.select(sa.func.count())
    .where(Enrolment.cohort_id == Cohort.id, Enrolment.state == EnrolmentState.ACTIVE)
    .correlate(Cohort)
    .scalar_subquery()
)
COHORT_COLUMNS = (
    Cohort.id,
    Cohort.slug,
    Cohort.code,
    Cohort.title,
    Cohort.starts_on,
    Cohort.ends_on,
    _LEARNERS,
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
    statement = sa.select(*COHORT_COLUMNS).order_by(Cohort.starts_on.desc(), Cohort.code)
    return [CohortRow(*row) for row in read(statement)]


_SITES = Prepared(
    sa.select(Site.id, Site.name, Site.is_main, sa.func.count(Enrolment.id))
    .join_from(
        Site,
        Enrolment,
        sa.and_(Enrolment.site_id == Site.id, Enrolment.state == EnrolmentState.ACTIVE),
        isouter=True,
    )
    .where(Site.cohort_id == sa.bindparam("cohort_id"))
    .group_by(Site.id, Site.name, Site.is_main, Site.position)
    .order_by(Site.position)
)


def list_sites(cohort_id: uuid.UUID) -> Sequence[SiteRow]:
    """Return the sites of a cohort, the main site first, then in their order."""
    return [SiteRow(*row) for row in _SITES.all(cohort_id=cohort_id)]


def get_version_title(version_id: uuid.UUID) -> str:
    """Return the title of the course version a cohort is taught."""
    statement = sa.select(CourseVersion.title).where(CourseVersion.id == version_id)
    return str(db.session.scalar(statement) or "")


def usual_organiser() -> str:
    """Return who organised the cohort that was opened last, or an empty text."""
    newest = sa.select(Cohort.organiser).order_by(Cohort.created_at.desc(), Cohort.id).limit(1)
    return db.session.scalar(newest) or ""
