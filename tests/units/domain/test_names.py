"""When a typed name means a unit that is known."""

from __future__ import annotations

import pytest

from app.units.domain.names import is_meant

KNOWN = "UBND xã Hòa An"


@pytest.mark.parametrize("typed", [KNOWN, "ubnd xã hòa an", "UBND xã Hoà An", "ubnd xa hoa an"])
def test_case_the_place_of_a_mark_and_missing_marks_do_not_matter(typed: str) -> None:
    assert is_meant(typed, KNOWN)


@pytest.mark.parametrize("typed", ["UBND xã Hoa An", "UBND xã Hỏa An", "UBND xã Hòa Ân", "Hòa An"])
def test_other_marks_or_other_words_mean_another_unit(typed: str) -> None:
    assert not is_meant(typed, KNOWN)
