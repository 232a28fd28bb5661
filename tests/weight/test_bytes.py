"""Bytes on the wire, as brotli sends them: the budgets of the pages that are opened most.

1 kB is 1,000 bytes. A page is asked for like a browser does, ``Accept-Encoding: br``, and what is
weighed is the body as sent.
"""

from __future__ import annotations

import contextvars
import re
import uuid
from dataclasses import dataclass, field

import brotli
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.auth.models import User
from app.cohorts.models import Cohort
from app.core.assets import asset_url
from app.courses import queries as course_queries
from app.courses.models import ActivityKind
from app.progress.domain.cells import Cell, CellState
from tests.auth.factories import PASSWORD, make_person
from tests.dashboards.factories import enrolments_of, set_cells
from tests.factories import make_enrolment, make_staff
from tests.pages import Browser
from tests.quizzes.factories import right_post
from tests.weight.factories import make_class

BROWSER_HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Sec-Fetch-Site": "same-origin"}
ASSET = re.compile(r'(?:href|src)="(/s/[^"]+)"')


def head_of(reply: TestResponse) -> int:
    """Return the bytes of the status line and the headers as HTTP/1.1 sends them."""
    lines = [f"HTTP/1.1 {reply.status}", *(f"{name}: {value}" for name, value in reply.headers)]
    return sum(len(line.encode()) + 2 for line in lines) + 2


@dataclass(slots=True)
class Phone:
    """A browser with a cache that adds up the bodies that come down the wire.

    Heads are left out: over HTTP/2 the second of a kind costs a few bytes. The benchmark of the
    journey counts everything between a real browser and the real server.
    """

    browser: Browser
    down: int = 0
    kept: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)

    def send(self, method: str, url: str, **options: object) -> TestResponse:
        """Send one request and weigh the reply."""
        headers = {**BROWSER_HEADERS, **options.pop("headers", {})}  # type: ignore[dict-item]
        if method == "GET" and url in self.kept:
            headers["If-None-Match"] = self.kept[url]

        def sending() -> TestResponse:
            return self.browser.client.open(url, method=method, headers=headers, **options)  # type: ignore[arg-type]

        reply = contextvars.Context().run(sending)
        self.down += len(reply.data)
        if method == "GET" and reply.status_code == 200:
            self.bodies[url] = text_of(reply)
            if "ETag" in reply.headers and "no-store" not in reply.headers["Cache-Control"]:
                self.kept[url] = reply.headers["ETag"]
        return reply

    def open(self, url: str) -> str:
        """Open a page with everything that it names, and return its text."""
        self.send("GET", url)
        page = self.bodies[url]
        for asset in ASSET.findall(page):
            if asset not in self.assets:
                self.assets.add(asset)
                self.send("GET", asset)
        return page

    def follow(self, reply: TestResponse) -> str:
        """Open where a reply leads."""
        assert reply.status_code == 303, text_of(reply)
        return self.open(reply.headers["Location"].partition("#")[0])


def text_of(reply: TestResponse) -> str:
    """Return the body as text, whatever it was packed with."""
    body = reply.data
    if reply.headers.get("Content-Encoding") == "br":
        body = brotli.decompress(body)
    return body.decode("utf-8", "replace")


def sent(browser: Browser, url: str) -> TestResponse:
    """Return the reply to a browser that takes brotli and has nothing yet."""
    return Phone(browser).send("GET", url)


def check_weight(reply: TestResponse, most: int) -> None:
    assert reply.status_code == 200
    assert reply.headers["Content-Encoding"] == "br"
    assert len(reply.data) <= most, f"{len(reply.data)} bytes"


@dataclass(frozen=True, slots=True)
class Morning:
    """A class of 70 of the shipped course, a trainer, and a learner who is about to sign in."""

    cohort: Cohort
    trainer: User
    learner: User

    @property
    def url(self) -> str:
        """Return the address of the learner's class."""
        return f"/learn/{self.cohort.slug}"


@pytest.fixture
def morning(clock: object) -> Morning:
    cohort = make_class(69)
    learner = make_person("Nguyễn Thị Ánh Nguyệt", username="nguyet.nta")
    make_enrolment(cohort, learner)
    return Morning(cohort, make_staff(cohort), learner)


@pytest.mark.parametrize("url", ["/login", "/"])
def test_the_sign_in_page_weighs_at_most_3200_bytes_with_its_style(app: Flask, url: str) -> None:
    reply = sent(Browser(app), url)
    check_weight(reply, 3200)
    if "<style>" not in text_of(reply):
        style = sent(Browser(app), asset_url("app.css"))
        assert len(reply.data) + len(style.data) <= 3200 + 2500


def test_the_pages_of_a_learner_keep_their_budgets(app: Flask, morning: Morning) -> None:
    me = Browser(app).sign_in(morning.learner)
    check_weight(sent(me, "/learn"), 1800)
    check_weight(sent(me, morning.url), 2200)


def test_every_lesson_of_the_shipped_course_weighs_at_most_4500_bytes(
    app: Flask, morning: Morning
) -> None:
    me = Phone(Browser(app).sign_in(morning.learner))
    do_test(me, f"{morning.url}/kiem-tra-dau-khoa")
    outline = course_queries.get_outline(morning.cohort.version_id)
    lessons = [each for each in outline.activities if each.kind is ActivityKind.LESSON]
    assert len(lessons) >= 5
    longest = 0
    for lesson in lessons:
        reply = sent(me.browser, f"{morning.url}/{lesson.key}")
        check_weight(reply, 4500)
        words = len(BeautifulSoup(text_of(reply), "html.parser").get_text(" ").split())
        longest = max(longest, words)
        me.send("POST", f"{morning.url}/{lesson.key}/done")
    assert longest >= 1000, "no lesson of about a thousand words was weighed"


