"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.auth.models import Role
from app.certificates.routes import learner, officer, public
from app.certificates.routes import register as register_routes
from app.certificates.routes.blueprint import bp
from app.core.i18n import lazy
from app.core.navigation import MenuEntry, add_entry, register_destination

ROUTES = (officer, register_routes, learner, public)
_READERS = Role.OFFICER | Role.CLERK | Role.AUDITOR


def register(app: Flask) -> None:
    """Add the pages, the entry of the register, and the names by which others link here."""
    app.register_blueprint(bp)
    register_destination(app, "my_certificate", "certificates.show_mine")
    register_destination(app, "verify", "certificates.show_verify")
    register_destination(app, "cohort_certificates", "certificates.show_cohort")
    add_entry(
        app,
        MenuEntry(
            lazy("Sổ giấy chứng nhận"),
            "certificates.show_register",
            rank=60,
            is_for=lambda roles: isinstance(roles, Role) and bool(roles & _READERS),
        ),
    )
