"""A learner's day on a phone, through the real pages of the real server."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.needs import pdftotext_path
from tests.stories.answering import answer
from tests.stories.conftest import Device
from tests.stories.site import FIRST_CLASS, SECOND_CLASS, Site

pytestmark = [pytest.mark.browser, pytest.mark.story]
SAVED = re.compile(r"Đã lưu lúc \d\d:\d\d:\d\d, số \d+")


def checked(page: Page) -> list[bool]:
    """Return which choices of the page are chosen."""
    state: list[bool] = page.eval_on_selector_all(
        "[type=radio],[type=checkbox]", "all => all.map(each => each.checked)"
    )
    return state


def press_too_early(page: Page) -> None:
    page.get_by_role("button", name="Trả lời").click()
    expect(page.locator("#card form [role=alert]")).to_be_focused()


def test_a_learner_takes_the_pre_test_reads_a_lesson_and_practises(
    site: Site, device: Callable[..., Device]
):
    phone = device()
    page = phone.page
    site.sign_in(page, "hocvien62")
    expect(page.locator("h1")).to_have_text("Lớp của tôi")
    page.click(f"a[href='/learn/{SECOND_CLASS}']")
    expect(page.locator("#progress")).to_contain_text("Đã xong 0/12")
    page.get_by_role("link", name="Bắt đầu: Kiểm tra đầu khóa").click()
    expect(page.locator("main")).to_contain_text("15 phút")
    page.get_by_role("button", name="Bắt đầu làm").click()

    for number in range(1, 5):
        answer(page.locator(f"#q{number}"))
        expect(page.locator(f"#r{number}")).to_have_text(SAVED)
    expect(page.locator("#progress")).to_contain_text("Đã trả lời 4/10")
    before = checked(page)
    page.reload()
    assert checked(page) == before
    expect(page.locator("#r1")).to_have_text(SAVED)

    phone.context.set_offline(True)
    for number in range(5, 8):
        answer(page.locator(f"#q{number}"))
    expect(page.locator("#net")).to_contain_text("3 câu đang chờ gửi")
    phone.context.set_offline(False)
    for number in range(5, 8):
        expect(page.locator(f"#r{number}")).to_have_text(SAVED)
    expect(page.locator("#progress")).to_contain_text("Đã trả lời 7/10")

    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("h1")).to_have_text("Còn 3 câu chưa trả lời. Vẫn nộp bài?")
    page.get_by_role("link", name="Không, quay lại").click()
    for number in range(8, 11):
        answer(page.locator(f"#q{number}"))
        expect(page.locator(f"#r{number}")).to_have_text(SAVED)
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("h1")).to_have_text("Kết quả: Kiểm tra đầu khóa")
    expect(page.locator("main")).to_contain_text("sau khi giảng viên công bố")
    expect(page.locator("main")).not_to_contain_text("Đáp án đúng")

    page.get_by_role("link", name="Về lớp học").last.click()
    expect(page.locator("#progress")).to_contain_text("Đã xong 1/12")
    page.get_by_role("link", name=re.compile("^Làm tiếp")).click()
    page.get_by_role("button", name="Đã học xong").click()
    expect(page.locator("h1")).to_contain_text("Luyện tập")

    page.get_by_role("button", name="Bắt đầu làm").click()
    questions = int(page.locator("#progress progress").get_attribute("max") or 0)
    for number in range(1, questions + 1):
        expect(page.locator("#progress")).to_contain_text(f"Câu {number} trên {questions}")
        if number == 1:
            press_too_early(page)
        answer(page.locator("#card"), choice=number)
        page.get_by_role("button", name="Trả lời").click()
        expect(page.locator("#card .note h2")).to_be_focused()
        if number < questions:
            page.get_by_role("link", name="Câu tiếp theo").click()
            expect(page.locator("#card legend")).to_be_focused()
    page.get_by_role("link", name="Xem kết quả luyện tập").click()
    expect(page.locator("main")).to_contain_text("Đáp án đúng")
    phone.forgive("ERR_INTERNET_DISCONNECTED|Failed to fetch|status of 422")


def test_who_finished_opens_the_certificate_and_anybody_verifies_it(
    site: Site, device: Callable[..., Device], tmp_path: Path
):
    page = device().page
    site.sign_in(page, "hocvien01")
    page.click(f"a[href='/learn/{FIRST_CLASS}']")
    page.get_by_role("link", name="Xem giấy chứng nhận").click()
    expect(page.locator("main")).to_contain_text("Nguyễn Thị Ánh Tuyết")
    expect(page.locator("svg#qr")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải PDF").click()
    paper = tmp_path / "paper.pdf"
    download.value.save_as(paper)
    text = subprocess.run(
        [pdftotext_path(), "-layout", str(paper), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "Nguyễn Thị Ánh Tuyết" in text

    address = page.get_by_role("link", name="Mở trang xác minh").get_attribute("href") or ""
    stranger = device().page
    site.go(stranger, address)
    expect(stranger.locator("main")).to_contain_text("hợp lệ")
    expect(stranger.locator("main")).not_to_contain_text("Nguyễn Thị Ánh Tuyết")
