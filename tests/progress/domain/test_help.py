"""Who comes first in "cần giúp trước", and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.progress.domain.cells import Cell, CellState
from app.progress.domain.help import Need, Reason, need_of, typical_done

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
JUST_NOW = NOW - timedelta(minutes=1)
DONE = Cell(CellState.DONE)
NEW = Cell()
OPEN = Cell().opened(10)
FAILED = Cell().finished(30, completes=False)


@pytest.mark.parametrize(
    ("cells", "active_at", "typical", "reason"),
    [
        ((DONE, FAILED, NEW), JUST_NOW, 2, Reason.FAILED),
        ((DONE, OPEN, NEW), NOW - timedelta(minutes=10), 2, Reason.STUCK),
        ((DONE, OPEN, NEW), JUST_NOW, 2, Reason.WORKING),
        ((NEW, NEW, NEW), None, 2, Reason.ABSENT),
        ((NEW, NEW, NEW), JUST_NOW, 2, Reason.BEHIND),
        ((DONE, NEW, NEW), JUST_NOW, 2, Reason.WORKING),
        ((DONE, DONE, DONE), NOW - timedelta(days=3), 3, Reason.FINISHED),
        ((DONE, DONE.opened(10), NEW), NOW - timedelta(hours=1), 2, Reason.STUCK),
    ],
)
def test_the_reason_says_what_is_the_matter(
    cells: tuple[Cell, ...], active_at: datetime | None, typical: int, reason: Reason
) -> None:
    assert need_of(cells, active_at, NOW, typical=typical).reason is reason


def test_within_a_reason_those_with_less_done_and_longer_silent_come_first() -> None:
    early = need_of((NEW, FAILED), JUST_NOW, NOW, typical=0)
    later = need_of((DONE, FAILED), JUST_NOW, NOW, typical=0)
    silent = need_of((DONE, FAILED), NOW - timedelta(hours=1), NOW, typical=0)

    assert sorted([later, silent, early], key=_place) == [early, silent, later]


def _place(need: Need) -> tuple[Reason, tuple[int, int]]:
    return need.reason, need.weight


def test_help_is_needed_up_to_those_behind() -> None:
    assert [each for each in Reason if each.needs_help] == [
        Reason.FAILED,
        Reason.STUCK,
        Reason.ABSENT,
        Reason.BEHIND,
    ]


@given(st.lists(st.integers(0, 40)))
def test_the_middle_of_a_class_is_one_of_its_own(counts: list[int]) -> None:
    middle = typical_done(counts)

    assert middle in counts or (middle == 0 and not counts)
    assert sum(each <= middle for each in counts) * 2 >= len(counts)
