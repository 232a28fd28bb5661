"""An officer opens a cohort in a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from app.auth.models import Role
from app.cohorts.models import Cohort, Site
from app.core.db import db, transaction
from app.courses.models import CourseVersion, VersionState
from tests.factories import make_cohort, make_course, make_user
from tests.pages import Browser

Browsers = Callable[[], Browser]


@pytest.fixture
def officer(browser: Browsers) -> Browser:
    return browser().sign_in(make_user("Hoàng Thị Cán", roles=Role.OFFICER))


def filled(officer: Browser, **values: Any) -> dict[str, Any]:
    """Return the form as an officer fills it in."""
    return {
        **officer.get("/cohorts/new").form("main form"),
        "code": "TTCS-01/2026",
        "starts_on": "2026-11-23",
        "ends_on": "24/11/2026",
        "place": "Hội trường Sở",
        "organiser": "Sở Khoa học và Công nghệ",
        "sites": "Hội trường Sở\r\n\r\n  UBND xã  Ba Bể \r\n",
        **values,
    }


def make_draft() -> None:
    table = CourseVersion.__table__
    version = make_course()
    with transaction():
        db.session.execute(
            sa.update(table)
            .where(table.c.id == version.id)
            .values(state=VersionState.DRAFT, published_at=None)
        )
    db.session.expire_all()


def test_the_empty_list_leads_to_the_form_and_the_form_to_an_open_cohort(officer: Browser) -> None:
    make_course()
    assert officer.get("/cohorts").link("Mở lớp đầu tiên") == "/cohorts/new"

    page = officer.follow(officer.post("/cohorts", filled(officer)))

    assert page.response.request.path == "/cohorts/ttcs-01-2026"
    assert page.one("h1").get_text() == "Truyền thông chính sách"
    for words in ("TTCS-01/2026", "23/11/2026 – 24/11/2026", "Hội trường Sở (điểm chính)"):
        assert words in page.text
    sites = db.session.query(Site).order_by(Site.position)
    assert [(each.name, each.is_main) for each in sites] == [
        ("Hội trường Sở", True),
        ("UBND xã Ba Bể", False),
    ]
    assert page.link("Ghi danh học viên") == "/cohorts/ttcs-01-2026/learners/new"


def test_the_next_form_knows_who_organised_the_last_cohort(officer: Browser) -> None:
    make_cohort()

    assert officer.get("/cohorts").link("Mở lớp mới") == "/cohorts/new"
    assert officer.get("/cohorts/new").form("main form")["organiser"] == "Sở Khoa học và Công nghệ"


def test_a_cohort_may_have_a_title_of_its_own(officer: Browser) -> None:
    make_course()

    officer.post("/cohorts", filled(officer, title="Tập huấn cho báo chí"))

    assert db.session.query(Cohort).one().title == "Tập huấn cho báo chí"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", "///"),
        ("code", "New"),
        ("code", "x" * 41),
        ("version", "00000000-0000-0000-0000-000000000001"),
        ("title", "x" * 201),
        ("starts_on", ""),
        ("starts_on", "31/02/2026"),
        ("ends_on", "2026-11-22"),
        ("organiser", " "),
        ("sites", "\n \n"),
        ("sites", "Hội trường\nHội  trường"),
        ("sites", "x" * 161),
    ],
)
def test_a_wrong_value_is_said_in_its_place_and_nothing_typed_is_lost(
    officer: Browser, field: str, value: str
) -> None:
    make_course()
    posted = filled(officer, place="Tầng 3", **{field: value})

    page = officer.post("/cohorts", posted, status=422)

    assert page.one(f"#{field}-error").get_text().strip()
    assert page.all(f'#errors a[href="#{field}"]')
    again = page.form("main form")
    assert again["place"] == "Tầng 3"
    if field not in {"version", "sites"}:
        assert again[field] == value.strip()
    assert db.session.query(Cohort).count() == 0


def test_a_code_that_another_cohort_has_is_refused_beside_its_field(officer: Browser) -> None:
    make_course()
    officer.post("/cohorts", filled(officer))

    page = officer.post("/cohorts", filled(officer, code="ttcs 01 2026"), status=422)

    assert "Hãy đặt mã khác" in page.one("#code-error").get_text()
    assert db.session.query(Cohort).count() == 1


def test_without_a_published_course_the_page_says_how_one_gets_here(officer: Browser) -> None:
    make_draft()

    page = officer.get("/cohorts/new")

    assert "./taphuan course import --publish" in page.text
    assert page.all("main form") == []
    officer.post("/cohorts", {"code": "TTCS-01/2026"}, status=422)
    assert db.session.query(Cohort).count() == 0
