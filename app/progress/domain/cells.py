"""Where a learner stands in every activity, packed into one string for the hot views.

A cell has seven characters, so that one activity's cell can be replaced inside the database by one
cheap UPDATE without reading the row first:

====== ============================================================
0      state: ``-`` not started, ``o`` open, ``d`` done, ``f`` failed
1–2    questions answered in the open attempt, base 36
3–4    questions in it, base 36 (``00``: no attempt is open)
5–6    best result so far in percent, base 36; ``--`` for none
====== ============================================================

Done stays done: a further attempt changes the numbers but not the state.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

WIDTH = 7
MOST = 36 * 36 - 1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_PERCENT = "--"


class CellState(enum.StrEnum):
    """Where a learner stands in one activity; the value is its letter in a packed cell."""

    NOT_STARTED = "-"
    OPEN = "o"
    DONE = "d"
    FAILED = "f"


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner in one activity.

    ``answered`` of ``asked`` questions in the open attempt (``asked`` 0: none is open);
    ``percent`` is the best result, 0…100, or None.
    """

    state: CellState = CellState.NOT_STARTED
    answered: int = 0
    asked: int = 0
    percent: int | None = None

    @property
    def is_done(self) -> bool:
        """Say whether the activity counts as completed."""
        return self.state is CellState.DONE

    @property
    def has_open_attempt(self) -> bool:
        """Say whether an attempt has been begun and not been handed in."""
        return self.asked > 0

    def opened(self, asked: int) -> Cell:
        """Return the cell after an attempt with so many questions was begun."""
        return self.recorded(0, asked)

    def recorded(self, answered: int, asked: int) -> Cell:
        """Return the cell after an answer of the open attempt was kept."""
        return replace(
            self,
            state=self._unless_done(CellState.OPEN),
            answered=_held(answered),
            asked=_held(asked),
        )

    def finished(self, percent: int, *, completes: bool) -> Cell:
        """Return the cell after an attempt was graded; the best result is kept."""
        ended = CellState.DONE if completes else CellState.FAILED
        best = max(percent, self.percent or 0)
        return Cell(state=self._unless_done(ended), percent=min(max(best, 0), 100))

    def completed(self) -> Cell:
        """Return the cell after an activity without questions was done."""
        return replace(self, state=CellState.DONE)

    def _unless_done(self, state: CellState) -> CellState:
        return CellState.DONE if self.is_done else state


def _held(number: int) -> int:
    return min(max(number, 0), MOST)


def _two(number: int) -> str:
    return _DIGITS[number // 36] + _DIGITS[number % 36]


def packed_counts(answered: int, asked: int) -> str:
    """Return the four characters in the middle of a cell."""
    return _two(_held(answered)) + _two(_held(asked))


def encode_cell(cell: Cell) -> str:
    """Return the seven characters of a cell."""
    percent = _NO_PERCENT if cell.percent is None else _two(cell.percent)
    return cell.state.value + packed_counts(cell.answered, cell.asked) + percent


@lru_cache(maxsize=8192)
def decode_cell(text: str) -> Cell:
    """Return the cell that seven characters hold.

    :raises ValueError: the text is no cell
    """
    if len(text) != WIDTH:
        message = f"not a cell: {text!r}"
        raise ValueError(message)
    percent = None if text[5:7] == _NO_PERCENT else int(text[5:7], 36)
    return Cell(CellState(text[0]), int(text[1:3], 36), int(text[3:5], 36), percent)


def encode(cells: Iterable[Cell]) -> str:
    """Return the packed row of a learner."""
    return "".join(encode_cell(each) for each in cells)


@lru_cache(maxsize=8192)
def decode(row: str) -> tuple[Cell, ...]:
    """Return the cells of a packed row, by ordinal.

    :raises ValueError: the text is no packed row
    """
    return tuple(decode_cell(row[at : at + WIDTH]) for at in range(0, len(row), WIDTH))


def pieces(row: str) -> list[str]:
    """Return the packed cells of a row, by ordinal, for views that know each by its text."""
    return [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]


def blank(count: int) -> str:
    """Return the packed row of a learner who has not begun any of ``count`` activities."""
    return encode_cell(Cell()) * count


def replaced(row: str, ordinal: int, cell: Cell) -> str:
    """Return the packed row with one cell changed."""
    at = ordinal * WIDTH
    return row[:at] + encode_cell(cell) + row[at + WIDTH :]


@lru_cache(maxsize=8192)
def done_ordinals(row: str) -> frozenset[int]:
    """Return the ordinals of the activities that are completed."""
    done = CellState.DONE.value
    return frozenset(at // WIDTH for at in range(0, len(row), WIDTH) if row[at] == done)
