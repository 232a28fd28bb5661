"""Learners of a cohort: those who are in it, and those who were."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.auth.models import User
from app.cohorts.errors import EnrolmentNotFoundError
from app.cohorts.models import Enrolment, EnrolmentState, Site
from app.core.db import db, read


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
    username: str


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
    User.username,
)


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


@dataclass(frozen=True, slots=True)
class CancelledRow:
    """Somebody who is no longer in a cohort."""

    id: uuid.UUID
    number: int
    full_name: str
    unit_name: str
    cancelled_at: datetime | None


_CANCELLED_ROWS = sa.select(
    Enrolment.id,
    Enrolment.number,
    User.full_name,
    Enrolment.unit_name,
    Enrolment.cancelled_at,
).join_from(Enrolment, User, User.id == Enrolment.learner_id)


def list_cancelled(cohort_id: uuid.UUID) -> Sequence[CancelledRow]:
    """Return who was taken out of a cohort, by number."""
    statement = _CANCELLED_ROWS.where(
        Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.CANCELLED
    ).order_by(Enrolment.number)
    return [CancelledRow(*row) for row in read(statement)]


def get_cancelled_by_number(cohort_id: uuid.UUID, number: int) -> CancelledRow:
    """Return who was taken out of a cohort under that number.

    :raises EnrolmentNotFoundError: nobody was
    """
    statement = _CANCELLED_ROWS.where(
        Enrolment.cohort_id == cohort_id,
        Enrolment.number == number,
        Enrolment.state == EnrolmentState.CANCELLED,
    )
    row = read(statement).one_or_none()
    if row is None:
        raise EnrolmentNotFoundError
    return CancelledRow(*row)
