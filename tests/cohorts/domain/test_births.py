"""Days and years of birth as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from app.cohorts.domain.births import Birth, parse_birth

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text", ["05/02/1985", "5/2/1985", "05-02-1985", "5.2.1985", " 05/02/1985 "]
)
def test_the_day_stands_before_the_month(text: str) -> None:
    assert parse_birth(text, today=TODAY) == Birth(1985, date(1985, 2, 5))


def test_a_year_alone_is_enough() -> None:
    assert parse_birth("1985", today=TODAY) == Birth(1985)


@pytest.mark.parametrize(
    "text",
    ["", "85", "5/2/85", "31/02/1985", "02/1985", "1985-02-05", "12/25/1985", "2024", "1850", "x"],
)
def test_anything_else_is_no_birth(text: str) -> None:
    assert parse_birth(text, today=TODAY) is None
