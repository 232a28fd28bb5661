"""The script of the test page, in a real browser, against a server that can fail on purpose."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response, redirect, render_template, render_template_string, request
from playwright.sync_api import BrowserContext, Page, Route, expect, sync_playwright
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server

from app.core.assets import asset_url, inline_css_csp, register_assets
from app.core.i18n import gettext
from app.core.markup import lang_attribute, spoken
from tests.needs import chromium_path

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TEMPLATES = Path(__file__).resolve().parents[2] / "app" / "templates"
UUID_V4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PAGE = """
{% set uses_htmx = true %}{% extends "base.html" %}
{% from "components/layout.html" import progress %}
{% from "components/quiz.html" import finish, option, ordering, question, short_text, test, timer %}
{% block title %}Kiểm tra{% endblock %}
{% block main %}<h1>Kiểm tra</h1>
{% call test(seq=17) %}{{ timer(left, 0, "Nộp trước 09:15") }}{{ progress(0, 4, "0/4") }}
{% for n in (1, 2) %}{% call question(n, "/slots/%s" % n, "Chọn gì?") %}
{{ option("radio", "a", "x", "Ích lợi") }}{{ option("radio", "a", "y", "Nghĩa vụ") }}
{% endcall %}{% endfor %}
{% call question(3, "/slots/3", "Viết gì?") %}{{ short_text("a") }}{% endcall %}
{% call question(4, "/slots/4", "Thứ tự nào?") %}{{ ordering(items) }}{% endcall %}
{% call finish("/finish", "Nộp bài") %}{% endcall %}{% endcall %}{% endblock %}
"""
RECEIPT = """
{% from "components/layout.html" import progress %}{% from "components/quiz.html" import receipt %}
{{ receipt(n, "Đã lưu, số %s" % seq, seq) }}{{ progress(done, 4, "%s/4" % done, oob=true) }}
"""

REFUSALS: dict[str, tuple[str, int]] = {
    "busy": ("", 503),
    "portal": ("<!doctype html><title>Wi-Fi</title><p>Đăng nhập Wi-Fi hội trường", 200),
    "closed": ('<div id="error"><p>Bài đã nộp lúc 14:32.</p></div>', 409),
    "unread": ('<div id="error"><p>Chỉ ghi một số.</p></div>', 422),
    "signed out": ('<div id="error">Phiên đã hết. <a href="/">Đăng nhập</a></div>', 401),
}


class Server:
    """A test page of four questions; ``mood`` says how the next answers are received."""

    def __init__(self) -> None:
        self.mood = "kind"
        self.seconds_left = 900
        self.received: list[tuple[int, MultiDict[str, str]]] = []
        self.stored: dict[int, MultiDict[str, str]] = {}
        self.finished = 0
        self.address = ""

    def show(self) -> str:
        """Return the page."""
        names = ("Đánh giá", "Thực thi", "Xây dựng")
        items = [
            SimpleNamespace(name=f"a{at}", text=text, position=None)
            for at, text in enumerate(names)
        ]
        return render_template_string(PAGE, items=items, left=self.seconds_left)

    def save(self, n: int) -> Any:
        """Receive one answer, or fail as the mood says."""
        self.received.append((n, request.form))
        if self.mood in REFUSALS:
            return REFUSALS[self.mood]
        self.stored[n] = request.form
        if self.mood == "deaf":
            return "", 502
        if not request.headers.get("HX-Request"):
            return redirect("/", 303)
        return render_template_string(RECEIPT, n=n, seq=request.form["seq"], done=len(self.stored))

    def finish(self) -> Any:
        """Receive the end of the attempt."""
        self.finished += 1
        return redirect("/done", 303)

    def sent(self, n: int) -> list[tuple[str, str]]:
        """Return the (id, number) pairs received for one question."""
        return [(each["response_id"], each["seq"]) for slot, each in self.received if slot == n]


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve the page on a free port of this machine, under the real policy."""
    it = Server()
    app = Flask("page", template_folder=str(TEMPLATES), static_folder=None)
    app.jinja_env.globals.update(
        _=gettext, asset=asset_url, help_line="", user=None, nav=[], lang="vi"
    )
    app.jinja_env.globals.update(lang_attribute=lang_attribute, spoken=spoken)
    register_assets(app)
    app.add_url_rule("/", "show", it.show)
    app.add_url_rule("/slots/<int:n>", "save", it.save, methods=["POST"])
    app.add_url_rule("/finish", "finish", it.finish, methods=["POST"])
    app.add_url_rule("/done", "done", lambda: render_template("base.html"))

    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self'; style-src 'self' {inline_css_csp()}; "
            "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'"
        )
        return response

    app.after_request(strict)
    listener = make_server("127.0.0.1", 0, app, threaded=True)
    it.address = f"http://127.0.0.1:{listener.server_port}"
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    yield it
    listener.shutdown()
    thread.join()
    listener.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Start one Chromium for this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Any) -> Iterator[BrowserContext]:
    """Open a phone."""
    phone = chromium.new_context(viewport={"width": 320, "height": 640})
    yield phone
    phone.close()


