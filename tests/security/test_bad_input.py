"""Bad input gets a sentence in the reader's language, a status of its kind, and changes nothing."""

from __future__ import annotations

import contextvars
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from app.auth.models import User
from app.core.db import db, transaction
from app.core.i18n import Language, use_language
from app.courses.cli import group
from tests.courses.packages import right_package, spoilt, write_folder
from tests.pages import Browser, Page
from tests.security.requests import ask_for
from tests.security.world import World, changed_tables, finish, make_world, rows_of_all_tables

VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯà-ãè-êìíò-õùúýĩũ\u1ea0-\u1ef9]")
SIGN = re.compile(r"\d+/\S+|Hoạt động \S+")  # an example and a title, not the program's words
INSIDE = re.compile(r"Traceback|File \"|sqlalchemy|werkzeug", re.IGNORECASE)
COUNTERS = {"sign_in_throttle", "audit_entry"}  # that somebody tried is itself kept


@dataclass(frozen=True, slots=True)
class Bad:
    """One request that cannot be met: who sends what where, and with which status it comes back.

    ``first`` is done before it.
    """

    name: str
    actor: str
    status: int
    path: Callable[[World], str]
    data: dict[str, Any]
    first: Callable[[World, Any], None] = lambda _world, _clock: None

    def __str__(self) -> str:
        """Return the name of the case."""
        return self.name


def _at(path: str) -> Callable[[World], str]:
    return lambda _world: path


def _attempt(rest: str) -> Callable[[World], str]:
    return lambda world: f"/attempts/{world.open_attempt}{rest}"


def _learn(rest: str) -> Callable[[World], str]:
    return lambda world: f"/learn/{world.cohort.slug}{rest}"


def _cohort(rest: str) -> Callable[[World], str]:
    return lambda world: f"/cohorts/{world.cohort.slug}{rest}"


def _paper(rest: str) -> Callable[[World], str]:
    return lambda world: f"/certificates/{world.certificate}{rest}"


def _hand_in(world: World, _clock: Any) -> None:
    finish(world.open_attempt, world.enrolments["learner"])


def _let_time_pass(_world: World, clock: Any) -> None:
    clock.forward(minutes=45)


OTHER = str(uuid.UUID(int=7))
CASES = [
    Bad("wrong password", "nobody", 401, _at("/login"), {"login": "vao.lop", "password": "sai"}),
    Bad("unknown user", "nobody", 401, _at("/login"), {"login": "khong.co", "password": "sai"}),
    Bad("no password", "nobody", 422, _at("/login"), {"login": "vao.lop"}),
    Bad("nothing typed", "nobody", 422, _at("/login"), {}),
    Bad("unknown code", "nobody", 401, _at("/login/code"), {"code": "AAAA-BBBB-CC"}),
    Bad("a code that is none", "nobody", 401, _at("/login/code"), {"code": "?"}),
    Bad("no code", "nobody", 422, _at("/login/code"), {}),
    Bad("unknown slip", "nobody", 404, _at("/login/slip/khong-co"), {}),
    Bad("weak password", "learner", 422, _at("/account/password"), {"new": "1", "again": "1"}),
    Bad("two passwords", "learner", 422, _at("/account/password"), {"new": "ba", "again": "bốn"}),
    Bad("no such session", "learner", 404, _at(f"/account/sessions/{OTHER}/end"), {}),
    Bad("late answer", "learner", 410, _attempt("/slots/1"), {"a": "0"}, _let_time_pass),
    Bad("late form", "learner", 410, _attempt("/form"), {"q1.a": "0", "save": "1"}, _let_time_pass),
    Bad("slot too high", "learner", 404, _attempt("/slots/99"), {"a": "0"}),
    Bad("slot of another", "neighbour", 404, _attempt("/slots/1"), {"a": "0"}),
    Bad("attempt of nobody", "learner", 404, _at(f"/attempts/{OTHER}/slots/1"), {"a": "0"}),
    Bad("no answer", "learner", 422, _attempt("/slots/1"), {}),
    Bad("half a receipt", "learner", 422, _attempt("/slots/1"), {"a": "0", "seq": "4"}),
    Bad(
        "huge number",
        "learner",
        422,
        _attempt("/slots/1"),
        {"a": "0", "seq": "9" * 40, "response_id": OTHER},
    ),
    Bad("answer after handing in", "learner", 409, _attempt("/slots/1"), {"a": "0"}, _hand_in),
    Bad("second submit", "learner", 409, _attempt("/finish"), {"confirm": "1"}, _hand_in),
    Bad("locked lesson", "outsider", 403, lambda w: f"/learn/{w.other_cohort.slug}/bai-2/done", {}),
    Bad("a test is no lesson", "learner", 404, _learn("/cuoi-khoa/done"), {}),
    Bad("no such activity", "learner", 404, _learn("/khong-co/done"), {}),
    Bad("no such class", "learner", 404, _at("/learn/khong-co/bai-1/done"), {}),
    Bad("empty remark", "learner", 422, _learn("/name/remark"), {"remark": "  "}),
    Bad("long remark", "learner", 422, _learn("/name/remark"), {"remark": "x" * 301}),
    Bad("empty name", "officer", 422, _cohort("/names/1"), {"printed_name": " "}),
    Bad("no such learner", "officer", 404, _cohort("/names/99"), {"printed_name": "A B"}),
    Bad("empty rule", "officer", 422, _cohort("/rule"), {}),
    Bad("no decision", "officer", 422, _cohort("/certificates"), {}),
    Bad("no reason", "officer", 422, _paper("/revoke"), {"is_sure": "y"}),
    Bad("not sure", "officer", 422, _paper("/revoke"), {"reason": "Sai"}),
    Bad("no name to print", "officer", 422, _paper("/reissue"), {"reason": "Sai", "is_sure": "y"}),
    Bad("no issuer", "officer", 422, _at("/certificates/settings"), {}),
    Bad(
        "no such test", "trainer", 404, lambda w: f"/teach/{w.cohort.slug}/questions/x/release", {}
    ),
]


