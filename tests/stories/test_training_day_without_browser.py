"""A whole training day with nothing but pages and forms: no script, no row put in by hand."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.auth.models import Role
from app.courses.cli import group
from tests.auth.factories import PASSWORD, make_person
from tests.certificates.factories import VALUES
from tests.pages import Browser, Page
from tests.quizzes.factories import right_post

COURSE = Path(__file__).resolve().parents[2] / "seed" / "courses" / "truyen-thong-chinh-sach"
CLASS = "ttcs-01-2026"
NAME = "Hoàng Thị Ỷ Lan"

Browsers = Callable[[], Browser]


@dataclass(slots=True)
class Day:
    """Who is there, each at a browser of their own."""

    officer: Browser
    trainer: Browser
    learner: Browser
    public: Browser


def chosen(page: Page, select: str, words: str) -> str:
    """Return the value of the choice that says this."""
    options = page.all(f"select[name='{select}'] option")
    return next(str(each["value"]) for each in options if words in each.get_text())


def sent(browser: Browser, page: Page, selector: str, **fields: Any) -> Page:
    """Fill a form of a page, send it as a browser would, and follow where it leads."""
    form = page.one(selector)
    values = {**page.form(selector), **fields}
    url = str(form.get("action") or page.response.request.path)
    if form.get("method", "get") == "get":
        return browser.get(url, query_string=values)
    reply = browser.post(url, values, status=None)
    assert reply.status in {200, 303}, f"{url}: {reply.status} {reply.text[:900]}"
    return browser.follow(reply) if reply.status == 303 else reply


def open_class(officer: Browser) -> None:
    """Say who issues certificates, open a class of the shipped course, and set its rule."""
    issuer = {name: getattr(VALUES, name) for name in VALUES.__slots__}
    settings = officer.get("/certificates/settings")
    sent(officer, settings, "main form", **issuer)
    new = officer.get("/cohorts/new")
    page = sent(
        officer,
        new,
        "main form",
        code="TTCS-01/2026",
        version=chosen(new, "version", "Truyền thông chính sách"),
        starts_on="2026-11-23",
        ends_on="2026-11-24",
        place="Hội trường Sở Khoa học và Công nghệ",
        organiser="Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
        sites="Hội trường Sở\nUBND xã Ba Bể",
    )
    assert "TTCS-01/2026" in page.text
    rule = officer.get(f"/cohorts/{CLASS}/rule")
    sent(officer, rule, "main form")


def appoint_trainer(officer: Browser, trainer: Browser) -> None:
    """Make an account for the trainer, who signs in once and sets a password of her own."""
    staff = officer.get(f"/cohorts/{CLASS}/staff")
    form = "form[action$='/staff/accounts']"
    page = sent(
        officer,
        staff,
        form,
        **{
            "new-full_name": "Trần Thị Bình",
            "new-username": "binh.tt",
            "new-duty": "trainer",
        },
    )
    password = page.all("main dd")[-1].get_text(strip=True)
    login = trainer.get("/login")
    asked = sent(trainer, login, "form[action='/login']", login="binh.tt", password=password)
    assert "mật khẩu" in asked.one("h1").get_text().lower()
    first = sent(trainer, asked, "main form", new=PASSWORD, again=PASSWORD, old=password)
    assert "TTCS-01/2026" in first.text


def enrol(officer: Browser) -> str:
    """Enrol the learner and return the code on the slip that is printed for her."""
    new = officer.get(f"/cohorts/{CLASS}/learners/new")
    form = f"form[action='/cohorts/{CLASS}/learners']"
    page = sent(
        officer,
        new,
        form if new.all(form) else "main form",
        full_name=NAME,
        birth="05/02/1985",
        unit_name="Phòng Văn hóa - Xã hội xã Ba Bể",
        position_title="Chuyên viên",
        site=chosen(new, "site", "Ba Bể"),
    )
    assert NAME in page.text
    slips = sent(officer, officer.get(f"/cohorts/{CLASS}/slips"), "main form")
    assert NAME in slips.one(".slip").get_text(" ")
    return slips.one(".slip .code").get_text(strip=True)


def keys_of_activities(outline: Page) -> list[str]:
    """Return the activities that the outline leads to, in order."""
    found = []
    for link in outline.all("main a[href]"):
        key = re.fullmatch(f"/learn/{CLASS}/([a-z0-9-]+)", str(link["href"]))
        if key and key[1] not in found and key[1] != "certificate":
            found.append(key[1])
    return found


def fields_of(attempt: str, numbers: range) -> dict[str, Any]:
    """Return the right answers of a test as one form posts them."""
    attempt_id = uuid.UUID(attempt.split("/")[2])
    return {
        f"q{number}.{name}": values
        for number in numbers
        for name, values in right_post(attempt_id, number).items()
    }


def do_test(learner: Browser, door: Page) -> Page:
    """Do a test by its one form: save half, come back, fill in the rest and hand in."""
    opened = sent(learner, door, "main form")
    refresh = opened.one("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]")
    form_url = str(refresh["content"]).partition("url=")[2]
    form = learner.get(form_url)
    count = len(form.all("fieldset, .q"))
    assert count >= 10
    half = fields_of(form_url, range(1, 6))
    page = learner.follow(learner.post(form_url, {**half, "save": "1"}))
    assert "5/10" in page.text
    reply = learner.post(form_url, {**fields_of(form_url, range(1, 11)), "finish": "1"})
    return learner.follow(reply)


def do_practice(learner: Browser, door: Page) -> Page:
    """Answer the questions of a practice one by one; each shows its feedback."""
    page = sent(learner, door, "main form")
    for _question in range(40):
        forms = [each for each in page.all("main form") if "/slots/" in str(each.get("action"))]
        if not forms:
            page = learner.get(page.link("Câu tiếp theo").partition("#")[0])
            continue
        url = str(forms[0]["action"])
        attempt_id, number = uuid.UUID(url.split("/")[2]), int(url.rpartition("/")[2])
        reply = learner.post(url, right_post(attempt_id, number))
        page = learner.get(reply.location, status=None)
        if page.status == 303:  # that was the last one
            return learner.follow(page)
        assert "Đúng" in page.text
    message = "the practice does not end"
    raise AssertionError(message)


def learn_everything(learner: Browser) -> None:
    """Go through the outline: tests, lessons, practices, as each opens."""
    done: set[str] = set()
    for _round in range(40):
        outline = learner.get(f"/learn/{CLASS}")
        ahead = [key for key in keys_of_activities(outline) if key not in done]
        if not ahead:
            return
        for key in ahead:
            page = learner.get(f"/learn/{CLASS}/{key}", status=None)
            if page.status == 403:
                continue
            if page.all("form[action$='/done']"):
                sent(learner, page, "form[action$='/done']")
            elif key.startswith("kiem-tra"):
                result = do_test(learner, page)
                assert "10/10" in result.text or "Đạt" in result.text
            else:
                assert "điểm" in do_practice(learner, page).text
            done.add(key)
    message = f"the outline does not end: {done}"
    raise AssertionError(message)


def issue(officer: Browser) -> None:
    page = officer.get(f"/cohorts/{CLASS}/certificates")
    asked = sent(
        officer,
        page,
        "form[action$='/certificates/confirm']",
        decision_number="128/QĐ-SKHCN",
        decision_on="2026-11-20",
    )
    assert NAME in asked.text
    issued = sent(officer, asked, "main form[method=post]")
    assert "001/2026/GCN-SKHCN" in issued.text


@pytest.fixture
def day(browser: Browsers, clock: object) -> Day:
    """Import the course by the command line; the officer has an account from ``init``."""
    result = CliRunner().invoke(group, ["import", str(COURSE), "--publish"])
    assert result.exit_code == 0, result.output
    make_person("Lê Thị Hạnh", username="canbo", roles=Role.OFFICER)
    day = Day(*(browser() for _ in range(4)))
    login = day.officer.get("/login")
    sent(day.officer, login, "form[action='/login']", login="canbo", password=PASSWORD)
    return day


def test_a_training_day_from_the_roster_to_the_certificate_without_script(day: Day) -> None:
    open_class(day.officer)
    appoint_trainer(day.officer, day.trainer)
    code = enrol(day.officer)

    first = sent(day.learner, day.learner.get("/login"), "form[action='/login/code']", code=code)
    assert "Truyền thông chính sách" in first.text
    outline = day.learner.get(f"/learn/{CLASS}")
    assert NAME in outline.text
    sent(day.learner, outline, "form[action$='/name/confirmation']")
    learn_everything(day.learner)

    board = day.trainer.get(f"/teach/{CLASS}?names=1")
    assert "Lan" in board.text
    questions = day.trainer.get(f"/teach/{CLASS}/questions")
    assert "Kiểm tra cuối khóa" in questions.text

    issue(day.officer)
    mine = day.learner.get(f"/learn/{CLASS}/certificate")
    assert NAME in mine.text
    paper = day.learner.client.get(f"/learn/{CLASS}/certificate.pdf").data
    assert paper.startswith(b"%PDF-")
    assert day.learner.client.get(f"/learn/{CLASS}/certificate.pdf").data == paper

    found = re.search(r"/verify/(\w+)", mine.html)
    assert found is not None
    verified = day.public.get(f"/verify/{found[1]}")
    assert "Hoàng T. Ỷ. L." in verified.text
    assert NAME not in verified.text
    assert not verified.all(".note.err")

    register = day.officer.get("/certificates/register")
    certificate = next(
        str(each["href"])
        for each in register.all("main a[href^='/certificates/']")
        if re.fullmatch(r"/certificates/[0-9a-f-]{36}", str(each["href"]))
    )
    asked = day.officer.get(f"{certificate}/revoke")
    sent(day.officer, asked, "main form", reason="Cấp nhầm đối tượng", is_sure="y")
    revoked = day.public.get(f"/verify/{found[1]}")
    assert revoked.one("h1").get_text() != verified.one("h1").get_text()
    assert "thu hồi" in revoked.text
    assert "Cấp nhầm đối tượng" not in revoked.text
    assert "thu hồi" in day.learner.get(f"/learn/{CLASS}/certificate").text
