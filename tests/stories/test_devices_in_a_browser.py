"""One learner on two devices, and what is left in a browser after signing out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.needs import chromium_path
from tests.stories.answering import answer
from tests.stories.conftest import FLAGS, PHONE, Device
from tests.stories.site import FIRST_CLASS, SECOND_CLASS, Site

pytestmark = [pytest.mark.browser, pytest.mark.story]
SAVED = re.compile(r"Đã lưu lúc")


def choices(page: Page, question: str) -> list[bool]:
    """Return which choices of a question are chosen."""
    state: list[bool] = page.eval_on_selector_all(
        f"{question} [type=radio]", "all => all.map(each => each.checked)"
    )
    return state


def test_a_second_device_goes_on_and_an_older_answer_of_the_first_never_wins(
    site: Site, device: Callable[..., Device]
):
    first, second = device(), device()
    site.sign_in(first.page, "hocvien66")
    site.go(first.page, f"/learn/{SECOND_CLASS}/kiem-tra-dau-khoa")
    first.page.get_by_role("button", name="Bắt đầu làm").click()
    first.page.wait_for_url("**/attempts/*")
    radios = first.page.locator(".q:has([type=radio])")
    asked, other = (f"#{radios.nth(at).get_attribute('id')}" for at in (0, 1))
    answer(first.page.locator(asked), 0)
    expect(first.page.locator(f"{asked} .receipt")).to_have_text(SAVED)
    first.context.set_offline(True)
    answer(first.page.locator(asked), 1)
    expect(first.page.locator("#net")).to_contain_text("1 câu đang chờ gửi")

    site.sign_in(second.page, "hocvien66")
    second.page.goto(first.page.url)
    assert choices(second.page, asked)[0]
    answer(second.page.locator(other), 1)
    expect(second.page.locator(f"{other} .receipt")).to_have_text(SAVED)
    answer(second.page.locator(asked), 0)
    answer(second.page.locator(asked), 1)
    answer(second.page.locator(asked), 0)
    expect(second.page.locator(f"{asked} .receipt")).to_have_text(SAVED)
    newest = choices(second.page, asked)

    with first.page.expect_response("**/slots/*") as sent:
        first.context.set_offline(False)
    assert sent.value.status == 200
    expect(first.page.locator("#net")).not_to_contain_text("đang chờ gửi")
    for each in (first, second):
        each.page.reload()
        assert choices(each.page, asked) == newest
        assert choices(each.page, other)[1]
        each.forgive("ERR_INTERNET_DISCONNECTED|Failed to fetch")


@pytest.fixture
def keeping_pages(driver: Playwright) -> Iterator[Browser]:
    """Start a Chromium that keeps left pages alive for Back, as people's browsers do."""
    browser = driver.chromium.launch(
        executable_path=chromium_path(),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def test_after_signing_out_nothing_private_is_left(site: Site, keeping_pages: Browser):
    context = keeping_pages.new_context(**PHONE)
    page = context.new_page()
    site.sign_in(page, "hocvien22")
    page.click(f"a[href='/learn/{FIRST_CLASS}']")
    page.click("a[href$='/t10-bai-hoc']")
    expect(page.locator("h1")).to_be_visible()
    cookies = context.cookies()
    page.locator(".me summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator("#login")).to_be_visible()
    assert not [each for each in context.cookies() if each["name"] == "th"]

    seen = page.url
    for _each in range(3):
        page.evaluate(
            "setTimeout(() => history.back())"
        )  # go_back() waits for a load, and a kept page has none
        expect(page).not_to_have_url(seen)
        seen = page.url
        expect(page.locator("body")).not_to_contain_text("Dương Thị Hảo")
        expect(page.locator("body")).not_to_contain_text("Đã xong")
        expect(page.locator("#login")).to_be_visible()
    left = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,"
        " (await indexedDB.databases()).length]"
    )
    assert left == [0, 0, 0, 0]

    context.add_cookies(cookies)
    reply = page.goto(f"{site.url}/learn/{FIRST_CLASS}")
    assert reply
    assert reply.status == 401
    expect(page.locator("#login")).to_be_visible()
    context.close()
