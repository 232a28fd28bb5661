"""No key and no feedback before its time: canaries in every such column, everything opened."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.db import db, transaction
from app.quizzes import queries
from app.quizzes.models import Question, QuestionVersion
from tests.pages import Browser
from tests.quizzes.factories import EVERY_KIND, right_post
from tests.security.crawl import Reply, crawl, urls_of
from tests.security.requests import RECIPES, ask_for
from tests.security.world import World, finish, make_world, release, send, start

CANARY = "canary"
KINDS = len(EVERY_KIND)


def canary_of(question_key: str) -> str:
    """Return the canary of one question."""
    return f"{CANARY}-{question_key}-{uuid.uuid5(uuid.NAMESPACE_OID, question_key).hex[:8]}"


def planted(value: Any, canary: str) -> Any:
    """Return a JSON value with the canary at the end of every text in it; numbers stay."""
    if isinstance(value, str):
        return value if value.isdecimal() else f"{value} {canary}"
    if isinstance(value, Mapping):
        return {name: planted(each, canary) for name, each in value.items()}
    if isinstance(value, list):
        return [planted(each, canary) for each in value]
    return value


def plant_everywhere() -> None:
    """Write a canary into key and feedback of every stored question, past the program."""
    table = QuestionVersion.__table__
    rows = db.session.execute(
        sa.select(table.c.id, Question.key.label("name"), table.c.key, table.c.feedback).join_from(
            table, Question.__table__, table.c.question_id == Question.id
        )
    ).all()
    with transaction():
        for version_id, name, key, feedback in rows:
            canary = canary_of(name)
            db.session.execute(
                sa.update(table)
                .where(table.c.id == version_id)
                .values(
                    key=planted(key, canary) | {"canary": canary},
                    feedback=planted(feedback, canary) | {"canary": canary},
                )
            )
    assert len(rows) == 3 * KINDS


@pytest.fixture
def world(clock: Any) -> World:
    """Give the world with a canary in every key and feedback, and no certificate in the way."""
    world = make_world()
    plant_everywhere()
    return world


def open_everything(app: Flask, world: World, actor: str) -> list[Reply]:
    """Open what a learner can reach, and every other address of the program with her things."""
    guesses = [ask_for(world, *recipe).path for recipe in RECIPES if recipe[0] == "GET"]
    for attempt in (world.open_attempt, world.done_attempt):
        guesses += [f"/attempts/{attempt}{rest}" for rest in ("", "/form", "/result", "/finish")]
        guesses += [f"/attempts/{attempt}?q={number}" for number in range(1, KINDS + 1)]
        guesses.append(f"/attempts/{attempt}/slots/1")
    return crawl(world.browser(app, actor), "/learn", *guesses)


def leaks(replies: list[Reply]) -> list[str]:
    """Return the replies that hold a canary."""
    return [str(reply) for reply in replies if CANARY in reply.everything]


def answer_of(attempt: uuid.UUID, number: int) -> dict[str, list[str]]:
    """Return the right answer of a slot; what is typed is wrong, or it would be shown again."""
    fields = right_post(attempt, number)
    return {"a": ["5"]} if CANARY in str(fields) else fields


def answer(browser: Browser, attempt: uuid.UUID, *numbers: int) -> list[Reply]:
    """Save answers by htmx and return the receipts."""
    found = []
    for number in numbers:
        url = f"/attempts/{attempt}/slots/{number}"
        reply = send(browser, "POST", url, answer_of(attempt, number), HX_Request="true")
        assert reply.status_code == 200, reply.get_data(as_text=True)
        found.append(Reply("POST", url, reply))
    return found


def test_a_test_says_nothing_of_its_key_in_any_state_before_the_release(
    app: Flask, world: World, clock: Any
) -> None:
    me, attempt = world.browser(app, "learner"), world.open_attempt
    mine = world.enrolments["learner"]

    opened = open_everything(app, world, "learner")
    assert {"/learn", f"/learn/{world.cohort.slug}", f"/attempts/{attempt}"} <= urls_of(opened)
    assert f"/learn/{world.cohort.slug}/certificate" in urls_of(opened)
    assert f"/attempts/{world.done_attempt}/result" in urls_of(opened)
    assert leaks(opened) == []

    assert leaks(answer(me, attempt, *range(1, KINDS - 1))) == []
    fields = answer_of(attempt, KINDS - 1)
    posted = {f"q{KINDS - 1}.{name}": values for name, values in fields.items()}
    plain = send(me, "POST", f"/attempts/{attempt}/form", posted)
    assert plain.status_code == 303
    asked = send(me, "POST", f"/attempts/{attempt}/finish")
    assert asked.status_code == 200
    assert leaks([Reply("POST", "form", plain), Reply("POST", "finish", asked)]) == []
    assert leaks(open_everything(app, world, "learner")) == []

    done = send(me, "POST", f"/attempts/{attempt}/finish", {"confirm": "1"})
    assert done.status_code == 303
    assert leaks(open_everything(app, world, "learner")) == []

    second = start(mine, "kiem-tra", world.version)
    assert leaks(crawl(me, "/learn", f"/attempts/{second}")) == []
    clock.forward(hours=2)
    overdue = crawl(me, "/learn", f"/attempts/{second}", f"/attempts/{second}/result")
    assert leaks(overdue) == []
    late = send(me, "POST", f"/attempts/{second}/slots/1", {"a": "0"}, HX_Request="true")
    assert late.status_code == 410
    assert leaks([Reply("POST", "late", late)]) == []
    finish(second, mine)
    assert leaks(open_everything(app, world, "learner")) == []


def test_a_release_elsewhere_opens_nothing_here(app: Flask, world: World) -> None:
    finish(world.open_attempt, world.enrolments["learner"])
    release(world.other_cohort, world.version, "kiem-tra", world.people["stranger"])
    release(world.other_cohort, world.version, "cuoi-khoa", world.people["stranger"])
    assert leaks(open_everything(app, world, "learner")) == []


def test_the_release_of_one_test_opens_only_its_own_finished_attempts(
    app: Flask, world: World
) -> None:
    release(world.cohort, world.version, "cuoi-khoa", world.people["trainer"])
    hits = leaks(open_everything(app, world, "learner"))
    assert {hit.split()[1] for hit in hits} == {f"/attempts/{world.done_attempt}/result"}


def test_after_the_release_an_open_attempt_still_says_nothing(app: Flask, world: World) -> None:
    neighbour = world.enrolments["neighbour"]
    theirs = start(neighbour, "kiem-tra", world.version)
    finish(world.open_attempt, world.enrolments["learner"])
    release(world.cohort, world.version, "kiem-tra", world.people["trainer"])

    replies = open_everything(app, world, "neighbour")
    replies += crawl(world.browser(app, "neighbour"), f"/attempts/{theirs}")
    replies += answer(world.browser(app, "neighbour"), theirs, *range(1, KINDS + 1))
    assert leaks(replies) == []
    mine = {hit.split()[1] for hit in leaks(open_everything(app, world, "learner"))}
    assert mine == {f"/attempts/{world.open_attempt}/result"}


def test_practice_tells_of_each_question_once_it_is_answered_and_of_no_other(
    app: Flask, world: World
) -> None:
    me = world.browser(app, "learner")
    practice = start(world.enrolments["learner"], "luyen-tap", world.version)
    every = {canary_of(f"luyen-tap-{each['id']}") for each in EVERY_KIND}
    starts = ["/learn", *(f"/attempts/{practice}?q={n}" for n in range(1, KINDS + 1))]
    assert leaks(crawl(me, *starts)) == []
    told: set[str] = set()
    for number in range(1, KINDS):
        answer(me, practice, number)
        text = "\n".join(reply.everything for reply in crawl(me, *starts))
        now = {canary for canary in every if canary in text}
        assert len(now) == number
        assert told < now
        told = now


def test_the_questions_of_staff_say_the_key_and_those_of_nobody_else_do(
    app: Flask, world: World
) -> None:
    answer(world.browser(app, "learner"), world.open_attempt, *range(1, KINDS + 1))
    finish(world.open_attempt, world.enrolments["learner"])
    for actor in ("nobody", "outsider", "neighbour", "stranger", "clerk", "auditor"):
        assert leaks(open_everything(app, world, actor)) == [], actor


@pytest.mark.parametrize("kind", [each["kind"] for each in EVERY_KIND])
def test_the_canary_is_really_in_key_and_feedback(world: World, kind: str) -> None:
    rows = db.session.execute(
        sa.select(QuestionVersion.id, QuestionVersion.key).where(QuestionVersion.kind == kind)
    ).all()
    for version_id, key in rows:
        keyed = queries.get_keyed_question(version_id)
        assert CANARY in str(key)
        assert CANARY in str(keyed.feedback)
        assert CANARY not in str(queries.get_question(version_id))
