"""The program's own command line; ``./taphuan`` prepares the environment and starts this file."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import click
from flask import Flask

import checks
from app.audit import cli as audit_cli
from app.auth import cli as auth_cli
from app.certificates import cli as certificates_cli
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.schema import is_up_to_date, upgrade_schema
from app.core.server import run_server
from app.courses import cli as courses_cli
from app.factory import create_app
from config import Config, SettingError, read_config
from seed import demo as demo_data

_DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=None, help="folder of all state (instance/)"
)
_PORT = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
_HOST = click.option("--host", default="127.0.0.1", show_default=True)


def _configure(data: Path | None, host: str = "127.0.0.1", port: int = 8000) -> Config:
    if data is not None:
        os.environ["TAPHUAN_DATA"] = str(data)
    os.environ.setdefault("TAPHUAN_BASE_URL", f"http://{host}:{port}")
    return read_config()


def _application(data: Path | None) -> Flask:
    config = _configure(data)
    if not is_up_to_date(config.sqlalchemy_url):
        upgrade_schema(config.sqlalchemy_url)
    return create_app(config)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Run a provincial training session, from the roster to the certificate."""


@cli.command()
@_DATA
@_HOST
@_PORT
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(data: Path | None, host: str, port: int, workers: int) -> None:
    """Run the production server."""
    config = _configure(data, host, port)
    if not is_up_to_date(config.sqlalchemy_url):
        raise click.ClickException(
            "Cơ sở dữ liệu chưa đúng phiên bản. Chạy: ./taphuan migrate "
            "(The database is not up to date. Run: ./taphuan migrate)"
        )
    run_server(host, port, workers=workers)


@cli.command()
@_DATA
def migrate(data: Path | None) -> None:
    """Bring the database up to date."""
    upgrade_schema(_configure(data).sqlalchemy_url)
    click.echo("Cơ sở dữ liệu đã đúng phiên bản. (The database is up to date.)")


@cli.command()
@_DATA
@click.option("--username", default="canbo", show_default=True, help="the first training officer")
@click.option("--full-name", default="Cán bộ quản lý lớp", show_default=True)
@click.option("--yes", is_flag=True, help="take the defaults, ask nothing")
def init(data: Path | None, username: str, full_name: str, *, yes: bool) -> None:
    """Set an instance up: secrets, database, first officer with a one-time password."""
    if not yes:
        username = click.prompt("Tên đăng nhập của cán bộ quản lý lớp (username)", default=username)
        full_name = click.prompt("Họ và tên (full name)", default=full_name)
    app = _application(data)
    password = secrets.token_urlsafe(9)
    with app.app_context(), transaction():
        demo_data.create_first_officer(
            username=username, full_name=full_name, password=password, created_at=utc_now()
        )
    click.echo(f"Tài khoản: {username}\nMật khẩu dùng một lần (one-time password): {password}")


@cli.command()
@click.option("--data", type=click.Path(path_type=Path), default=Path("instance/demo"))
@_PORT
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--prepare-only", is_flag=True, help="make the data, start no server")
def demo(data: Path, port: int, workers: int, *, prepare_only: bool) -> None:
    """Show a whole training day: database, course, a cohort of 70, a running server."""
    os.environ["TAPHUAN_DEMO"] = "1"
    config = _configure(data, "127.0.0.1", port)
    password = demo_data.prepare(config, say=click.echo)
    demo_data.print_accounts(f"http://127.0.0.1:{port}", password, say=click.echo)
    if not prepare_only:
        run_server("127.0.0.1", port, workers=workers)


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the whole test suite; say what was skipped and why."""
    sys.exit(checks.run_tests(arguments))


@cli.command()
def check() -> None:
    """Run the tools that read the source, then the tests."""
    sys.exit(checks.run_checks())


class InstanceGroup(click.Group):
    """Commands of a feature, run inside the application of an instance."""

    def __init__(self, inner: click.Group) -> None:
        super().__init__(name=inner.name, help=inner.help, commands=inner.commands)
        self.params.append(
            click.Option(["--data"], type=click.Path(path_type=Path), help="folder of all state")
        )

    def invoke(self, context: click.Context) -> object:
        """Push the application and say errors in one sentence."""
        app = _application(context.params.get("data"))
        with app.app_context():
            try:
                return super().invoke(context)
            except AppError as error:
                raise click.ClickException(error.sentence) from error


for group in (courses_cli.group, auth_cli.group, audit_cli.group, certificates_cli.group):
    cli.add_command(InstanceGroup(group))


def main() -> None:
    """Run the command line; a wrong setting is one sentence."""
    try:
        cli(prog_name="./taphuan")
    except SettingError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
