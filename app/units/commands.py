"""Making and ending units, and writing down who works where."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import sqlalchemy as sa

from app.core.db import db
from app.core.events import publish
from app.core.text import clean_line, fold
from app.units import queries
from app.units.domain.names import is_meant
from app.units.errors import (
    BadUnitNameError,
    MembershipOverlapsError,
    UnitAmbiguousError,
    UnitEndedError,
    WrongSuccessorError,
)
from app.units.events import UnitEnded
from app.units.models import Membership, Unit

_LONGEST_NAME = 200
_LONGEST_POSITION = 120


def create_unit(
    *, name: str, parent_id: uuid.UUID | None = None, valid_from_on: date | None = None
) -> Unit:
    """Add a unit to the tree.

    :param valid_from_on: the day it began; None: not known
    :raises BadUnitNameError: the name is empty or too long
    :raises NotFoundError: there is no such parent
    """
    cleaned = clean_line(name)
    if not cleaned or len(cleaned) > _LONGEST_NAME:
        raise BadUnitNameError
    if parent_id is not None:
        queries.get_unit(parent_id)
    unit = Unit(
        id=uuid.uuid4(),
        name=cleaned,
        search_key=fold(cleaned)[:_LONGEST_NAME],
        parent_id=parent_id,
        valid_from_on=valid_from_on,
    )
    db.session.add(unit)
    db.session.flush()
    return unit


def find_or_create_unit(*, name: str, on: date) -> Unit:
    """Return the unit that a typed name means on a day; a name that is new makes one.

    Case, and where a mark stands ("Hòa", "Hoà"), do not matter, nor do marks where none was typed.
    Other marks make another unit: "Hòa An" and "Hoa An" are two places.

    :raises BadUnitNameError: the name is empty or too long
    :raises UnitAmbiguousError: several units have this name
    """
    asked = clean_line(name)
    alike = [each for each in queries.list_units_like(asked, on=on) if is_meant(asked, each.name)]
    exact = [each for each in alike if each.name == asked]
    candidates = exact or alike
    if len(candidates) > 1:
        raise UnitAmbiguousError(asked)
    return candidates[0] if candidates else create_unit(name=asked)


def end_unit(*, unit_id: uuid.UUID, ended_on: date, successor_id: uuid.UUID | None = None) -> Unit:
    """End a unit and name what follows it. Its name stays on everything printed before.

    :param ended_on: the last day on which it existed
    :raises UnitEndedError: it has ended already, or would end before it began
    :raises WrongSuccessorError: it would follow itself, perhaps by way of others
    :raises NotFoundError: there is no such unit
    """
    unit = queries.get_unit(unit_id)
    began_later = unit.valid_from_on is not None and unit.valid_from_on > ended_on
    if unit.valid_to_on is not None or began_later:
        raise UnitEndedError(unit.name)
    next_id = successor_id
    while next_id is not None:
        if next_id == unit_id:
            raise WrongSuccessorError
        next_id = queries.get_unit(next_id).successor_id
    unit.valid_to_on = ended_on
    unit.successor_id = successor_id
    db.session.flush()
    publish(UnitEnded(unit_id=unit_id, ended_on=ended_on, successor_id=successor_id))
    return unit


def add_membership(
    *, user_id: uuid.UUID, unit_id: uuid.UUID, from_on: date, position: str = ""
) -> Membership:
    """Write down that a person works in a unit from a day; the place before ends the day before.

    The same place with the same position is not written twice.

    :raises MembershipOverlapsError: something is written for that day or a later one
    :raises UnitEndedError: the unit does not exist on that day
    :raises NotFoundError: there is no such unit
    """
    unit = queries.get_unit(unit_id)
    if unit.valid_to_on is not None and unit.valid_to_on < from_on:
        raise UnitEndedError(unit.name)
    title = clean_line(position)[:_LONGEST_POSITION]
    last = _last_membership(user_id)
    if last is not None:
        is_open = last.to_on is None
        if is_open and (last.unit_id, last.position) == (unit_id, title):
            return last
        if last.from_on >= from_on or (last.to_on or from_on) > from_on:
            raise MembershipOverlapsError
        if is_open or last.to_on == from_on:
            last.to_on = from_on - timedelta(days=1)
    membership = Membership(
        id=uuid.uuid4(), user_id=user_id, unit_id=unit_id, position=title, from_on=from_on
    )
    db.session.add(membership)
    db.session.flush()
    return membership


def _last_membership(user_id: uuid.UUID) -> Membership | None:
    return db.session.scalar(
        sa.select(Membership)
        .where(Membership.user_id == user_id)
        .order_by(Membership.from_on.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
