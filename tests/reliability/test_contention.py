"""Everybody writes at once: nobody is told that the database is locked, nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.clock import utc_now
from app.core.db import db, read, transaction
from app.core.errors import AppError
from app.core.events import bus_of
from app.quizzes import commands, queries
from app.quizzes.events import AttemptFinished
from app.quizzes.models import Attempt, AttemptSlot, Response
from tests.needs import postgres_bin_dir
from tests.postgres import private_cluster
from tests.quizzes.factories import SINGLE, make_class, numbered
from tests.reliability.factories import Sitter, make_sitters
from tests.reliability.server import new_instance

ROOT = Path(__file__).resolve().parent.parent.parent
PROCESSES = 4


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], scope="module"
)
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Give an instance with real durability on each database."""
    folder = tmp_path_factory.mktemp("instance")
    if request.param == "sqlite":
        yield new_instance(folder)
        return
    with private_cluster(postgres_bin_dir()) as url:
        app = new_instance(folder, url)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def context(instance: Flask) -> Iterator[Flask]:
    with instance.app_context():
        yield instance
        db.session.remove()


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def write_at_once(app: Flask, sitters: list[Sitter], writes_each: int) -> list[dict[str, Any]]:
    """Let several processes save answers to the same attempts; return what each says."""
    order = {
        "folder": str(app.config["DATA_DIR"]),
        "database_url": app.config["SQLALCHEMY_DATABASE_URI"],
        "writes": writes_each,
        "attempts": [
            [each.attempt_id.hex, each.learner_id.hex, each.question_count] for each in sitters
        ],
    }
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.writers"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    try:
        for seed, each in enumerate(writers):
            assert each.stdin
            each.stdin.write(json.dumps({**order, "seed": seed}) + "\n")
            each.stdin.flush()
        for each in writers:
            assert each.stdout
            assert each.stdout.readline() == "ready\n"
        said = []
        for each in writers:
            assert each.stdin
            each.stdin.write("go\n")
            each.stdin.flush()
        for each in writers:
            out, _error = each.communicate(timeout=120)
            said.append(json.loads(out))
        return said
    finally:
        for each in writers:
            each.kill()
            each.communicate()


@pytest.mark.slow
def test_contended_writes_are_neither_refused_nor_lost(context: Flask) -> None:
    sitters = make_sitters(3, question_count=5)
    writes_each = 500 if is_sqlite() else 100
    said = write_at_once(context, sitters, writes_each)
    ended = sum((Counter(each["ended"]) for each in said), Counter())
    assert ended == {"saved": PROCESSES * writes_each}
    saved = [each for one in said for each in one["saved"]]
    mine = [each.attempt_id for each in sitters]
    rows = read(
        sa.select(Response.id, Response.attempt_id, Response.slot_number, Response.seq).where(
            Response.attempt_id.in_(mine)
        )
    ).all()
    assert sorted(row.id.hex for row in rows) == sorted(saved)
    newest: dict[Any, tuple[int, str]] = {}
    for row in rows:
        place = (row.attempt_id, row.slot_number)
        newest[place] = max(newest.get(place, (0, "")), (row.seq, row.id.hex))
    slots = read(sa.select(AttemptSlot).where(AttemptSlot.attempt_id.in_(mine))).all()
    standing = {
        (each.attempt_id, each.number): (each.response_seq, each.response_id.hex)
        for each in slots
        if each.response_id
    }
    assert standing == newest
    for each in read(sa.select(Attempt).where(Attempt.id.in_(mine))).all():
        assert each.answered_count == sum(place[0] == each.id for place in newest)


def all_at_once(app: Flask, count: int, act: Callable[[int], object]) -> list[object]:
    """Run ``act`` in as many threads, all let go together; return results and errors."""
    gate = threading.Barrier(count)
    results: list[object] = []

    def run(number: int) -> None:
        with app.app_context():
            gate.wait(30)
            try:
                with transaction():
                    result = act(number)
            except AppError as error:
                results.append(error)
            else:
                results.append(result)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == count
    return results


def test_the_last_attempt_is_opened_once_however_often_it_is_asked_for(context: Flask) -> None:
    klass = make_class(numbered(SINGLE, 3), attempts=1)

    def start(number: int) -> object:
        return commands.start_attempt(
            enrolment_id=klass.enrolment.id,
            learner_id=klass.learner.id,
            activity_id=klass.activity.id,
            started_at=utc_now(),
            seed=number,
        )

    results = all_at_once(context, 20, start)
    opened = {each for each in results if not isinstance(each, AppError)}
    quiz = queries.get_quiz_of_activity(klass.activity.id)
    assert len(opened) == 1
    assert len(queries.list_attempts(klass.enrolment.id, quiz.id)) == 1


def test_an_attempt_handed_in_many_times_at_once_is_graded_once(context: Flask) -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt_id = klass.start()
    klass.answer(attempt_id, 1)
    announced: list[AttemptFinished] = []
    bus_of(context).subscribe(AttemptFinished, announced.append)

    def hand_in(_number: int) -> object:
        return commands.finish_attempt(
            attempt_id=attempt_id, learner_id=klass.learner.id, finished_at=utc_now()
        )

    results = all_at_once(context, 50, hand_in)
    grades = [each for each in results if not isinstance(each, AppError)]
    assert len(grades) == 1
    assert [each.attempt_id for each in announced] == [attempt_id]
