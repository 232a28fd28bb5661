"""Reads about units and who works where."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from app.core.db import db, read
from app.core.errors import NotFoundError
from app.core.text import clean_line, fold
from app.units.models import Membership, Unit


def get_unit(unit_id: uuid.UUID) -> Unit:
    """Return a unit, read afresh.

    :raises NotFoundError: there is none with this id
    """
    statement = sa.select(Unit).where(Unit.id == unit_id)
    unit = db.session.scalar(statement.execution_options(populate_existing=True))
    if unit is None:
        raise NotFoundError
    return unit


def _valid_on(on: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(Unit.valid_from_on.is_(None), Unit.valid_from_on <= on),
        sa.or_(Unit.valid_to_on.is_(None), Unit.valid_to_on >= on),
    )


def find_unit(name: str, *, on: date, parent_id: uuid.UUID | None = None) -> Unit | None:
    """Return the unit of that name that exists on a day, or None when none or several fit.

    Case and tone marks do not matter, but one spelt exactly so comes before one that only sounds
    alike.

    :param parent_id: look under this unit only
    """
    asked = clean_line(name)
    statement = sa.select(Unit).where(Unit.search_key == fold(asked), _valid_on(on))
    if parent_id is not None:
        statement = statement.where(Unit.parent_id == parent_id)
    found = list(db.session.scalars(statement))
    exact = [each for each in found if each.name == asked]
    candidates = exact or found
    return candidates[0] if len(candidates) == 1 else None


def list_units_like(name: str, *, on: date) -> list[Unit]:
    """Return the units that exist on a day and have this name but for case and marks."""
    statement = sa.select(Unit).where(Unit.search_key == fold(name), _valid_on(on))
    return list(db.session.scalars(statement.order_by(Unit.id)))


def list_unit_names(*, on: date, limit: int) -> list[str]:
    """Return names of units that exist on a day, to be offered while somebody types."""
    statement = sa.select(Unit.name).where(_valid_on(on)).distinct().order_by(Unit.name)
    return list(db.session.scalars(statement.limit(limit)))


def list_units(*, on: date) -> list[Unit]:
    """Return the units that exist on a day, by folded name."""
    statement = sa.select(Unit).where(_valid_on(on)).order_by(Unit.search_key, Unit.id)
    return list(db.session.scalars(statement))


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a person works: the unit and the position, to be copied onto papers as text."""

    unit_id: uuid.UUID
    unit_name: str
    position: str


def current_membership(user_id: uuid.UUID, on: date) -> Workplace | None:
    """Return where a person works on a day, or None."""
    row = read(
        sa.select(Unit.id, Unit.name, Membership.position)
        .join_from(Membership, Unit, Membership.unit_id == Unit.id)
        .where(
            Membership.user_id == user_id,
            Membership.from_on <= on,
            sa.or_(Membership.to_on.is_(None), Membership.to_on >= on),
        )
        .order_by(Membership.from_on.desc())
        .limit(1)
    ).one_or_none()
    return Workplace(*row) if row else None
