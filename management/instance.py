"""``init`` and ``migrate``: an instance's first run and its database."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from app.auth.commands import create_user
from app.auth.models import Role
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import AppError
from app.core.schema import upgrade_schema
from app.factory import create_app
from management import options


@click.command()
@options.data
def migrate(data: Path | None) -> None:
    """Bring the database up to date."""
    upgrade_schema(options.configure(data).sqlalchemy_url)
    click.echo("Cơ sở dữ liệu đã đúng phiên bản. (The database is up to date.)")


@click.command()
@options.data
@click.option("--username", default="canbo", show_default=True, help="the first training officer")
@click.option("--full-name", default="Cán bộ quản lý lớp", show_default=True)
@click.option("--yes", is_flag=True, help="take the defaults, ask nothing")
def init(data: Path | None, username: str, full_name: str, *, yes: bool) -> None:
    """Set an instance up: secrets, database, first officer with a one-time password."""
    if not yes:
        username = click.prompt("Tên đăng nhập của cán bộ quản lý lớp (username)", default=username)
        full_name = click.prompt("Họ và tên (full name)", default=full_name)
    config = options.configure(data)
    upgrade_schema(config.sqlalchemy_url)
    password = secrets.token_urlsafe(9)
    try:
        with create_app(config).app_context(), transaction():
            create_user(
                username=username,
                full_name=full_name,
                roles=Role.OFFICER,
                password=password,
                must_change_password=True,
                created_at=utc_now(),
            )
    except AppError as error:
        raise click.ClickException(error.sentence) from error
    click.echo(f"Tài khoản (account): {username}")
    click.echo(f"Mật khẩu dùng một lần (one-time password): {password}")
