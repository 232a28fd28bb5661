"""Join the feature to an application: it has tables and no pages yet."""

from __future__ import annotations

from flask import Flask

from app.units.models import Membership, Unit

TABLES = (Unit, Membership)  # known to migrations once the factory is imported


def register(app: Flask) -> None:
    """Add the feature's routes, menu entries and subscriptions."""
