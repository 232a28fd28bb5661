"""Who might be the person that is about to be enrolled. People are never one by name alone."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.auth import queries as auth_queries
from app.cohorts.models import Enrolment, EnrolmentState
from app.core.db import read
from app.units import queries as unit_queries


@dataclass(frozen=True, slots=True)
class AlikePerson:
    """An account of the same name, telephone number or mail address.

    ``number`` is the person's number in this cohort, in it or ``was_cancelled``; None: never was.
    """

    user_id: uuid.UUID
    full_name: str
    username: str
    birth_on: date | None
    birth_year: int | None
    unit_name: str
    number: int | None
    was_cancelled: bool


def find_alike(
    cohort_id: uuid.UUID, *, full_name: str, phone: str = "", email: str = "", on: date
) -> Sequence[AlikePerson]:
    """Return who might be meant: the same name (marks do not matter), number or address.

    :param on: the day whose place of work is told
    """
    users = auth_queries.find_alike_users(full_name=full_name, phone=phone, email=email)
    here = {
        row.learner_id: row
        for row in read(
            sa.select(Enrolment.learner_id, Enrolment.number, Enrolment.state).where(
                Enrolment.cohort_id == cohort_id,
                Enrolment.learner_id.in_([each.id for each in users]),
            )
        )
    }
    found = []
    for user in users:
        place = unit_queries.current_membership(user.id, on)
        seat = here.get(user.id)
        found.append(
            AlikePerson(
                user_id=user.id,
                full_name=user.full_name,
                username=user.username,
                birth_on=user.birth_on,
                birth_year=user.birth_year,
                unit_name=place.unit_name if place else "",
                number=seat.number if seat else None,
                was_cancelled=seat is not None and seat.state is EnrolmentState.CANCELLED,
            )
        )
    return found
