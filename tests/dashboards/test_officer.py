"""The officer decides what a cohort must do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.auth.models import Role
from app.cohorts.models import Cohort
from app.progress import queries as progress_queries
from tests.factories import make_cohort, make_staff, make_user
from tests.pages import Browser

Browsers = Callable[[], Browser]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort()


@pytest.fixture
def officer(browser: Browsers) -> Browser:
    return browser().sign_in(make_user(roles=Role.OFFICER))


def ticked(officer: Browser, cohort: Cohort) -> set[str]:
    return set(officer.get(f"/cohorts/{cohort.slug}/rule").form("main form"))


def test_while_no_rule_is_set_everything_is_ticked_and_said_so(
    cohort: Cohort, officer: Browser
) -> None:
    assert ticked(officer, cohort) == {"a0", "a1"}
    assert "đang tính tất cả các bài" in officer.get(f"/cohorts/{cohort.slug}/rule").text


def test_a_rule_is_kept_and_shown_again(cohort: Cohort, officer: Browser) -> None:
    reply = officer.post(f"/cohorts/{cohort.slug}/rule", {"a1": "1", "a9": "1", "x": "1"})

    assert reply.location == f"/cohorts/{cohort.slug}/rule"
    assert ticked(officer, cohort) == {"a1"}
    assert progress_queries.find_rule(cohort.id) == [1]


def test_a_rule_without_anything_is_refused_with_a_sentence(
    cohort: Cohort, officer: Browser
) -> None:
    page = officer.post(f"/cohorts/{cohort.slug}/rule", {}, status=422)

    assert "Hãy chọn ít nhất một bài" in page.one("#errors").get_text()
    assert progress_queries.find_rule(cohort.id) is None


def test_trainers_do_not_set_the_rule(cohort: Cohort, browser: Browsers) -> None:
    trainer = browser().sign_in(make_staff(cohort))

    trainer.get(f"/cohorts/{cohort.slug}/rule", status=403)
    trainer.post(f"/cohorts/{cohort.slug}/rule", {"a0": "1"}, status=403)


def test_a_cohort_that_is_not_there_has_no_rule(officer: Browser) -> None:
    officer.get("/cohorts/khong-co/rule", status=404)
