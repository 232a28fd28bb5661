"""Every address × everybody: who gets what, and that a refusal or a look changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.db import Base, db
from tests.security.permissions import permission_map
from tests.security.requests import RECIPES, ask_for
from tests.security.world import (
    ACTORS,
    World,
    changed_tables,
    database_digest,
    make_world,
    rows_of_all_tables,
    send,
)

PERMISSIONS = permission_map()
STATUS = {"i": {401}, "x": {403}, "-": {404}, "+": {200, 204, 303}}
POSTS = sorted(endpoint for method, endpoint in RECIPES if method == "POST")

# What no form of this program may set, whatever else it may write.
PRIVILEGES = {
    "roles": "63",
    "role": "officer",
    "is_active": "0",
    "must_change_password": "1",
    "version": "99",
    "password_hash": "x",
    "user_id": "00000000-0000-0000-0000-000000000001",
    "learner_id": "00000000-0000-0000-0000-000000000001",
    "enrolment_id": "00000000-0000-0000-0000-000000000001",
    "cohort_id": "00000000-0000-0000-0000-000000000001",
    "mark": "10",
    "fraction": "1",
    "max_mark": "100",
    "is_passed": "1",
    "outcome": "right",
    "state": "finished",
    "due_at": "2099-01-01",
    "finished_at": "2026-01-01",
    "name_confirmed_at": "2026-01-01",
    "register_number": "7",
    "serial_number": "7",
    "code": "",
    "cells": "dddd",
}
KEPT_COLUMNS = {
    "user": ("id", "username", "full_name", "roles", "is_active", "email", "phone"),
    "enrolment": ("id", "cohort_id", "learner_id", "site_id", "number", "state"),
    "attempt": ("id", "enrolment_id", "learner_id", "quiz_id", "due_at", "max_mark"),
}
# Addresses whose very purpose it is to change one of these.
MEANT_TO_CHANGE = {
    "cohorts.cancel_enrolment": {"enrolment.state"},
    "cohorts.restore_enrolment": {"enrolment.state"},
}


@pytest.fixture
def world(clock: object) -> World:
    return make_world()


def routes(app: Flask) -> Iterator[tuple[str, str]]:
    """Return (method, endpoint) of every address."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield method, rule.endpoint


def test_every_address_stands_in_the_permission_map(app: Flask) -> None:
    assert sorted(set(routes(app)) ^ set(PERMISSIONS)) == []


def test_every_address_has_a_good_request_to_walk_with(app: Flask) -> None:
    assert sorted(set(routes(app)) ^ set(RECIPES)) == []


def test_everybody_sees_what_is_theirs_and_looking_changes_nothing(
    app: Flask, world: World
) -> None:
    for actor in ACTORS:
        world.browser(app, actor)
    before, wrong = database_digest(), []
    for (method, endpoint), signs in PERMISSIONS.items():
        if method != "GET":
            continue
        ask = ask_for(world, method, endpoint)
        for actor, sign in signs.items():
            status = send(world.browser(app, actor), method, ask.path).status_code
            if status not in STATUS[sign]:
                wrong.append(f"{actor} GET {ask.path}: {status}, expected {sign!r}")
        if database_digest() != before:
            wrong.append(f"GET {ask.path} wrote")
            before = database_digest()
    assert wrong == []


@pytest.mark.parametrize("endpoint", POSTS)
def test_a_refused_write_changes_nothing(app: Flask, world: World, endpoint: str) -> None:
    refused = {actor: sign for actor, sign in PERMISSIONS["POST", endpoint].items() if sign != "+"}
    for actor in ("learner", *refused):
        world.browser(app, actor)
    ask = ask_for(world, "POST", endpoint)
    before, wrong = database_digest(), []
    for actor, sign in refused.items():
        status = send(world.browser(app, actor), "POST", ask.path, ask.data).status_code
        if status not in STATUS[sign]:
            wrong.append(f"{actor} POST {ask.path}: {status}, expected {sign!r}")
    assert wrong == []
    assert database_digest() == before


def kept_columns(endpoint: str) -> dict[str, set[tuple[object, ...]]]:
    """Return the columns that this form may not change, of every row that there is."""
    found, meant = {}, MEANT_TO_CHANGE.get(endpoint, set())
    for name, columns in KEPT_COLUMNS.items():
        table = Base.metadata.tables[name]
        kept = [table.c[each] for each in columns if f"{name}.{each}" not in meant]
        rows = db.session.execute(sa.select(*kept)).all()
        found[name] = {tuple(row) for row in rows}
    db.session.rollback()
    return found


def changed_columns(
    endpoint: str, before: dict[str, set[tuple[object, ...]]]
) -> set[tuple[object, ...]]:
    """Return the rows that are no longer as they were; new rows are no change."""
    after = kept_columns(endpoint)
    return {row for name, rows in before.items() for row in rows - after[name]}


@pytest.mark.parametrize("endpoint", POSTS)
def test_an_allowed_write_touches_only_its_own_tables_whatever_else_is_posted(
    app: Flask, world: World, endpoint: str
) -> None:
    signs = PERMISSIONS["POST", endpoint]
    actor = next(each for each in ACTORS if signs[each] == "+" and each != "nobody")
    world.browser(app, actor)
    ask = ask_for(world, "POST", endpoint)
    before, kept = rows_of_all_tables(), kept_columns(endpoint)

    page = world.browser(app, actor).post(ask.path, {**PRIVILEGES, **ask.data}, status=None)

    assert page.status in STATUS["+"], f"{actor} POST {ask.path}: {page.status} {page.text}"
    assert changed_tables(before) <= ask.writes
    assert changed_columns(endpoint, kept) == set()
