"""``demo``: a whole training day to look at."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from app.core.revision import is_current
from management import options
from management.workers import run_workers
from seed import marker

ROOT = Path(__file__).resolve().parent.parent


@click.command()
@options.data_option(Path("instance/demo"))
@options.port
@options.workers
@click.option("--prepare-only", is_flag=True, help="make the data, start no server")
def demo(data: Path, port: int, workers: int, *, prepare_only: bool) -> None:
    """Show a whole training day: database, course, a cohort of 70, a running server."""
    os.environ["TAPHUAN_DEMO"] = "1"
    config = options.configure(data.resolve(), "127.0.0.1", port)
    if not (marker.is_ready(config) and is_current(config.sqlalchemy_url)):
        made = subprocess.run([sys.executable, "-m", "seed.demo"], check=False, cwd=ROOT)
        if made.returncode != 0:
            sys.exit(made.returncode)
    password = marker.kept_password(config.data_dir)
    marker.print_accounts(f"http://127.0.0.1:{port}", password, say=marker.print_at_once)
    if not prepare_only:
        run_workers("127.0.0.1", port, workers=workers)
