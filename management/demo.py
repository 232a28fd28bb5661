"""``demo``: a whole training day to look at."""

from __future__ import annotations

import os
from pathlib import Path

import click

from management import options
from management.serve import run_server
from seed import demo as demo_data


@click.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=Path("instance/demo"), show_default=True
)
@options.port
@options.workers
@click.option("--prepare-only", is_flag=True, help="make the data, start no server")
def demo(data: Path, port: int, workers: int, *, prepare_only: bool) -> None:
    """Show a whole training day: database, course, a cohort of 70, a running server."""
    os.environ["TAPHUAN_DEMO"] = "1"
    config = options.configure(data, "127.0.0.1", port)
    password = demo_data.prepare(config, say=click.echo)
    demo_data.print_accounts(f"http://127.0.0.1:{port}", password, say=click.echo)
    if not prepare_only:
        run_server("127.0.0.1", port, workers)
