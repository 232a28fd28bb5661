"""The one blueprint of the feature."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("dashboards", __name__, template_folder="../templates")
