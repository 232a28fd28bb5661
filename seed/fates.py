"""How far each learner of the demo came on the training day."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final


class Fate(enum.Enum):
    """Where a learner stands when the demo opens."""

    PASSED = "did everything and passed the final test"
    PASSED_SECOND_TIME = "failed the final test once, then passed"
    FAILED = "failed the final test once and went home"
    FAILED_TWICE = "used both attempts at the final test in vain"
    LEFT_BEFORE_FINAL = "did the lessons, not yet the final test"
    IN_FINAL = "sits at the final test right now"
    IN_PRACTICE = "stopped in the middle of a practice quiz"
    HALFWAY = "stopped after three lessons"
    STUCK = "stopped before the second lesson was done"
    PRE_TEST_ONLY = "did the pre-test and nothing else"
    ABSENT = "never signed in"


_NUMBERS: Final[Mapping[Fate, tuple[int, ...]]] = {
    Fate.PASSED_SECOND_TIME: (11, 26, 39, 45),
    Fate.FAILED: (24, 50, 63, 66),
    Fate.FAILED_TWICE: (64,),
    Fate.LEFT_BEFORE_FINAL: (22, 43, 48, 55, 59, 62, 68),
    Fate.IN_FINAL: (57,),
    Fate.IN_PRACTICE: (41,),
    Fate.HALFWAY: (31, 36, 47, 52, 54, 58),
    Fate.STUCK: (29, 38, 44, 65),
    Fate.PRE_TEST_ONLY: (56, 61),
    Fate.ABSENT: (67, 69, 70),
}
_FATES: Final = {number: fate for fate, numbers in _NUMBERS.items() for number in numbers}

NAME_UNCONFIRMED: Final = frozenset({18, 33})
"""Passed, but have not looked at the name that will be printed."""

NAME_REMARKS: Final = {7: "Giấy khai sinh ghi là Phạm Thị Thúy Hằng, xin in theo giấy khai sinh."}
NEXT_CLASS: Final = tuple(range(61, 71))
"""Those who did not finish; they begin again in the second class, today."""

REVOKED: Final = 12
REISSUED: Final = 20


def fate_of(number: int) -> Fate:
    """Return the fate of a learner by number; most passed."""
    return _FATES.get(number, Fate.PASSED)
