"""A trainer before the board of a class that is at work."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from tests.stories.answering import answer
from tests.stories.conftest import Device
from tests.stories.site import FIRST_CLASS, SECOND_CLASS, Site

pytestmark = [pytest.mark.browser, pytest.mark.story]
DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet_rows(path: Path) -> list[list[str]]:
    """Return the texts of the first sheet of an Excel file."""
    archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    texts = [
        "".join(part.text or "" for part in each.iter(f"{_SPACE}t"))
        for each in ET.fromstring(archive.read("xl/sharedStrings.xml"))  # noqa: S314 - our own file
    ]
    return [
        [
            texts[int(value)] if cell.get("t") == "s" else value
            for cell in row
            for value in [cell.findtext(f"{_SPACE}v") or "0"]
        ]
        for row in ET.fromstring(archive.read("xl/worksheets/sheet1.xml")).iter(f"{_SPACE}row")  # noqa: S314
    ]


def board_rows(page: Page) -> list[list[str]]:
    """Return the texts of the board's rows."""
    rows: list[list[str]] = page.eval_on_selector_all(
        "table.grid tbody tr",
        "all => all.map(row => [...row.cells].map(cell => cell.textContent.trim()))",
    )
    return rows


def test_the_board_follows_a_learner_without_a_reload(site: Site, device: Callable[..., Device]):
    desk, phone = device(**DESK), device()
    site.sign_in(phone.page, "hocvien68")
    site.go(phone.page, f"/learn/{SECOND_CLASS}/kiem-tra-dau-khoa")
    site.sign_in(desk.page, "giangvien")
    site.go(desk.page, f"/teach/{SECOND_CLASS}")
    row = desk.page.locator("table.grid tbody tr", has_text="Lại Thị Vững")
    expect(row).not_to_contain_text("/10")
    desk.page.evaluate("window.isTheSamePage = true")

    phone.page.get_by_role("button", name="Bắt đầu làm").click()
    for number in (1, 2):
        answer(phone.page.locator(f"#q{number}"))
        expect(phone.page.locator(f"#r{number}")).to_contain_text("Đã lưu")
    expect(row).to_contain_text("2/10", timeout=15_000)
    answer(phone.page.locator("#q3"))
    expect(row).to_contain_text("3/10", timeout=15_000)
    assert desk.page.evaluate("window.isTheSamePage")
    expect(desk.page.locator("#stats")).to_contain_text(re.compile(r"[1-9]\d* ?đang làm bài"))


def test_the_board_filters_by_site_hides_names_and_fills_a_file_with_its_figures(
    site: Site, device: Callable[..., Device], tmp_path: Path
):
    page = device(**DESK).page
    site.sign_in(page, "giangvien")
    site.go(page, f"/teach/{FIRST_CLASS}")
    everybody = board_rows(page)
    assert len(everybody) == 70

    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp Excel").click()
    file = tmp_path / "board.xlsx"
    download.value.save_as(file)
    lines = {each[1]: each for each in sheet_rows(file) if len(each) > 12 and each[0].isdigit()}
    done = {}
    for row in everybody:
        figure = next(each for each in row if re.fullmatch(r"\d+/12", each))
        done.setdefault(row[0], []).append(int(figure.partition("/")[0]))
    for name, line in lines.items():
        assert int(line[-2]) in done[name]
    assert sum(sum(each) for each in done.values()) == sum(
        int(each[-2]) for each in sheet_rows(file) if len(each) > 12 and each[0].isdigit()
    )

    page.select_option("#site", label="Điểm cầu xã Núi Mẫu")
    page.get_by_role("button", name="Áp dụng").click()
    some = board_rows(page)
    assert 0 < len(some) < 70

    page.get_by_role("link", name="Ẩn tên để chiếu").click()
    hidden = board_rows(page)
    assert len(hidden) == len(some)
    text = page.locator("main").inner_text()
    assert not [each[0] for each in everybody if each[0] in text]
    page.get_by_role("link", name="Hiện tên").click()
    assert sorted(board_rows(page)) == sorted(some)


def test_the_most_missed_questions_are_shown_and_the_answers_released(
    site: Site, device: Callable[..., Device]
):
    desk, phone = device(**DESK), device()
    site.sign_in(phone.page, "hocvien24")
    site.go(phone.page, f"/learn/{FIRST_CLASS}/kiem-tra-cuoi-khoa")
    phone.page.get_by_role("link", name=re.compile("^Lượt 1")).click()
    expect(phone.page.locator("main")).not_to_contain_text("Đáp án đúng")

    page = desk.page
    site.sign_in(page, "giangvien")
    site.go(page, f"/teach/{FIRST_CLASS}")
    page.get_by_role("link", name="Câu hay sai").click()
    part = page.locator("h2", has_text="Kiểm tra cuối khóa")
    expect(part).to_be_visible()
    missed = page.locator(".scroll[aria-label='Kiểm tra cuối khóa'] tbody tr").evaluate_all(
        "rows => rows.map(row => row.cells[2].textContent)"
    )
    figures = [float(each.replace("%", "").replace(",", ".").strip()) for each in missed]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 0
    release = f"form[action='/teach/{FIRST_CLASS}/questions/kiem-tra-cuoi-khoa/release'] button"
    page.click(release)
    expect(page.locator(release)).to_have_count(0)
    phone.page.reload()
    expect(phone.page.locator("main")).to_contain_text("Đáp án đúng")