@pytest.fixture
def world(clock: Any) -> World:
    return make_world()


def reader(app: Flask, world: World, actor: str, language: str) -> Browser:
    """Return somebody's browser with that language chosen."""
    if actor != "nobody":
        with transaction():
            db.session.execute(
                sa.update(User).where(User.id == world.people[actor].id).values(language=language)
            )
    browser = world.browser(app, actor)
    browser.client.set_cookie("lang", language)
    return browser


def sentences(page: Page) -> list[str]:
    """Return what the reader is told is wrong."""
    places = "#errors li, #error, p.error, .note.err, main > p.lead"
    return [" ".join(each.get_text(" ").split()) for each in page.all(places)]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("bad", CASES, ids=str)
def test_bad_input_is_answered_in_words_and_writes_nothing(
    app: Flask, world: World, clock: Any, bad: Bad, language: str
) -> None:
    bad.first(world, clock)
    browser = reader(app, world, bad.actor, language)
    url = bad.path(world)
    before = rows_of_all_tables()

    page = browser.post(url, bad.data, status=None)
    part = browser.htmx_post(url, bad.data, status=None)

    assert (page.status, part.status) == (bad.status, bad.status)
    assert changed_tables(before) <= COUNTERS
    assert page.one("html")["lang"] == language
    told = sentences(page)
    assert told, page.text
    for sentence in told:
        assert re.search(r"\w+ \w+ \w{2,}", sentence), sentence
        is_vietnamese = VIETNAMESE.search(SIGN.sub("", sentence)) is not None
        assert is_vietnamese == (language == "vi"), f"{language}: {sentence}"
    assert not INSIDE.search(page.html + part.html)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", ["/khong-co", "/learn/khong-co", "/verify/AAAA-BBBB-CCCC"])
def test_an_address_that_leads_nowhere_says_where_to_go(
    app: Flask, world: World, path: str, language: str
) -> None:
    page = reader(app, world, "learner", language).get(path, status=404)
    told = " ".join(each.get_text(" ") for each in page.all("main h1, main p"))
    assert (VIETNAMESE.search(told) is not None) == (language == "vi"), told
    assert page.all("main a[href], main form")


def test_the_same_is_said_of_an_unknown_user_and_of_a_wrong_password(
    app: Flask, world: World
) -> None:
    told = [
        Browser(app).post("/login", {"login": login, "password": "sai"}, status=401)
        for login in ("vao.lop", "khong.co")
    ]
    assert sentences(told[0]) == sentences(told[1])


def run(language: str, *words: object) -> Result:
    """Run ``taphuan course`` in that language."""

    def running() -> Result:
        use_language(Language(language))
        return CliRunner().invoke(group, [str(each) for each in words])

    return contextvars.copy_context().run(running)


def _empty_file(folder: Path) -> Path:
    path = folder / "khoa.zip"
    path.write_bytes(b"")
    return path


def _not_an_archive(folder: Path) -> Path:
    path = folder / "khoa.zip"
    path.write_bytes(b"%PDF-1.4 not a package\x00\xff")
    return path


def _missing_lesson(folder: Path) -> Path:
    package = spoilt("phan-hai/module.yaml", "bai-hoc.md", "khong-co.md")
    return write_folder(folder / "khoa", package)


def _broken_yaml(folder: Path) -> Path:
    return write_folder(folder / "khoa", spoilt("course.yaml", "title: Khóa thử", "title: [a"))


def _empty_quiz(folder: Path) -> Path:
    return write_folder(folder / "khoa", {**right_package(), "phan-mot/luyen-tap.yaml": ""})


def _no_course(folder: Path) -> Path:
    return folder


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "package",
    [_empty_file, _not_an_archive, _missing_lesson, _broken_yaml, _empty_quiz, _no_course],
)
def test_a_broken_package_is_refused_whole_in_the_language_of_the_command(
    tmp_path: Path, package: Callable[[Path], Path], language: str
) -> None:
    before = rows_of_all_tables()
    result = run(language, "import", package(tmp_path), "--publish")
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    told = result.stderr.strip()
    assert told
    assert (VIETNAMESE.search(told) is not None) == (language == "vi"), told
    assert changed_tables(before) == set()


def test_what_one_asks_twice_by_mistake_happens_once(app: Flask, world: World) -> None:
    officer = world.browser(app, "officer")
    ask = ask_for(world, "POST", "certificates.revoke_certificate")
    officer.post(ask.path, ask.data)
    before = rows_of_all_tables()
    again = officer.post(ask.path, ask.data, status=409)
    assert sentences(again)
    assert changed_tables(before) == set()
