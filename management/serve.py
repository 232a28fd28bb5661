"""``serve``: the production server."""

from __future__ import annotations

from pathlib import Path

import click
from granian.constants import Interfaces
from granian.server import Server

from app.core.schema import is_up_to_date
from management import options


def run_server(host: str, port: int, workers: int) -> None:
    """Run the server until it is told to stop.

    The backlog flags keep several thousand open connections from stalling (granian's defaults stall
    above 1,024); few threads, because SQLite's writers wait for each other unfairly.
    """
    Server(
        "wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        backlog=8192,
        backpressure=4096,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()


@click.command()
@options.data
@options.host
@options.port
@options.workers
def serve(data: Path | None, host: str, port: int, workers: int) -> None:
    """Run the production server."""
    config = options.configure(data, host, port)
    if not is_up_to_date(config.sqlalchemy_url):
        raise click.ClickException(
            "Cơ sở dữ liệu chưa đúng phiên bản. Chạy: ./taphuan migrate "
            "(The database is not up to date. Run: ./taphuan migrate)"
        )
    run_server(host, port, workers)
