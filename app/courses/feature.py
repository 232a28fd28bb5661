"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.auth.models import Role
from app.core.i18n import lazy
from app.core.navigation import MenuEntry, add_entry
from app.courses.routes import STAFF, bp


def register(app: Flask) -> None:
    """Add the feature's routes and its menu entry."""
    app.register_blueprint(bp)
    add_entry(
        app,
        MenuEntry(lazy("Khóa học"), "courses.list_courses", rank=60, is_for=_is_for_staff),
    )


def _is_for_staff(roles: object) -> bool:
    return isinstance(roles, Role) and bool(roles & STAFF)
