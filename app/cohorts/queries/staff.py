"""Who teaches or coordinates a cohort, and which cohorts somebody has."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.auth.models import User
from app.cohorts.errors import CohortNotFoundError, StaffNotFoundError
from app.cohorts.models import Cohort, CohortStaff, Site, StaffDuty
from app.cohorts.queries.cohorts import COHORT_COLUMNS, CohortRow
from app.core.db import read
from app.core.prepared import Prepared


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One duty of one person in a cohort; a coordinator's names the site."""

    id: uuid.UUID
    user_id: uuid.UUID
    full_name: str
    username: str
    duty: StaffDuty
    site_name: str | None


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


_STAFF_VIEW = Prepared(
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


def find_staff_cohorts(user_id: uuid.UUID) -> Sequence[CohortRow]:
    """Return the cohorts that somebody teaches or coordinates, the newest first."""
    mine = sa.select(CohortStaff.cohort_id).where(CohortStaff.user_id == user_id)
    statement = (
        sa.select(*COHORT_COLUMNS)
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
    rows = _STAFF_VIEW.all(slug=slug, user_id=user_id)
    if not rows:
        raise CohortNotFoundError
    duties = tuple((duty, site_id) for *_cohort, duty, site_id in rows if duty is not None)
    return StaffView(*(*rows[0][:7], duties))


_STAFF_ROWS = (
    sa.select(
        CohortStaff.id,
        CohortStaff.user_id,
        User.full_name,
        User.username,
        CohortStaff.duty,
        Site.name,
    )
    .join_from(CohortStaff, User, User.id == CohortStaff.user_id)
    .join(Site, Site.id == CohortStaff.site_id, isouter=True)
)


def list_staff(cohort_id: uuid.UUID) -> Sequence[StaffRow]:
    """Return who teaches a cohort, then who coordinates its sites, in the order of the sites."""
    statement = _STAFF_ROWS.where(CohortStaff.cohort_id == cohort_id).order_by(
        CohortStaff.duty.desc(), Site.position, User.sort_key, User.username
    )
    return [StaffRow(*row) for row in read(statement)]


def get_staff(cohort_id: uuid.UUID, staff_id: uuid.UUID) -> StaffRow:
    """Return one duty of somebody in this cohort.

    :raises StaffNotFoundError: there is none, or it is another cohort's
    """
    statement = _STAFF_ROWS.where(CohortStaff.cohort_id == cohort_id, CohortStaff.id == staff_id)
    row = read(statement).one_or_none()
    if row is None:
        raise StaffNotFoundError
    return StaffRow(*row)
