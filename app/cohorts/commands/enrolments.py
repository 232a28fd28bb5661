"""Putting learners into a cohort, correcting where they belong, taking them out and back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from app.auth import commands as auth_commands
from app.auth import queries as auth_queries
from app.auth.models import Role, User
from app.cohorts import queries
from app.cohorts.commands.alike import check_told_apart
from app.cohorts.commands.sites import check_site
from app.cohorts.errors import (
    AlreadyEnrolledError,
    CohortNotFoundError,
    EnrolmentNotFoundError,
    NumberTakenError,
    ReasonMissingError,
)
from app.cohorts.events import (
    EnrolmentCancelled,
    EnrolmentCorrected,
    EnrolmentMade,
    EnrolmentRestored,
)
from app.cohorts.models import Cohort, Enrolment, EnrolmentState
from app.core.clock import to_local
from app.core.db import db
from app.core.events import publish
from app.core.text import clean_line
from app.units import commands as unit_commands
from app.units.errors import MembershipOverlapsError

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class LearnerEntry:
    """One learner as an officer types it; ``user_id`` is given when the account is known.

    ``told_apart`` are the accounts of people alike of whom the officer said: somebody else.
    """

    full_name: str
    unit_name: str
    site_id: uuid.UUID
    birth_on: date | None = None
    birth_year: int | None = None
    position_title: str = ""
    phone: str = ""
    email: str = ""
    number: int | None = None
    user_id: uuid.UUID | None = None
    told_apart: frozenset[uuid.UUID] = frozenset()


def enrol_entry(*, cohort_id: uuid.UUID, entry: LearnerEntry, enrolled_at: datetime) -> Enrolment:
    """Enrol one learner with all that comes with it: account, unit, place of work.

    An account that is known stays as it is. A new one has no password: its owner signs in by slip.

    :raises InvalidInputError: a value is not what it should be
    :raises PersonUnclearError: somebody alike has an account; a request sent twice ends here too
    :raises RuleBrokenError: somebody has the contact or the number, or is in the cohort already
    """
    user_id = entry.user_id
    if user_id is None:
        check_told_apart(
            entry.told_apart, full_name=entry.full_name, phone=entry.phone, email=entry.email
        )
        user_id = auth_commands.create_user(
            full_name=entry.full_name,
            username=auth_queries.free_username(entry.full_name),
            roles=Role.LEARNER,
            created_at=enrolled_at,
            email=entry.email or None,
            phone=entry.phone or None,
            birth_on=entry.birth_on,
            birth_year=entry.birth_year,
        ).id
    unit_name = _work_at(user_id, entry.unit_name, entry.position_title, enrolled_at)
    return enrol(
        cohort_id=cohort_id,
        learner_id=user_id,
        site_id=entry.site_id,
        unit_name=unit_name,
        position_title=entry.position_title,
        enrolled_at=enrolled_at,
        number=entry.number,
    )


def _work_at(user_id: uuid.UUID, unit_name: str, position: str, at: datetime) -> str:
    """Write down where a person works from that day, and return the name of the unit.

    What was written for that day or a later one stays: the enrolment keeps its own copy anyhow.
    """
    today = to_local(at).date()
    unit = unit_commands.find_or_create_unit(name=unit_name, on=today)
    try:
        unit_commands.add_membership(
            user_id=user_id, unit_id=unit.id, from_on=today, position=position
        )
    except MembershipOverlapsError:
        return unit.name
    return unit.name


def enrol(
    *,
    cohort_id: uuid.UUID,
    learner_id: uuid.UUID,
    site_id: uuid.UUID,
    unit_name: str,
    position_title: str,
    enrolled_at: datetime,
    number: int | None = None,
) -> Enrolment:
    """Put a learner into a cohort, with unit and position as they are that day.

    :param number: the STT of the official list; the next free one when it is not given
    :raises AlreadyEnrolledError: the learner has, or had, a place here (a cancelled one stays)
    :raises NumberTakenError: somebody has, or had, this number
    :raises SiteNotInCohortError: the site is another cohort's
    :raises CohortNotFoundError: there is no such cohort
    """
    cohort = db.session.get(Cohort, cohort_id)
    learner = db.session.get(User, learner_id, populate_existing=True)
    if cohort is None or learner is None:
        raise CohortNotFoundError
    check_site(cohort_id, site_id)
    mine = sa.select(Enrolment.id).where(
        Enrolment.cohort_id == cohort_id, Enrolment.learner_id == learner_id
    )
    if db.session.scalar(mine) is not None:
        raise AlreadyEnrolledError
    if Role.LEARNER not in learner.roles:
        auth_commands.change_roles(user_id=learner_id, roles=learner.roles | Role.LEARNER)
    enrolment = Enrolment(
        cohort_id=cohort_id,
        learner_id=learner_id,
        site_id=site_id,
        number=_free_number(cohort_id, number),
        unit_name=clean_line(unit_name),
        position_title=clean_line(position_title),
        printed_name=learner.full_name,
        enrolled_at=enrolled_at,
    )
    db.session.add(enrolment)
    db.session.flush()
    publish(EnrolmentMade(enrolment.id, cohort_id, learner_id, cohort.version_id, enrolled_at))
    return enrolment


def _free_number(cohort_id: uuid.UUID, number: int | None) -> int:
    numbers = sa.select(Enrolment.number).where(Enrolment.cohort_id == cohort_id)
    if number is None:
        last = numbers.order_by(Enrolment.number.desc()).limit(1)
        return (db.session.scalar(last) or 0) + 1
    if db.session.scalar(numbers.where(Enrolment.number == number)) is not None:
        raise NumberTakenError(number)
    return number


def correct_enrolment(
    *,
    enrolment_id: uuid.UUID,
    site_id: uuid.UUID,
    unit_name: str,
    position_title: str,
    corrected_at: datetime,
) -> Enrolment:
    """Change the site, the unit or the position of a learner; papers issued before keep theirs.

    :raises SiteNotInCohortError: the site is another cohort's
    :raises InvalidInputError: the unit has no name, or several units have it
    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    enrolment = queries.get_enrolment(enrolment_id)
    check_site(enrolment.cohort_id, site_id)
    position = clean_line(position_title)
    before = (enrolment.site_id, enrolment.unit_name, enrolment.position_title)
    unit = clean_line(unit_name)
    if (unit, position) != before[1:]:
        unit = _work_at(enrolment.learner_id, unit, position, corrected_at)
    after = (site_id, unit, position)
    if after == before:
        return enrolment
    enrolment.site_id, enrolment.unit_name, enrolment.position_title = after
    db.session.flush()
    publish(EnrolmentCorrected(enrolment_id, before, after, corrected_at))
    return enrolment


