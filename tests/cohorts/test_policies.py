"""How far staff see."""

from __future__ import annotations

import uuid

from app.auth.models import Role
from app.cohorts.models import StaffDuty
from app.cohorts.policies import Reach, reach_of

SITE = uuid.uuid4()
COORDINATES = (StaffDuty.COORDINATOR, SITE)
TEACHES = (StaffDuty.TRAINER, None)


def test_officers_and_trainers_of_the_cohort_see_it_whole() -> None:
    whole = Reach(site_id=None, can_teach=True)

    assert reach_of(Role.OFFICER, []) == whole
    assert reach_of(Role.TRAINER, [TEACHES]) == whole
    assert reach_of(Role.TRAINER | Role.COORDINATOR, [COORDINATES, TEACHES]) == whole


def test_a_coordinator_sees_one_site_and_does_not_teach() -> None:
    assert reach_of(Role.COORDINATOR, [COORDINATES]) == Reach(site_id=SITE, can_teach=False)


def test_without_a_duty_in_the_cohort_nothing_is_seen() -> None:
    assert reach_of(Role.TRAINER | Role.COORDINATOR | Role.CLERK, []) is None