@pytest.fixture
def page(context: BrowserContext, server: Server) -> Iterator[Page]:
    """Open the test page; afterwards nothing may have broken the policy or the script."""
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    tab.goto(server.address)
    yield tab
    assert [each for each in complaints if "Content Security" in each or "uncaught" in each] == []


def choose(page: Page, question: int, words: str) -> None:
    """Touch an option."""
    page.locator(f"#q{question} label", has_text=words).click()


def test_a_choice_is_saved_by_itself_and_the_receipt_shown(page: Page, server: Server):
    choose(page, 1, "Nghĩa vụ")
    expect(page.locator("#r1")).to_have_text("Đã lưu, số 18")
    expect(page.locator("#progress")).to_contain_text("1/4")
    assert server.stored[1]["a"] == "y"
    assert UUID_V4.fullmatch(server.stored[1]["response_id"])


def test_the_button_of_each_question_is_for_browsers_without_script(page: Page):
    expect(page.locator("#q1 .save")).to_be_hidden()


def test_an_answer_given_before_the_script_arrived_is_sent_when_it_is_here(
    page: Page, server: Server
):
    held: list[Route] = []
    page.route("**/s/htmx*", lambda route: held.append(route))  # noqa: PLW0108
    page.goto(server.address, wait_until="commit")
    choose(page, 1, "Nghĩa vụ")
    assert server.sent(1) == []
    held[0].continue_()
    expect(page.locator("#r1")).to_have_text("Đã lưu, số 18")
    assert server.stored[1]["a"] == "y"


def test_typed_text_is_saved_on_leaving_the_field_and_only_once(page: Page, server: Server):
    page.fill("#q3 input", "họp báo")
    page.press("#q3 input", "Tab")
    expect(page.locator("#r3")).to_contain_text("số 18")
    page.press("#q3 input", "Enter")
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1")).to_contain_text("số 19")
    assert len(server.sent(3)) == 1


def test_typed_text_is_saved_after_a_pause(page: Page, server: Server):
    page.locator("#q3 input").press_sequentially("họp")
    expect(page.locator("#r3")).to_contain_text("số 18")
    assert server.stored[3]["a"] == "họp"


def test_an_answer_whose_reply_was_lost_goes_again_under_the_same_number(
    page: Page, server: Server
):
    server.mood = "deaf"
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1")).to_contain_text("sẽ tự gửi lại")
    expect(page.locator("#net")).to_contain_text("1 câu đang chờ gửi")
    server.mood = "kind"
    expect(page.locator("#r1")).to_have_text("Đã lưu, số 18", timeout=10_000)
    pairs = server.sent(1)
    assert len(pairs) > 1
    assert len(set(pairs)) == 1


def test_answers_given_without_network_are_sent_when_it_is_back(
    page: Page, context: BrowserContext, server: Server
):
    context.set_offline(True)
    choose(page, 1, "Ích lợi")
    choose(page, 2, "Nghĩa vụ")
    expect(page.locator("#net")).to_contain_text("2 câu đang chờ gửi")
    choose(page, 1, "Nghĩa vụ")
    context.set_offline(False)
    expect(page.locator("#r1")).to_contain_text("Đã lưu")
    expect(page.locator("#r2")).to_contain_text("Đã lưu")
    assert [server.stored[n]["a"] for n in (1, 2)] == ["y", "y"]
    expect(page.locator("#net")).to_contain_text("mọi câu trả lời đã được lưu")


