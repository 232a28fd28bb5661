"""Packed cells: what goes in comes out, and the database's way of changing one is ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.progress.domain import cells
from app.progress.domain.cells import MOST, WIDTH, Cell, CellState

counts = st.integers(0, MOST)
percents = st.none() | st.integers(0, 100)
any_cell = st.builds(Cell, st.sampled_from(CellState), counts, counts, percents)
rows = st.lists(any_cell, min_size=1, max_size=40)


@given(rows)
def test_a_packed_row_gives_back_its_cells(row: list[Cell]) -> None:
    packed = cells.encode(row)

    assert list(cells.decode(packed)) == row
    assert len(packed) == WIDTH * len(row)
    assert "".join(cells.pieces(packed)) == packed
    assert cells.done_ordinals(packed) == {i for i, each in enumerate(row) if each.is_done}


@given(rows, st.data())
def test_changing_one_cell_leaves_the_others(row: list[Cell], data: st.DataObject) -> None:
    ordinal = data.draw(st.integers(0, len(row) - 1))
    cell = data.draw(any_cell)

    changed = cells.decode(cells.replaced(cells.encode(row), ordinal, cell))

    assert changed[ordinal] == cell
    assert [*changed[:ordinal], *changed[ordinal + 1 :]] == [*row[:ordinal], *row[ordinal + 1 :]]


@given(any_cell, counts, counts, st.integers(0, 100))
def test_done_stays_done_whatever_follows(
    cell: Cell, answered: int, asked: int, percent: int
) -> None:
    done = cell.finished(percent, completes=True)

    later = done.opened(asked).recorded(answered, asked).finished(0, completes=False)

    assert later.is_done
    assert later.percent == done.percent


@given(any_cell, st.lists(st.integers(0, 100), min_size=1))
def test_the_best_result_is_kept(cell: Cell, results: list[int]) -> None:
    before = cell.percent or 0
    for each in results:
        cell = cell.finished(each, completes=False)

    assert cell.percent == max(before, *results)
    assert not cell.has_open_attempt


def test_a_blank_row_has_nothing_begun() -> None:
    row = cells.decode(cells.blank(3))

    assert row == (Cell(), Cell(), Cell())
    assert not any(each.has_open_attempt or each.is_done for each in row)


def test_a_lesson_is_completed_without_a_percentage() -> None:
    assert Cell().completed() == Cell(CellState.DONE)


def test_an_opened_test_counts_its_answers() -> None:
    cell = Cell().opened(10).recorded(4, 10)

    assert (cell.state, cell.answered, cell.asked) == (CellState.OPEN, 4, 10)
    assert cells.encode_cell(cell) == "o040a--"
    assert cells.packed_counts(4, 10) == "040a"


def test_more_questions_than_a_cell_can_count_are_held_at_the_most() -> None:
    assert cells.decode_cell(cells.encode_cell(Cell().opened(99_999))).asked == MOST


@pytest.mark.parametrize("text", ["", "d", "x0000--", "d0000--d"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a |invalid literal"):
        cells.decode_cell(text)
