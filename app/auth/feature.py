"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.auth.routes import account, entrance
from app.auth.routes.blueprint import bp

ROUTES = (entrance, account)


def register(app: Flask) -> None:
    """Add the feature's routes, and the link to the account in every page's head."""
    app.register_blueprint(bp)
    app.jinja_env.globals["account_url"] = "/account"
