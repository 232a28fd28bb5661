"""What a WSGI server loads: ``wsgi:app``."""

from __future__ import annotations

from app.core.ticker import start_ticker
from app.factory import create_app
from config import read_config

app = create_app(read_config())
start_ticker(app)