def do_test(me: Phone, url: str, *, confirm: str = "1") -> str:
    """Do the test of that address to its end, every answer by htmx, and return its result."""
    me.open(url)
    attempt = me.send("POST", f"{url}/attempts").headers["Location"]
    page = me.open(attempt)
    number = uuid.UUID(attempt.rpartition("/")[2])
    for slot in range(1, page.count('class="q"') + page.count("class=q ") + 1):
        reply = me.send(
            "POST",
            f"{attempt}/slots/{slot}",
            data=right_post(number, slot),
            headers={"HX-Request": "true"},
        )
        assert reply.status_code == 200, text_of(reply)
    return me.follow(me.send("POST", f"{attempt}/finish", data={"confirm": confirm}))


def test_a_test_of_ten_questions_and_its_result_keep_their_budgets(
    app: Flask, morning: Morning
) -> None:
    me = Browser(app).sign_in(morning.learner)
    url = f"{morning.url}/kiem-tra-dau-khoa"
    attempt = Phone(me).send("POST", f"{url}/attempts").headers["Location"]
    reply = sent(me, attempt)
    assert len(BeautifulSoup(text_of(reply), "html.parser").select("form[id^=q]")) == 10
    check_weight(reply, 3600)
    done = Phone(me).send("POST", f"{attempt}/finish", data={"confirm": "1"})
    check_weight(sent(me, done.headers["Location"]), 2400)


def test_the_board_of_seventy_weighs_at_most_4500_bytes(app: Flask, morning: Morning) -> None:
    reply = sent(Browser(app).sign_in(morning.trainer), f"/teach/{morning.cohort.slug}")
    assert len(BeautifulSoup(text_of(reply), "html.parser").select("tbody tr")) == 70
    check_weight(reply, 4500)


def test_pages_name_htmx_once_deferred_and_every_asset_is_immutable(
    app: Flask, morning: Morning
) -> None:
    me = Browser(app).sign_in(morning.learner)
    attempt = Phone(me).send("POST", f"{morning.url}/kiem-tra-dau-khoa/attempts")
    board = Browser(app).sign_in(morning.trainer).get(f"/teach/{morning.cohort.slug}")
    test = me.get(attempt.headers["Location"])
    for page in (test, board):
        scripts = [each for each in page.all("script") if "htmx" in str(each["src"])]
        assert len(scripts) == 1
        assert all(each.has_attr("defer") for each in page.all("script"))
        for address in ASSET.findall(page.html):
            assert "immutable" in sent(me, address).headers["Cache-Control"], address
    plain = me.get("/learn")
    assert not [each for each in plain.all("script") if "htmx" in str(each["src"])]
    own = {each["src"] for page in (test, board, plain) for each in page.all("script")}
    mine = [address for address in own if "htmx" not in str(address)]
    assert sum(len(sent(me, str(address)).data) for address in mine) <= 4000


@pytest.mark.parametrize("where", ["/learn", "class", "lesson", "asset"])
def test_an_unchanged_page_costs_at_most_300_bytes_head_and_all(
    app: Flask, morning: Morning, where: str
) -> None:
    phone = Phone(Browser(app).sign_in(morning.learner))
    do_test(phone, f"{morning.url}/kiem-tra-dau-khoa")
    url = {
        "class": morning.url,
        "lesson": f"{morning.url}/t10-bai-hoc",
        "asset": asset_url("app.css"),
    }.get(where, where)
    phone.send("GET", url)
    again = phone.send("GET", url)
    assert again.status_code == 304
    assert again.data == b""
    assert head_of(again) <= 300


def journey(phone: Phone, url: str) -> int:
    """Sign in, open the class, read a lesson, do a test of ten; return the bytes down."""
    before = phone.down
    phone.open("/login")
    fields = {"login": "nguyet.nta", "password": PASSWORD}
    phone.follow(phone.send("POST", "/login", data=fields))
    phone.open(url)
    phone.open(f"{url}/t10-bai-hoc")
    assert "<h1" in do_test(phone, f"{url}/kiem-tra-cuoi-khoa")
    return phone.down - before


def test_the_journey_costs_at_most_40000_bytes_with_an_empty_cache(
    app: Flask, morning: Morning
) -> None:
    stand_before_the_final_test(morning)
    assert journey(Phone(Browser(app)), morning.url) <= 40_000


def stand_before_the_final_test(morning: Morning) -> None:
    outline = course_queries.get_outline(morning.cohort.version_id)
    done = [Cell(CellState.DONE)] * (len(outline.activities) - 1)
    set_cells(enrolments_of(morning.cohort)[-1], [*done, Cell()])


def test_a_receipt_weighs_at_most_300_bytes(app: Flask, morning: Morning) -> None:
    me = Phone(Browser(app).sign_in(morning.learner))
    attempt = me.send("POST", f"{morning.url}/kiem-tra-dau-khoa/attempts").headers["Location"]
    fields = right_post(uuid.UUID(attempt.rpartition("/")[2]), 1)
    reply = me.send("POST", f"{attempt}/slots/1", data=fields, headers={"HX-Request": "true"})
    assert reply.status_code == 200
    assert len(reply.data) <= 300
