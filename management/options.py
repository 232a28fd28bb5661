"""Options that commands share, and the settings they make."""

from __future__ import annotations

import os
from pathlib import Path

import click

from config import Config, read_config

data = click.option(
    "--data", type=click.Path(path_type=Path), default=None, help="folder of all state (instance/)"
)
port = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
host = click.option("--host", default="127.0.0.1", show_default=True)
workers = click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)


def configure(data: Path | None, host: str = "127.0.0.1", port: int = 8000) -> Config:
    """Read the settings; what the command line says wins over the environment.

    The server's workers read the environment again, so that the choice is written there.
    """
    if data is not None:
        os.environ["TAPHUAN_DATA"] = str(data)
    os.environ.setdefault("TAPHUAN_BASE_URL", f"http://{host}:{port}")
    return read_config()
