"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.auth.models import Role
from app.cohorts.routes import cohorts, learners, papers, staff
from app.cohorts.routes.blueprint import bp
from app.core.i18n import lazy
from app.core.navigation import MenuEntry, add_entry

ROUTES = (cohorts, staff, learners, papers)


def _manages(roles: object) -> bool:
    return isinstance(roles, Role) and bool(roles & Role.OFFICER)


def register(app: Flask) -> None:
    """Add the officer's pages and their menu entry."""
    app.register_blueprint(bp)
    add_entry(app, MenuEntry(lazy("Quản lý lớp"), "cohorts.list_cohorts", 5, _manages))