def test_a_page_that_is_not_a_receipt_is_not_taken_for_one(page: Page, server: Server):
    server.mood = "portal"
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1")).to_contain_text("sẽ tự gửi lại")
    expect(page.locator("body")).not_to_contain_text("Wi-Fi")


def test_a_refusal_shows_the_servers_sentence_and_is_not_asked_again(page: Page, server: Server):
    server.mood = "closed"
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1")).to_have_text("Bài đã nộp lúc 14:32.")
    server.mood = "kind"
    choose(page, 2, "Ích lợi")
    expect(page.locator("#r2")).to_contain_text("Đã lưu")
    assert len(server.sent(1)) == 1


def test_submitting_points_once_at_what_was_refused(page: Page, server: Server):
    server.mood = "unread"
    page.fill("#q3 input", "bảy mươi")
    page.get_by_role("button", name="Nộp bài").click()
    expect(page.locator("#q3 input")).to_be_focused()
    expect(page.locator("#r3")).to_have_text("Chỉ ghi một số.")
    expect(page.locator("#net")).to_have_text("Chỉ ghi một số.")
    assert server.finished == 0
    page.get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/done")
    assert server.finished == 1


def test_after_signing_in_again_beside_the_page_the_answer_goes_by_itself(
    page: Page, server: Server
):
    server.mood = "signed out"
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1 a")).to_have_attribute("target", "_blank")
    server.mood = "kind"
    page.evaluate("document.dispatchEvent(new Event('visibilitychange', {bubbles: true}))")
    expect(page.locator("#r1")).to_contain_text("Đã lưu")
    assert len(set(server.sent(1))) == 1


def test_leaving_with_an_unsent_answer_is_asked_about(page: Page, server: Server):
    server.mood = "busy"
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1")).to_contain_text("sẽ tự gửi lại")
    with page.expect_event("dialog") as asked:
        page.evaluate("setTimeout(() => location.reload())")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_submitting_waits_for_what_is_unsent(page: Page, server: Server):
    server.mood = "busy"
    choose(page, 1, "Ích lợi")
    expect(page.locator("#r1")).to_contain_text("sẽ tự gửi lại")
    page.click("#finish button")
    expect(page.locator("#net")).to_contain_text("Đừng đóng trang này")
    assert server.finished == 0
    server.mood = "kind"
    page.wait_for_url("**/done", timeout=10_000)
    assert (server.finished, server.stored[1]["a"]) == (1, "x")


def test_rows_are_ordered_by_buttons_and_by_numbers(page: Page, server: Server):
    page.click("#q4 .item >> nth=1 >> [data-move='-1']")
    expect(page.locator("#net")).to_have_text("Đã chuyển đến vị trí 1/3.")
    expect(page.locator("#r4")).to_contain_text("Đã lưu")
    assert [server.stored[4][name] for name in ("a0", "a1", "a2")] == ["2", "1", "3"]
    assert page.evaluate("document.activeElement.dataset.move") == "-1"
    page.select_option("#q4 .item >> nth=2 >> select", "1")
    expect(page.locator("#r4")).to_contain_text("số 19")
    assert [server.stored[4][name] for name in ("a0", "a1", "a2")] == ["3", "2", "1"]


def test_at_the_end_of_the_time_what_was_typed_is_sent_and_the_test_submitted(
    page: Page, server: Server
):
    server.seconds_left = 4
    page.goto(server.address)
    page.fill("#q3 input", "kịp giờ")
    page.wait_for_url("**/done", timeout=15_000)
    assert (server.finished, server.stored[3]["a"]) == (1, "kịp giờ")


def test_everything_works_with_script_off(chromium: Any, server: Server):
    phone = chromium.new_context(java_script_enabled=False)
    page = phone.new_page()
    page.goto(server.address)
    choose(page, 1, "Nghĩa vụ")
    page.click("#q1 .save")
    page.select_option("#q4 .item >> nth=0 >> select", "3")
    page.click("#q4 .save")
    assert server.stored[1].to_dict() == {"a": "y"}
    assert server.stored[4]["a0"] == "3"
    expect(page.locator("#q4 [data-move='1']").first).to_be_hidden()
    page.click("#finish button")
    assert server.finished == 1
    phone.close()
