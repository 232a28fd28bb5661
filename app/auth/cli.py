"""Accounts from the command line: ``taphuan user create``, ``taphuan user password``."""

from __future__ import annotations

import click

from app.auth import commands, queries
from app.auth.models import Role
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import NotFoundError
from app.core.i18n import gettext as _

group = click.Group("user", help="tài khoản (accounts)")


@group.command("create", help="tạo tài khoản (make an account)")
@click.option("--username", required=True, help="tên đăng nhập (user name)")
@click.option("--name", "full_name", required=True, help="họ và tên trên giấy tờ (full name)")
@click.option(
    "--role",
    "role_names",
    multiple=True,
    required=True,
    type=click.Choice([(role.name or "").lower() for role in Role]),
    help="vai trò, ghi được nhiều lần (role, may be repeated)",
)
@click.option("--email", default=None, help="thư điện tử (mail address)")
@click.option("--phone", default=None, help="số điện thoại (telephone)")
def create(
    username: str, full_name: str, role_names: tuple[str, ...], email: str | None, phone: str | None
) -> None:
    """Make an account and print a password that works until its owner changes it."""
    password = commands.one_time_password(username)
    roles = Role(0)
    for each in role_names:
        roles |= Role[each.upper()]
    with transaction():
        user = commands.create_user(
            full_name=full_name,
            username=username,
            roles=roles,
            created_at=utc_now(),
            email=email,
            phone=phone,
            password=password,
            must_change_password=True,
        )
    click.echo(_("Đã tạo tài khoản %(name)s.", name=user.username))
    click.echo(_("Mật khẩu dùng một lần: %(password)s", password=password))


@group.command("password", help="cấp mật khẩu dùng một lần (new one-time password)")
@click.argument("login")
def password(login: str) -> None:
    """Give somebody a new one-time password, end their login sessions and print it."""
    user = queries.find_user_by_login(login)
    if user is None:
        raise NotFoundError(_("Không có tài khoản “%(name)s”.", name=login))
    new = commands.one_time_password(user.username)
    new_hash = commands.hash_password(new, username=user.username)
    with transaction():
        commands.set_password(user_id=user.id, new_hash=new_hash)
    click.echo(_("Mật khẩu dùng một lần: %(password)s", password=new))
