"""The staff's way: board, deltas, one learner, questions most missed, file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from app.auth.models import Role
from app.cohorts import commands as cohort_commands
from app.cohorts.models import Cohort, StaffDuty
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.text import fold
from app.courses.models import ActivityKind
from app.progress.domain.cells import Cell, CellState
from tests.dashboards.factories import (
    by_given_name,
    enrolments_of,
    full_names,
    learner_of,
    make_class,
    set_cells,
    site_of,
)
from tests.factories import make_cohort, make_course, make_enrolment, make_staff, make_user
from tests.pages import Browser, Page

Browsers = Callable[[], Browser]


@pytest.fixture
def cohort() -> Cohort:
    return make_class(10)


@pytest.fixture
def trainer(cohort: Cohort, browser: Browsers) -> Browser:
    return browser().sign_in(make_staff(cohort))


def names(page: Page) -> list[str]:
    return [each.get_text() for each in page.all("tbody th")]


def poll_url(page: Page) -> str:
    return str(page.one("#poll")["hx-get"])


def test_the_taught_classes_lead_to_the_board(cohort: Cohort, trainer: Browser) -> None:
    assert trainer.get("/teach").link(cohort.title) == f"/teach/{cohort.slug}"


def test_a_trainer_without_a_class_is_told_so(browser: Browsers) -> None:
    page = browser().sign_in(make_user(roles=Role.TRAINER)).get("/teach")

    assert "chưa phụ trách lớp nào" in page.text


def test_the_board_sorts_by_given_name_when_asked(cohort: Cohort, trainer: Browser) -> None:
    page = trainer.get(f"/teach/{cohort.slug}?sort=name")

    assert names(page) == by_given_name(full_names(10))


def test_those_who_need_help_come_first_with_the_reason(cohort: Cohort, trainer: Browser) -> None:
    rows = enrolments_of(cohort)
    for each in rows:
        set_cells(each, [Cell(CellState.DONE)] * 17)
    set_cells(rows[4], [Cell(CellState.DONE)] * 16 + [Cell().finished(20, completes=False)])

    page = trainer.get(f"/teach/{cohort.slug}")

    first = page.all("tbody tr")[0]
    assert first["id"] == f"r{rows[4].number}"
    assert "✗ 20" in first.get_text()
    assert "Chưa đạt" in first.get_text()
    assert "9 đã hoàn thành" in " ".join(page.one("#stats").get_text(" ").split())


def test_the_board_of_one_site_holds_its_learners_only(cohort: Cohort, trainer: Browser) -> None:
    page = trainer.get(f"/teach/{cohort.slug}?site=2")

    here = [each for each in enrolments_of(cohort) if each.site_id == site_of(cohort, 1).id]
    assert {str(each["id"]) for each in page.all("tbody tr")} == {f"r{e.number}" for e in here}


@pytest.mark.parametrize("query", ["site=99", "site=-1", "site=x", "sort=khong", "names="])
def test_an_unreadable_filter_shows_the_whole_board(
    cohort: Cohort, trainer: Browser, query: str
) -> None:
    assert len(trainer.get(f"/teach/{cohort.slug}?{query}").all("tbody tr")) == 10


def test_the_projector_view_shows_numbers_instead_of_names(
    cohort: Cohort, trainer: Browser
) -> None:
    page = trainer.get(f"/teach/{cohort.slug}?names=0")

    assert sorted(names(page), key=lambda each: int(each[3:])) == [f"Số {n}" for n in range(1, 11)]
    assert "names=0" in poll_url(page)
    set_cells(enrolments_of(cohort)[0], [Cell(CellState.DONE)] * 17)
    delta = trainer.htmx_get(poll_url(page))
    for name in full_names(10):
        assert name not in page.html
        assert name not in delta.html


def test_a_poll_sends_nothing_while_nothing_changed(cohort: Cohort, trainer: Browser) -> None:
    page = trainer.get(f"/teach/{cohort.slug}")

    reply = trainer.htmx_get(poll_url(page), status=204)

    assert reply.response.data == b""


def test_a_poll_sends_the_changed_rows_and_a_new_cursor(cohort: Cohort, trainer: Browser) -> None:
    page = trainer.get(f"/teach/{cohort.slug}")
    rows = enrolments_of(cohort)
    for each in rows[:2]:
        set_cells(each, [Cell(CellState.DONE)] * 17)

    delta = trainer.htmx_get(poll_url(page))

    assert {str(each["hx-target"]) for each in delta.all("hx-partial")} == {"#r1", "#r2"}
    assert delta.one("#stats")["hx-swap-oob"] == "true"
    trainer.htmx_get(poll_url(delta), status=204)


def leave(cohort: Cohort, number: int) -> None:
    with transaction():
        cohort_commands.cancel_enrolment(
            enrolment_id=enrolments_of(cohort)[number - 1].id, cancelled_at=utc_now()
        )


def test_a_poll_reloads_the_board_when_somebody_left_came_back_or_joined(
    cohort: Cohort, trainer: Browser
) -> None:
    url = f"/teach/{cohort.slug}"
    row = enrolments_of(cohort)[2]
    before = trainer.get(url)

    leave(cohort, 3)
    assert trainer.htmx_get(poll_url(before)).headers["HX-Refresh"] == "true"
    without = trainer.get(url)
    assert len(without.all("tbody tr")) == 9
    trainer.htmx_get(poll_url(without), status=204)

    with transaction():
        cohort_commands.restore_enrolment(enrolment_id=row.id, restored_at=utc_now())
    assert trainer.htmx_get(poll_url(without)).headers["HX-Refresh"] == "true"
    again = trainer.get(url)
    make_enrolment(cohort, make_user("Lò A Pó"))
    assert trainer.htmx_get(poll_url(again)).headers["HX-Refresh"] == "true"


def test_a_change_of_who_is_there_is_not_lost_with_the_rows_sent_in_between(
    cohort: Cohort, trainer: Browser
) -> None:
    page = trainer.get(f"/teach/{cohort.slug}")
    set_cells(enrolments_of(cohort)[0], [Cell(CellState.DONE)] * 17)
    delta = trainer.htmx_get(poll_url(page))

    leave(cohort, 3)

    assert trainer.htmx_get(poll_url(delta)).headers["HX-Refresh"] == "true"


def test_a_learner_of_another_site_from_now_on_is_sent_anew(
    cohort: Cohort, trainer: Browser
) -> None:
    url = f"/teach/{cohort.slug}"
    whole, first, second = (trainer.get(url + query) for query in ("", "?site=1", "?site=2"))
    row = next(e for e in enrolments_of(cohort) if e.site_id == site_of(cohort, 0).id)
    with transaction():
        cohort_commands.correct_enrolment(
            enrolment_id=row.id,
            site_id=site_of(cohort, 1).id,
            unit_name=row.unit_name,
            position_title=row.position_title,
            corrected_at=utc_now(),
        )

    delta = trainer.htmx_get(poll_url(whole))
    assert [str(each["hx-target"]) for each in delta.all("hx-partial")] == [f"#r{row.number}"]
    assert site_of(cohort, 1).name in delta.text
    for page in (first, second):
        assert trainer.htmx_get(poll_url(page)).headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("typed", ["tran", "Trần", "  TRAN "])
def test_a_name_is_found_on_the_board_with_and_without_marks(
    cohort: Cohort, trainer: Browser, typed: str
) -> None:
    page = trainer.get(f"/teach/{cohort.slug}", query_string={"q": typed, "sort": "name"})

    found = [each for each in by_given_name(full_names(10)) if fold(each).startswith("tran")]
    assert len(found) == 3
    assert names(page) == found
    assert page.form("main form")["q"] == typed.strip()


def test_only_rows_that_were_searched_for_are_brought_up_to_date(browser: Browsers) -> None:
    cohort = make_cohort(make_course())
    for name in ("Lê An", "Lê Ấn", "Hà Bình"):
        make_enrolment(cohort, make_user(name))
    trainer = browser().sign_in(make_staff(cohort))
    page = trainer.get(f"/teach/{cohort.slug}?q=an")
    assert names(page) == ["Lê An", "Lê Ấn"]
    assert "3 học viên" in " ".join(page.one("#stats").get_text(" ").split())
    for each in enrolments_of(cohort):
        set_cells(each, [Cell(CellState.DONE)] * 2)

    delta = trainer.htmx_get(poll_url(page))

    assert {str(each["hx-target"]) for each in delta.all("hx-partial")} == {"#r1", "#r2"}


def test_a_name_nobody_has_says_what_to_do(cohort: Cohort, trainer: Browser) -> None:
    page = trainer.get(f"/teach/{cohort.slug}?q=Zzz")

    assert "Không có học viên nào tên như vậy" in page.text
    assert page.link("Xem cả lớp") == f"/teach/{cohort.slug}"


def test_a_cursor_that_is_no_number_asks_from_the_beginning(
    cohort: Cohort, trainer: Browser
) -> None:
    delta = trainer.htmx_get(f"/teach/{cohort.slug}/changes?since=x")

    assert len(delta.all("hx-partial")) == 10


def test_a_coordinator_sees_the_own_site_only(cohort: Cohort, browser: Browsers) -> None:
    site = site_of(cohort, 2)
    coordinator = browser().sign_in(make_staff(cohort, StaffDuty.COORDINATOR, site))
    url = f"/teach/{cohort.slug}"
    mine = [each for each in enrolments_of(cohort) if each.site_id == site.id]
    other = next(each for each in enrolments_of(cohort) if each.site_id != site.id)

    for query in ("", "?site=1", "?site=2"):
        page = coordinator.get(url + query)
        assert {str(e["id"]) for e in page.all("tbody tr")} == {f"r{e.number}" for e in mine}
    coordinator.get(f"{url}/learners/{mine[0].number}")
    coordinator.get(f"{url}/learners/{other.number}", status=404)
    coordinator.post(f"{url}/questions/kiem-tra-dau-khoa/release", status=403)
    delta = coordinator.htmx_get(f"{url}/changes?since=0")
    assert len(delta.all("hx-partial")) == len(mine)


@pytest.mark.parametrize("path", ["", "/changes", "/board.xlsx", "/learners/1", "/questions"])
def test_staff_of_another_cohort_find_nothing(cohort: Cohort, browser: Browsers, path: str) -> None:
    other = browser().sign_in(make_staff(make_cohort()))

    other.get(f"/teach/{cohort.slug}{path}", status=404)


def test_officers_see_every_board_and_learners_none(cohort: Cohort, browser: Browsers) -> None:
    officer = browser().sign_in(make_user(roles=Role.OFFICER))
    officer.get(f"/teach/{cohort.slug}")
    assert cohort.title in officer.get("/teach").text

    learner = browser().sign_in(learner_of(enrolments_of(cohort)[0]))
    learner.get(f"/teach/{cohort.slug}", status=403)


def test_an_empty_class_says_what_to_do(browser: Browsers) -> None:
    cohort = make_cohort()

    page = browser().sign_in(make_staff(cohort)).get(f"/teach/{cohort.slug}")

    assert "Ghi danh học viên" in page.text


def test_a_name_full_of_signs_stays_text(browser: Browsers) -> None:
    cohort = make_cohort()
    make_enrolment(cohort, make_user('<b onclick="x">Ý & "Ỷ"</b>'))

    page = browser().sign_in(make_staff(cohort)).get(f"/teach/{cohort.slug}")

    assert names(page) == ['<b onclick="x">Ý & "Ỷ"</b>']


def sheet_of(page: Page) -> list[list[str]]:
    archive = zipfile.ZipFile(io.BytesIO(page.response.data))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    strings = [
        "".join(part.text or "" for part in each.iter(f"{space}t"))
        for each in ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    ]
    rows = []
    for row in ET.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{space}row"):  # noqa: S314
        values = []
        for cell in row:
            value = cell.findtext(f"{space}v") or ""
            assert cell.find(f"{space}f") is None
            values.append(strings[int(value)] if cell.get("t") == "s" else value)
        rows.append(values)
    return rows


def test_the_file_holds_the_board_by_name_with_text_as_text(browser: Browsers) -> None:
    cohort = make_cohort(make_course((("bai-1", ActivityKind.LESSON), ("thi", ActivityKind.QUIZ))))
    an = make_enrolment(cohort, make_user("Nguyễn Văn Ý"), unit_name='=HYPERLINK("x")')
    make_enrolment(cohort, make_user("Trần Thị Ánh"))
    set_cells(an, [Cell(CellState.DONE), Cell().finished(80, completes=True)])

    page = browser().sign_in(make_staff(cohort)).get(f"/teach/{cohort.slug}/board.xlsx?names=0")

    assert page.headers["Content-Disposition"].endswith(f'theo-doi-{cohort.slug}.xlsx"')
    _title, heads, first, second = [row for row in sheet_of(page) if any(row)]
    assert heads[:5] == ["STT", "Họ và tên", "Đơn vị", "Chức vụ", "Điểm cầu"]
    assert first[:2] == ["2", "Trần Thị Ánh"]
    assert second[:3] == ["1", "Nguyễn Văn Ý", '=HYPERLINK("x")']
    assert second[5:8] == ["x", "80", "2"]


def test_an_unknown_learner_is_not_found(cohort: Cohort, trainer: Browser) -> None:
    trainer.get(f"/teach/{cohort.slug}/learners/999", status=404)


def test_a_day_before_today_is_shown_as_a_day(cohort: Cohort, trainer: Browser, clock: Any) -> None:
    clock.move_to(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))

    assert "23/11" in trainer.get(f"/teach/{cohort.slug}").text


def test_the_board_shows_what_changed_within_the_minute_it_is_kept(
    cohort: Cohort, trainer: Browser, clock: Any
) -> None:
    first = trainer.get(f"/teach/{cohort.slug}")
    assert trainer.get(f"/teach/{cohort.slug}").html == first.html
    set_cells(enrolments_of(cohort)[0], [Cell(CellState.DONE)] * 17)
    assert trainer.get(f"/teach/{cohort.slug}").html != first.html


def test_a_kept_board_is_never_anothers(
    cohort: Cohort, trainer: Browser, browser: Browsers
) -> None:
    mine = trainer.get(f"/teach/{cohort.slug}").text
    officer = make_user("Đỗ Thị Hà", roles=Role.OFFICER)
    theirs = browser().sign_in(officer).get(f"/teach/{cohort.slug}").text
    assert "Đỗ Thị Hà" in theirs
    assert "Đỗ Thị Hà" not in mine
    assert "Trần Thị Bình" not in theirs
