"""Accounts from the command line."""

from __future__ import annotations

import re

from app.auth import cli, queries
from app.auth.models import Role
from app.core.errors import NotFoundError
from tests.auth.factories import make_person


def one_time_password(output: str) -> str:
    return re.search(r": (\S+)$", output.strip()).group(1)


def test_an_officer_is_made_with_a_password_to_be_changed(app, browser):
    done = app.test_cli_runner().invoke(
        cli.group,
        ["create", "--username", "canbo", "--name", "Phạm Thị Dung", "--role", "officer"],
    )
    assert done.exit_code == 0, done.output
    user = queries.find_user_by_login("canbo")
    assert user is not None
    assert user.roles == Role.OFFICER
    here = browser()
    page = here.post("/login", {"login": "canbo", "password": one_time_password(done.output)})
    assert page.location == "/account/password"


def test_a_new_one_time_password_replaces_the_old(app, browser):
    make_person()
    done = app.test_cli_runner().invoke(cli.group, ["password", "an.nv"])
    page = browser().post("/login", {"login": "an.nv", "password": one_time_password(done.output)})
    assert page.location == "/account/password"


def test_an_unknown_user_is_told(app):
    done = app.test_cli_runner().invoke(cli.group, ["password", "khong.co"])
    assert isinstance(done.exception, NotFoundError)
    assert "khong.co" in done.exception.sentence