def cancel_enrolment(*, enrolment_id: uuid.UUID, cancelled_at: datetime, reason: str = "") -> None:
    """Take a learner out of the cohort; everything the learner did stays stored.

    :param reason: goes into the log
    :raises ReasonMissingError: the reason is too long
    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    reason = clean_line(reason)
    if len(reason) > _LONGEST_REASON:
        raise ReasonMissingError
    enrolment = queries.get_enrolment(enrolment_id)
    enrolment.state = EnrolmentState.CANCELLED
    enrolment.cancelled_at = cancelled_at
    db.session.flush()
    publish(EnrolmentCancelled(enrolment_id, enrolment.cohort_id, cancelled_at, reason))


def restore_enrolment(*, enrolment_id: uuid.UUID, restored_at: datetime) -> None:
    """Take a cancelled learner back, with the number and everything done before.

    :raises EnrolmentNotFoundError: there is no such cancelled enrolment
    """
    enrolment = db.session.get(Enrolment, enrolment_id, populate_existing=True)
    if enrolment is None or enrolment.state is not EnrolmentState.CANCELLED:
        raise EnrolmentNotFoundError
    enrolment.state = EnrolmentState.ACTIVE
    enrolment.cancelled_at = None
    db.session.flush()
    publish(EnrolmentRestored(enrolment_id, enrolment.cohort_id, restored_at))
