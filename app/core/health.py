"""Is the program alive, and can it take work: for monitors and for those who wait for a start."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from app.core.access import public
from app.core.db import read
from app.core.errors import BusyError

bp = Blueprint("health", __name__)


def _plain(**values: object) -> Response:
    response = jsonify(values)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/healthz")
@public
def show_health() -> Response:
    """Say that the process answers."""
    return _plain(status="ok")


@bp.get("/readyz")
@public
def show_readiness() -> Response:
    """Say that the database answers too.

    :raises BusyError: it does not
    """
    try:
        read(sa.text("SELECT 1 FROM alembic_version"))
    except sa.exc.SQLAlchemyError as error:
        raise BusyError from error
    return _plain(status="ok")
