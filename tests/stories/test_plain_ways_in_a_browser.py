"""The same way for everybody: script off, keys only, a narrow phone, English."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.stories.answering import answer, answer_by_keys, tab_to
from tests.stories.conftest import Device
from tests.stories.site import PASSWORD, SECOND_CLASS, Site

pytestmark = [pytest.mark.browser, pytest.mark.story]
VIETNAMESE_LETTERS = re.compile("[À-ỹ]")
READER = "Khuất Duy Tiễn"
"""The name of hocvien65."""
OUTLINE = f"/learn/{SECOND_CLASS}"
SAVED = re.compile(r"Đã lưu lúc")


def test_the_core_path_works_with_script_off(site: Site, device: Callable[..., Device]):
    page = device(java_script_enabled=False).page
    site.sign_in(page, "hocvien63")
    page.click(f"a[href='{OUTLINE}']")
    page.get_by_role("link", name="Bắt đầu").click()
    page.get_by_role("button", name="Bắt đầu làm").click()
    page.wait_for_url("**/form")
    for number in range(1, 7):
        answer(page.locator(f"#q{number}"))
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#progress")).to_contain_text("Đã trả lời 6/10")
    expect(page.locator("#q1 .receipt")).to_have_text(SAVED)
    for number in range(7, 10):
        answer(page.locator(f"#q{number}"))
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("h1")).to_have_text("Còn 1 câu chưa trả lời. Vẫn nộp bài?")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("h1")).to_have_text("Kết quả: Kiểm tra đầu khóa")

    page.get_by_role("link", name="Về lớp học").last.click()
    page.get_by_role("link", name="Làm tiếp").click()
    page.get_by_role("button", name="Đã học xong").click()
    page.get_by_role("button", name="Bắt đầu làm").click()
    for _each in range(2):
        answer(page.locator("#card"))
        page.get_by_role("button", name="Trả lời").click()
        expect(page.locator("#card .note h2")).to_be_visible()
        page.get_by_role("link", name="Câu tiếp theo").click()
    expect(page.locator("#progress")).to_contain_text("Câu 3")


def test_the_core_path_works_with_keys_only(site: Site, device: Callable[..., Device]):
    page = device(viewport={"width": 1280, "height": 800}, has_touch=False, is_mobile=False).page
    site.go(page, "/login")
    tab_to(page, "#login")
    page.keyboard.type("hocvien64")
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    enter_at(page, f"a[href='{OUTLINE}']")
    enter_at(page, "main a.btn")
    enter_at(page, "main form button")
    for number in range(1, 11):
        tab_to(page, f"#q{number} :is(input,select)")
        answer_by_keys(page)
        expect(page.locator(f"#r{number}")).to_have_text(SAVED)
    enter_at(page, "#finish button")
    expect(page.locator("h1")).to_have_text("Kết quả: Kiểm tra đầu khóa")
    enter_at(page, "main .act a.btn")
    enter_at(page, "main a.btn")
    enter_at(page, "main form button")
    expect(page.locator("h1")).to_contain_text("Luyện tập")
    enter_at(page, "main form button")
    for _each in range(2):
        expect(page.locator("#card legend")).to_be_focused()
        page.keyboard.press("Tab")
        answer_by_keys(page)
        tab_to(page, "#card button:not([type])")
        page.keyboard.press("Enter")
        expect(page.locator("#card .note h2")).to_be_focused()
        tab_to(page, "#card a.btn")
        page.keyboard.press("Enter")


def enter_at(page: Page, selector: str) -> None:
    """Go to a link or button by Tab and press Enter."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_whole_way_in_english(site: Site, device: Callable[..., Device]):
    page = device().page
    site.go(page, "/login")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    site.sign_in(page, "hocvien65")
    look_for_vietnamese(page)
    page.click(f"a[href='{OUTLINE}']")
    look_for_vietnamese(page)
    page.locator("main a.btn").first.click()
    look_for_vietnamese(page)
    page.locator("main form button").click()
    answer(page.locator("#q1"))
    expect(page.locator("#r1")).to_have_text(re.compile(r"\d\d:\d\d:\d\d"))
    look_for_vietnamese(page)
    page.locator("#finish button").click()
    look_for_vietnamese(page)
    page.locator("main form button").click()
    expect(page.locator("main .note")).to_be_visible()
    look_for_vietnamese(page)
    site.go(page, f"{OUTLINE}/t10-bai-hoc")
    look_for_vietnamese(page)
    site.go(page, "/account")
    look_for_vietnamese(page)


def look_for_vietnamese(page: Page) -> None:
    """Fail where words of the program (not of the course, not of a person) are Vietnamese."""
    words = page.eval_on_selector_all(
        "button:not([lang]), label:not(.pick):not(.pair), nav a, .hint, .receipt, .timer, .tag, "
        "#progress, .skip, summary",
        "all => all.map(each => each.cloneNode(true)).map(each => {"
        " each.querySelectorAll('.vh, [lang], .lab').forEach(part => part.remove());"
        " return each.textContent })",
    )
    strange = [each for each in words if VIETNAMESE_LETTERS.search(each.replace(READER, ""))]
    assert not strange
