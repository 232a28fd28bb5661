"""``serve``: the production server."""

from __future__ import annotations

from pathlib import Path

import click

from app.core.revision import is_current
from app.core.server import run_server
from management import options


@click.command()
@options.data
@options.host
@options.port
@options.workers
def serve(data: Path | None, host: str, port: int, workers: int) -> None:
    """Run the production server."""
    config = options.configure(data, host, port)
    if not is_current(config.sqlalchemy_url):
        raise click.ClickException(
            "Cơ sở dữ liệu chưa đúng phiên bản. Chạy: ./taphuan migrate "
            "(The database is not up to date. Run: ./taphuan migrate)"
        )
    run_server(host, port, workers=workers)
