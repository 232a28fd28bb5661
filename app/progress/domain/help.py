"""The order "cần giúp trước": who needs a word first, and why in one word.

The order is of urgency for a trainer in the hall: somebody who failed and does not go on, somebody
who is stuck in the middle of a test, somebody who never came in, somebody who fell behind the
class. Who is at work or has finished needs nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.progress.domain.cells import Cell, CellState

STUCK_AFTER = timedelta(minutes=10)
"""An open test without a sign of life for so long is worth a look."""


class Reason(enum.IntEnum):
    """Why somebody stands where they stand in the list; the value is the rank, urgent first."""

    FAILED = 0
    STUCK = 1
    ABSENT = 2
    BEHIND = 3
    WORKING = 4
    FINISHED = 5

    @property
    def needs_help(self) -> bool:
        """Say whether a trainer should act."""
        return self <= Reason.BEHIND


@dataclass(frozen=True, slots=True)
class Need:
    """One learner's place in the order: ``reason`` first, then ``weight`` (smaller is earlier)."""

    reason: Reason
    weight: tuple[int, int]


def typical_done(counts: Iterable[int]) -> int:
    """Return the middle of how many activities the learners of a class have done (lower median)."""
    ordered = sorted(counts)
    return ordered[(len(ordered) - 1) // 2] if ordered else 0


def need_of(
    cells: Sequence[Cell], active_at: datetime | None, now: datetime, *, typical: int
) -> Need:
    """Return who comes first, from the cells, the last sign of life and the middle of the class.

    Behind means fewer than half of what the middle of the class has done. Within one reason those
    with less done come first, then those silent for longer.

    :param active_at: the learner's last act; None for never
    :param typical: of :func:`typical_done`
    """
    done = sum(each.is_done for each in cells)
    reason = _reason(cells, active_at, now, done=done, typical=typical)
    silent = int((now - active_at).total_seconds()) if active_at else 0
    return Need(reason, (done, -silent))


def _reason(
    cells: Sequence[Cell], active_at: datetime | None, now: datetime, *, done: int, typical: int
) -> Reason:
    if cells and done == len(cells):
        return Reason.FINISHED
    if active_at is None:
        return Reason.ABSENT
    if any(each.state is CellState.FAILED for each in cells):
        return Reason.FAILED
    if any(each.has_open_attempt for each in cells) and now - active_at >= STUCK_AFTER:
        return Reason.STUCK
    return Reason.BEHIND if done * 2 < typical else Reason.WORKING
