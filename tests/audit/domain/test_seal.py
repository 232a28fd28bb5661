"""The seal of an entry."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, Flag, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audit.domain.seal import BEFORE_THE_FIRST, plain, seal


class Colour(StrEnum):
    RED = "red"


class Level(Enum):
    HIGH = 3


class Roles(Flag):
    A = 1
    B = 2


MOMENT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_every_value_of_a_fact_has_a_plain_form():
    local = MOMENT.astimezone(timezone(timedelta(hours=7)))
    found = plain(
        {
            "id": uuid.UUID(int=1),
            "moment": local,
            "day": date(2026, 11, 23),
            "mark": Decimal("7.50"),
            "kinds": [Colour.RED, Level.HIGH, Roles.A | Roles.B],
            "ids": frozenset({"b", "a"}),
            "yes": True,
            "none": None,
            "bytes": b"\x01\xff",
        }
    )
    assert json.loads(json.dumps(found)) == found
    assert found["moment"] == "2026-11-23T01:00:00+00:00"
    assert found["kinds"] == ["red", 3, ["A", "B"]]
    assert found["ids"] == ["a", "b"]
    assert found["mark"] == "7.50"


def test_a_value_that_cannot_be_sealed_is_refused():
    with pytest.raises(TypeError):
        plain(object())


def sealed(**different: object) -> str:
    entry = {
        "number": 1,
        "happened_at": MOMENT,
        "actor_id": None,
        "action": "Tried",
        "subject": "",
        "detail": {},
        "previous_hash": BEFORE_THE_FIRST,
    }
    return seal(**{**entry, **different})


@pytest.mark.parametrize(
    "different",
    [
        {"number": 2},
        {"happened_at": MOMENT + timedelta(microseconds=1)},
        {"actor_id": uuid.UUID(int=1)},
        {"action": "Triec"},
        {"subject": "a"},
        {"detail": {"a": 1}},
        {"previous_hash": "1" * 64},
    ],
)
def test_each_column_is_under_the_seal(different: dict[str, object]):
    assert sealed(**different) != sealed()


@given(st.dictionaries(st.text(), st.one_of(st.integers(), st.text(), st.booleans(), st.none())))
def test_the_order_of_details_does_not_matter(detail: dict[str, object]):
    turned = dict(reversed(detail.items()))
    assert sealed(detail=detail) == sealed(detail=turned)


def test_moving_text_from_one_column_to_the_next_changes_the_seal():
    assert sealed(action="Tried", subject="x") != sealed(action="Triedx", subject="")
