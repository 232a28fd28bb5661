"""Queries of the pages that are opened most, and the bytes of the board's news."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import brotli
import pytest

from app.cohorts.models import Cohort
from app.progress.domain.cells import Cell, CellState
from tests.dashboards.factories import (
    activity,
    enrolments_of,
    learner_of,
    make_class,
    make_quiz,
    set_cells,
)
from tests.factories import make_staff
from tests.pages import Browser

Counting = Callable[[], AbstractContextManager[list[str]]]


def weight(html: str) -> int:
    return len(brotli.compress(html.encode(), quality=5))


@pytest.fixture
def cohort() -> Cohort:
    return make_class()


def lesson_cells(count: int) -> list[Cell]:
    return [Cell().finished(70, completes=True), *([Cell()] * (count - 1))]


def test_a_delta_of_three_rows_weighs_at_most_700_bytes(
    cohort: Cohort, browser: Callable[[], Browser]
) -> None:
    trainer = browser().sign_in(make_staff(cohort))
    poll = str(trainer.get(f"/teach/{cohort.slug}").one("#poll")["hx-get"])
    for enrolment in enrolments_of(cohort)[:3]:
        set_cells(enrolment, [Cell(CellState.DONE)] * 17)

    page = trainer.htmx_get(poll)

    assert page.html.count("<hx-partial") == 3
    assert weight(page.html) <= 700


@pytest.mark.parametrize("count", [2, 30])
def test_the_board_takes_a_fixed_number_of_queries(
    count: int, browser: Callable[[], Browser], count_queries: Counting
) -> None:
    cohort = make_class(count)
    trainer = browser().sign_in(make_staff(cohort))
    url = f"/teach/{cohort.slug}"
    trainer.get(url)

    with count_queries() as seen:
        trainer.get(url)

    assert len(seen) == 5, seen


@pytest.mark.parametrize(
    ("path", "most"), [("", 2), ("/kiem-tra-dau-khoa", 3), ("/t10-bai-hoc", 2)]
)
def test_learner_pages_take_few_queries(
    path: str, most: int, browser: Callable[[], Browser], count_queries: Counting
) -> None:
    cohort = make_class(2)
    enrolment = enrolments_of(cohort)[1]
    set_cells(enrolment, lesson_cells(17))
    make_quiz(activity(cohort, 0))
    learner = browser().sign_in(learner_of(enrolment))
    url = f"/learn/{cohort.slug}{path}"
    learner.get(url)

    with count_queries() as seen:
        learner.get(url)

    assert len(seen) <= most, seen


def test_my_classes_take_two_queries(
    cohort: Cohort, browser: Callable[[], Browser], count_queries: Counting
) -> None:
    browser().sign_in(learner_of(enrolments_of(cohort)[0])).get("/learn")  # reads the course, once
    learner = browser().sign_in(learner_of(enrolments_of(cohort)[1]))

    with count_queries() as seen:
        learner.get("/learn")

    assert len(seen) == 2, seen


def test_an_unchanged_outline_is_not_sent_again(
    cohort: Cohort, browser: Callable[[], Browser]
) -> None:
    learner = browser().sign_in(learner_of(enrolments_of(cohort)[1]))
    first = learner.get(f"/learn/{cohort.slug}")

    again = learner.client.get(
        f"/learn/{cohort.slug}", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert again.status_code == 304
    assert again.data == b""
