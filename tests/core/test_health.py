"""The program says whether it is alive and ready."""

from __future__ import annotations

import sqlalchemy as sa


def test_it_says_it_is_alive(browser):
    assert browser().get("/healthz").response.json == {"status": "ok"}


def test_it_says_it_is_ready_when_the_database_answers(browser):
    page = browser().get("/readyz")
    assert page.response.json == {"status": "ok"}
    assert page.headers["Cache-Control"] == "no-store"


def test_it_is_not_ready_when_the_database_does_not_answer(browser, monkeypatch):
    def broken(*_args, **_kwargs):
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr("app.core.health.read", broken)
    assert "đang bận" in browser().get("/readyz", status=503).text
