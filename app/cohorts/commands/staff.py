"""Who teaches a cohort and who coordinates its sites."""

from __future__ import annotations

import uuid
from typing import Final

import sqlalchemy as sa

from app.auth import commands as auth_commands
from app.auth import queries as auth_queries
from app.auth.models import Role
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
