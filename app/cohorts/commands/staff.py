"""Who teaches a cohort and who coordinates its sites."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from app.auth import commands as auth_commands
from app.auth import queries as auth_queries
from app.auth.models import Role, User
from app.cohorts.commands.alike import check_told_apart
from app.cohorts.commands.sites import check_site
from app.cohorts.errors import SiteNotInCohortError, StaffNotFoundError
from app.cohorts.events import StaffAdded, StaffRemoved
from app.cohorts.models import CohortStaff, StaffDuty
from app.core.db import db
from app.core.events import publish

ROLE_OF_DUTY: Final = {
    StaffDuty.TRAINER: Role.TRAINER,
    StaffDuty.COORDINATOR: Role.COORDINATOR,
}


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """Somebody without an account, for a duty; ``told_apart`` as in ``LearnerEntry``."""

    full_name: str
    username: str
    duty: StaffDuty
    site_id: uuid.UUID | None = None
    told_apart: frozenset[uuid.UUID] = frozenset()


def add_staff(
    *,
    cohort_id: uuid.UUID,
    user_id: uuid.UUID,
    duty: StaffDuty,
    site_id: uuid.UUID | None = None,
) -> CohortStaff:
    """Let somebody teach the cohort or coordinate one site of it; asking twice changes nothing.

    The account gets the role that the duty needs. Who coordinates a site already gets the other
    one instead.

    :raises SiteNotInCohortError: a coordinator without a site of this cohort, or a trainer with one
    :raises NotFoundError: there is no such person
    """
    if (duty is StaffDuty.COORDINATOR) != (site_id is not None):
        raise SiteNotInCohortError
    if site_id is not None:
        check_site(cohort_id, site_id)
    user = auth_queries.get_user(user_id)
    auth_commands.change_roles(user_id=user_id, roles=user.roles | ROLE_OF_DUTY[duty])
    staff = db.session.scalar(
        sa.select(CohortStaff)
        .where(
            CohortStaff.cohort_id == cohort_id,
            CohortStaff.user_id == user_id,
            CohortStaff.duty == duty,
        )
        .execution_options(populate_existing=True)
    )
    if staff is not None and staff.site_id == site_id:
        return staff
    if staff is None:
        staff = CohortStaff(cohort_id=cohort_id, user_id=user_id, duty=duty, site_id=site_id)
        db.session.add(staff)
    staff.site_id = site_id
    db.session.flush()
    publish(StaffAdded(cohort_id, user_id, duty.value, site_id))
    return staff


def open_staff_account(
    *,
    cohort_id: uuid.UUID,
    entry: StaffEntry,
    new_hash: auth_commands.PasswordHash,
    opened_at: datetime,
) -> User:
    """Make an account for a duty, with a password that works until its owner changes it.

    :raises PersonUnclearError: somebody alike has an account; a request sent twice ends here too
    :raises InvalidInputError: a value is not what it should be
    :raises RuleBrokenError: the user name is somebody else's
    """
    check_told_apart(entry.told_apart, full_name=entry.full_name)
    user = auth_commands.create_user(
        full_name=entry.full_name,
        username=entry.username,
        roles=ROLE_OF_DUTY[entry.duty],
        created_at=opened_at,
    )
    auth_commands.set_password(user_id=user.id, new_hash=new_hash)
    add_staff(cohort_id=cohort_id, user_id=user.id, duty=entry.duty, site_id=entry.site_id)
    return user


def remove_staff(*, cohort_id: uuid.UUID, staff_id: uuid.UUID) -> None:
    """End somebody's duty in a cohort; the log keeps that it was.

    The account keeps its role: it opens nothing without a cohort, and the person may have others.

    :raises StaffNotFoundError: there is no such duty in this cohort
    """
    staff = db.session.get(CohortStaff, staff_id, populate_existing=True)
    if staff is None or staff.cohort_id != cohort_id:
        raise StaffNotFoundError
    db.session.delete(staff)
    db.session.flush()
    publish(StaffRemoved(cohort_id, staff.user_id, staff.duty.value, staff.site_id))
