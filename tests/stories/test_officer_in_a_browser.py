"""An officer from the completion rule to the certificates, and what the public then sees."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.needs import pdftotext_path
from tests.stories.conftest import Device
from tests.stories.site import FIRST_CLASS, SECOND_CLASS, Site

pytestmark = [pytest.mark.browser, pytest.mark.story]
DESK = {"viewport": {"width": 1280, "height": 800}, "has_touch": False, "is_mobile": False}


def text_of(pdf: Path) -> str:
    """Return the words of a PDF."""
    command = [pdftotext_path(), "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def fetched(page: Page, link: str, folder: Path) -> Path:
    """Follow a link to a file and return where it was saved."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_completion_rule_must_ask_for_something(site: Site, device: Callable[..., Device]):
    desk = device(**DESK)
    page = desk.page
    site.sign_in(page, "canbo")
    site.go(page, f"/cohorts/{SECOND_CLASS}/rule")
    boxes = page.locator("main [type=checkbox]")
    for at in range(boxes.count()):
        boxes.nth(at).uncheck()
    page.get_by_role("button", name="Lưu điều kiện").click()
    expect(page.locator("#errors")).to_be_focused()
    boxes.first.check()
    page.get_by_role("button", name="Lưu điều kiện").click()
    expect(page.locator("#errors")).to_have_count(0)
    expect(boxes.first).to_be_checked()
    expect(boxes.last).not_to_be_checked()
    desk.forgive("422")


def test_names_are_settled_certificates_issued_printed_revoked_and_the_public_told(
    site: Site, device: Callable[..., Device], tmp_path: Path
):
    page = device(**DESK).page
    site.sign_in(page, "canbo")
    site.go(page, f"/cohorts/{FIRST_CLASS}")
    notice = page.locator(".note", has_text="báo sai họ tên")
    notice.get_by_role("link").click()
    page.fill("#printed_name", "Phạm Thị Thúy Hằng")
    page.get_by_role("button", name="Lưu họ tên").click()
    expect(page.locator(".note", has_text="báo sai họ tên")).to_have_count(0)

    site.go(page, f"/cohorts/{FIRST_CLASS}/certificates")
    issued = int(page.locator(".stats b").first.inner_text())
    page.fill("#decision_number", "131/QĐ-SKHCN")
    page.fill("#decision_on", "2026-11-20")
    page.check("#on_paper")
    page.get_by_role("button", name="Xem trước khi cấp").click()
    heading = re.compile(r"Cấp ([3-9]) giấy chứng nhận")
    expect(page.locator("h1")).to_have_text(heading)
    new = int(heading.search(page.locator("h1").inner_text())[1])  # type: ignore[index]
    expect(page.locator("main")).to_contain_text("Phạm Thị Thúy Hằng")
    page.get_by_role("button", name="Cấp ngay").click()
    expect(page.locator("[role=status]")).to_contain_text(f"Đã cấp {new} giấy chứng nhận")
    expect(page.locator(".stats b").first).to_have_text(str(issued + new))

    shown = page.get_by_role("link", name="Một tệp PDF để in").get_attribute("href")
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(page.request.get(f"{site.url}{shown}").body())
    book = text_of(printed)
    assert "Phạm Thị Thúy Hằng" in book
    assert "Giàng A Sùng" in book
    with zipfile.ZipFile(fetched(page, "Từng tệp, nén ZIP", tmp_path)) as archive:
        papers = archive.namelist()
        assert archive.testzip() is None
    assert len([each for each in papers if each.endswith(".pdf")]) >= issued

    row = page.locator("tr", has_text="Phạm Thị Thúy Hằng")
    row.get_by_role("link").first.click()
    verify = page.get_by_role("link", name="Mở trang xác minh").get_attribute("href") or ""
    stranger = device().page
    site.go(stranger, verify)
    expect(stranger.locator("h1")).to_have_text("Giấy chứng nhận hợp lệ")

    page.get_by_role("link", name="Thu hồi").click()
    page.fill("#reason", "Cấp nhầm người, đã lập biên bản.")
    page.check("#is_sure")
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.locator("main")).to_contain_text(re.compile("Đã thu hồi"))
    stranger.reload()
    expect(stranger.locator("h1")).to_have_text("Giấy chứng nhận đã bị thu hồi")
    expect(stranger.locator("main")).not_to_contain_text("Cấp nhầm người")
    expect(stranger.locator("main")).not_to_contain_text("Phạm Thị Thúy Hằng")
