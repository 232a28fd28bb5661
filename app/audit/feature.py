"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.audit.subscribers import note
from app.core.events import Event, bus_of


def register(app: Flask) -> None:
    """Listen to every fact."""
    bus_of(app).subscribe(Event, note)
