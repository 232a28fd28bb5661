"""The two classes of the demo: opened, filled with learners, their login slips printed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.auth import commands as auth
from app.cohorts import commands as cohorts
from app.cohorts import queries as cohort_queries
from app.cohorts.models import StaffDuty
from app.core.clock import to_local
from app.core.db import transaction
from app.courses.queries import Outline, get_outline
from app.progress import commands as progress
from seed.fates import NEXT_CLASS
from seed.learner_day import FINAL_TEST, PRE_TEST, Seat, lessons_of
from seed.people import LEARNERS, Learner
from seed.places import ORGANISER, PLACE, SITE_OF_UNIT, SITES, UNITS
from seed.timeline import at

FIRST_CLASS = "TTCS-01/2026"
SECOND_CLASS = "TTCS-02/2026"
_SLIP_DAYS = 14


@dataclass(frozen=True, slots=True)
class Class:
    """A cohort of the demo and who sits in it, by the learners' numbers."""

    cohort_id: uuid.UUID
    outline: Outline
    seats: dict[int, Seat]


def open_first_class(people: dict[str, uuid.UUID], version_id: uuid.UUID, day: date) -> Class:
    """Open the class of the training day for all seventy learners, at five sites."""
    opened_at = at(day, 9) - timedelta(days=7)
    outline = get_outline(version_id)
    with transaction():
        cohort_id = _open_class(
            people, FIRST_CLASS, version_id, days=(day, day), sites=SITES, moment=opened_at
        )
        site_ids = [each.id for each in cohort_queries.list_sites(cohort_id)]
        enrolment_ids = {
            each.number: _enrol(
                people,
                each,
                cohort_id,
                site_ids[SITE_OF_UNIT.get(each.unit, 0)],
                opened_at,
                number=each.number,
            )
            for each in LEARNERS
        }
        required = [PRE_TEST, *(each.key for each in lessons_of(outline)), FINAL_TEST]
        progress.set_completion_rule(
            cohort_id=cohort_id,
            required=[outline.by_key(key).ordinal for key in required],
            set_by_id=people["canbo"],
            set_at=opened_at,
        )
        tokens = _print_slips(people, LEARNERS, at(day, 15) - timedelta(days=1))
    seats = {
        each.number: Seat(
            user_id=people[each.username],
            enrolment_id=enrolment_ids[each.number],
            slip_token=tokens[people[each.username]],
        )
        for each in LEARNERS
    }
    return Class(cohort_id, outline, seats)


def open_second_class(people: dict[str, uuid.UUID], version_id: uuid.UUID, now: datetime) -> None:
    """Open the class that begins today, for those who did not finish the first one."""
    today = to_local(now).date()
    opened_at = now - timedelta(minutes=30)
    with transaction():
        cohort_id = _open_class(
            people,
            SECOND_CLASS,
            version_id,
            days=(today, today + timedelta(days=1)),
            sites=SITES[:2],
            moment=opened_at,
        )
        site_ids = [each.id for each in cohort_queries.list_sites(cohort_id)]
        learners = [each for each in LEARNERS if each.number in NEXT_CLASS]
        for number, each in enumerate(learners, start=1):
            site_id = site_ids[SITE_OF_UNIT.get(each.unit, 0) == 1]
            _enrol(people, each, cohort_id, site_id, opened_at, number=number)
        _print_slips(people, learners, opened_at)


def _open_class(
    people: dict[str, uuid.UUID],
    code: str,
    version_id: uuid.UUID,
    *,
    days: tuple[date, date],
    sites: tuple[str, ...],
    moment: datetime,
) -> uuid.UUID:
    cohort = cohorts.create_cohort(
        code=code,
        title="Tập huấn truyền thông chính sách",
        version_id=version_id,
        starts_on=days[0],
        ends_on=days[1],
        place=PLACE,
        organiser=ORGANISER,
        sites=sites,
        created_at=moment,
    )
    cohorts.add_staff(cohort_id=cohort.id, user_id=people["giangvien"], duty=StaffDuty.TRAINER)
    cohorts.add_staff(
        cohort_id=cohort.id,
        user_id=people["diemcau01"],
        duty=StaffDuty.COORDINATOR,
        site_id=cohort_queries.list_sites(cohort.id)[1].id,
    )
    return cohort.id


def _enrol(
    people: dict[str, uuid.UUID],
    learner: Learner,
    cohort_id: uuid.UUID,
    site_id: uuid.UUID,
    moment: datetime,
    *,
    number: int,
) -> uuid.UUID:
    return cohorts.enrol(
        cohort_id=cohort_id,
        learner_id=people[learner.username],
        site_id=site_id,
        unit_name=UNITS[learner.unit],
        position_title=learner.position,
        number=number,
        enrolled_at=moment,
    ).id


def _print_slips(
    people: dict[str, uuid.UUID], learners: list[Learner] | tuple[Learner, ...], moment: datetime
) -> dict[uuid.UUID, str]:
    """Make slips and return their tokens by user."""
    slips = auth.make_slips(
        user_ids=[people[each.username] for each in learners],
        made_by_id=people["canbo"],
        at=moment,
        valid_days=_SLIP_DAYS,
    )
    return {each.user_id: each.token for each in slips}
