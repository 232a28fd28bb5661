"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Add the feature's routes, menu entries and subscriptions."""
