"""``serve``: the production server."""

from __future__ import annotations

import os
from pathlib import Path

import click

from app.core.revision import is_current
from management import options
from management.workers import run_workers


@click.command()
@options.data
@options.host
@options.port
@options.workers
def serve(data: Path | None, host: str, port: int, workers: int) -> None:
    """Run the production server."""
    is_named = "TAPHUAN_BASE_URL" in os.environ
    config = options.configure(data, host, port)
    if not is_current(config.sqlalchemy_url):
        raise click.ClickException(
            "Cơ sở dữ liệu chưa đúng phiên bản. Chạy: ./taphuan migrate "
            "(The database is not up to date. Run: ./taphuan migrate)"
        )
    if host in options.EVERY_ADDRESS and not is_named:
        click.echo(
            "Chưa đặt TAPHUAN_BASE_URL: chỉ máy này mở được trang. Hãy đặt địa chỉ mọi người gõ. "
            "(TAPHUAN_BASE_URL is not set: pages open on this machine only. "
            "Set it to the address people type.)",
            err=True,
        )
    run_workers(host, port, workers=workers)
