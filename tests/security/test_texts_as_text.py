"""Whatever a text holds, it is shown as text: a canary tag in every free text column."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.auth.models import User
from app.cohorts.models import Enrolment
from app.core import pages
from app.core.db import Base, db, transaction
from app.courses import queries as course_queries
from app.quizzes import queries as quiz_queries
from tests.certificates.factories import issue
from tests.quizzes.factories import right_post
from tests.security.crawl import Reply, crawl
from tests.security.permissions import permission_map
from tests.security.requests import RECIPES, ask_for
from tests.security.world import (
    ACTORS,
    World,
    finish,
    make_ready,
    make_world,
    release,
    send,
)

TAG = "'\"><b data-x>"  # as short as it can be: some columns and lines of the paper are short
PERMISSIONS = permission_map()

# Texts that the program makes or checks itself: keys, codes, hashes, names of states, markup that
# was made safe when it was published, and what is derived from a name.
NOT_FREE = {
    "activity.key activity.kind lesson.html module.key objective.key course.key",
    "course_version.state course_version.digest question.key question_version.kind",
    "question_version.digest",
    "question_version.objective_key question_version.source_key quiz.behaviour quiz.complete_when",
    "attempt.state attempt.finish_reason attempt_slot.outcome enrolment.state cohort.slug",
    "cohort_staff.duty user.sort_key user.search_key user.password_hash user.language",
    "user.username sign_in_throttle.key progress_row.cells issuer.key issuer.certificate_type",
    "issuer.register_pattern issuer.serial_pattern register_counter.issuer_key",
    "register_counter.certificate_type unit.sort_key unit.search_key unit.key",
}
NOT_FREE_COLUMNS = {name for line in NOT_FREE for name in line.split()}
FOR_EVER = {"certificate", "certificate_file", "issue_batch", "register_entry", "audit_entry"}
FOR_EVER |= {"response"}  # they take over what stands elsewhere, or what is posted


def free_columns() -> dict[sa.Table, list[sa.Column[Any]]]:
    """Return the columns that hold what people write, by table."""
    found: dict[sa.Table, list[sa.Column[Any]]] = {}
    for table in Base.metadata.sorted_tables:
        if table.name in FOR_EVER:
            continue
        for column in table.columns:
            is_text = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
            if is_text and f"{table.name}.{column.name}" not in NOT_FREE_COLUMNS:
                found.setdefault(table, []).append(column)
    return found


def planted(value: Any) -> Any:
    """Return a JSON value with the tag at the end of every text in it; numbers stay."""
    if isinstance(value, str):
        return value if value.isdecimal() else value + TAG
    if isinstance(value, dict):
        return {name: planted(each) for name, each in value.items()}
    if isinstance(value, list):
        return [planted(each) for each in value]
    return value


def plant_everywhere() -> None:
    """Write the tag behind every free text, past the program."""
    questions = Base.metadata.tables["question_version"]
    with transaction():
        for table, columns in free_columns().items():
            db.session.execute(sa.update(table).values({each.name: each + TAG for each in columns}))
        for row in db.session.execute(sa.select(questions)).all():
            values = {name: planted(getattr(row, name)) for name in ("content", "key", "feedback")}
            db.session.execute(
                sa.update(questions).where(questions.c.id == row.id).values(**values)
            )
    db.session.expire_all()
    pages.store.clear()
    for module in (course_queries, quiz_queries):
        for name in dir(module):
            if hasattr(getattr(module, name), "cache_clear"):
                getattr(module, name).cache_clear()


@pytest.fixture
def world(clock: Any) -> World:
    """Give the world with a tag in every text, two certificates drawn from such texts."""
    world = make_world()
    plant_everywhere()
    make_ready(world.version, world.enrolments["neighbour"])
    issue(world.cohort)
    return world


def faults(reply: Reply) -> list[str]:
    """Return what a browser would take for a tag of ours and is not."""
    if reply.response.mimetype != "text/html":
        return []
    soup = reply.soup
    found = [f"{reply}: parsed as a tag" for _ in soup.select("[data-x]")]
    found += [f"{reply}: script" for each in soup.select("script") if not each.get("src")]
    found += [
        f"{reply}: attribute {name}"
        for element in soup.find_all(True)
        for name in element.attrs
        if not re.fullmatch(r"[a-zA-Z][a-zA-Z0-9:-]*", name) or name.startswith("on")
    ]
    return found


def test_no_text_is_taken_for_a_tag_on_any_page_of_anybody(app: Flask, world: World) -> None:
    attempt, wrong, shown = world.open_attempt, [], 0
    me = world.browser(app, "learner")
    for number in range(1, 8):
        reply = send(me, "POST", f"/attempts/{attempt}/slots/{number}", right_post(attempt, number))
        assert reply.status_code == 303
    for actor in ACTORS:
        starts = [
            ask_for(world, *recipe).path
            for recipe in RECIPES
            if recipe[0] == "GET" and PERMISSIONS[recipe][actor] == "+"
        ]
        replies = crawl(world.browser(app, actor), *starts)
        wrong += [fault for reply in replies for fault in faults(reply)]
        shown += sum("data-x" in reply.everything for reply in replies)
    assert wrong == []
    assert shown > 60, "the tag is hardly shown: the test has lost its teeth"


def test_no_answer_and_no_feedback_is_taken_for_a_tag(app: Flask, world: World) -> None:
    finish(world.open_attempt, world.enrolments["learner"])
    release(world.cohort, world.version, "kiem-tra", world.people["trainer"])
    url = f"/attempts/{world.open_attempt}/result"
    reply = Reply("GET", url, send(world.browser(app, "learner"), "GET", url))
    assert "data-x" in reply.everything
    assert faults(reply) == []


def test_what_is_typed_into_a_form_comes_back_as_text(app: Flask, world: World) -> None:
    typed, wrong = TAG * 9, []
    for method, endpoint in RECIPES:
        ask = ask_for(world, method, endpoint)
        actor = next(each for each in ACTORS[::-1] if PERMISSIONS[method, endpoint][each] == "+")
        browser = world.browser(app, actor)
        for headers in ({}, {"HX_Request": "true"}):
            if method == "GET":
                url = ask.path.partition("?")[0]
                query = (
                    "?code={0}&next=/{0}&site={0}&sort={0}&year={0}&decision_number={0}&said={0}"
                )
                reply = send(
                    browser, "GET", url + query.format("%22%3E%3Cb%20data-x%3E"), **headers
                )
            else:
                fields = dict.fromkeys(ask.data, typed)
                reply = send(browser, "POST", ask.path, fields | {"next": f"/{TAG}"}, **headers)
            wrong += faults(Reply(method, ask.path, reply))
    assert wrong == []


@pytest.mark.parametrize("name", ["H'Hen Niê", "Y Moan Ênuôl", "K'Brôi", "Đặng Thị Ỹ"])
def test_names_with_an_apostrophe_are_shown_as_they_are_written(
    app: Flask, world: World, name: str
) -> None:
    with transaction():
        db.session.execute(
            sa.update(User).where(User.id == world.people["learner"].id).values(full_name=name)
        )
        db.session.execute(
            sa.update(Enrolment)
            .where(Enrolment.id == world.enrolments["learner"].id)
            .values(printed_name=name)
        )
    slug = world.cohort.slug
    for actor, url in (
        ("trainer", f"/teach/{slug}"),
        ("trainer", f"/teach/{slug}/learners/1"),
        ("learner", f"/learn/{slug}"),
        ("learner", "/account"),
        ("officer", f"/cohorts/{slug}"),
        ("officer", f"/cohorts/{slug}/names/1"),
        ("officer", f"/certificates/{uuid.UUID(str(world.certificate))}/reissue"),
    ):
        page = world.browser(app, actor).get(url)
        values = [str(each.get("value", "")) for each in page.all("input")]
        if "reissue" not in url:
            assert name in page.text or name in values, url
        assert "&amp;#39;" not in page.html, url
        assert "&amp;amp;" not in page.html, url
