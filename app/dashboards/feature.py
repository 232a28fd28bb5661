"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.auth.models import Role
from app.core.i18n import lazy
from app.core.navigation import MenuEntry, add_entry, register_destination
from app.dashboards.routes import learner, officer, trainer
from app.dashboards.routes.blueprint import bp

ROUTES = (learner, trainer, officer)


def _learns(roles: object) -> bool:
    return isinstance(roles, Role) and bool(roles & Role.LEARNER)


def _teaches(roles: object) -> bool:
    return isinstance(roles, Role) and bool(roles & trainer.STAFF)


def register(app: Flask) -> None:
    """Add the feature's pages, menu entries and the places others link to."""
    app.register_blueprint(bp)
    add_entry(app, MenuEntry(lazy("Lớp của tôi"), "dashboards.list_my_cohorts", 10, _learns))
    add_entry(app, MenuEntry(lazy("Lớp giảng dạy"), "dashboards.list_taught_cohorts", 20, _teaches))
    register_destination(app, "cohort_outline", "dashboards.show_outline")
    register_destination(app, "cohort_board", "dashboards.show_board")
    register_destination(app, "completion_rule", "dashboards.show_rule")
