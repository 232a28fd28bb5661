"""Accounts from the command line: ``taphuan user create``, ``taphuan user password``."""

from __future__ import annotations

import secrets

import click

from app.auth import commands, queries
from app.auth.models import Role
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import NotFoundError
from app.core.i18n import gettext as _

group = click.Group("user", help=_("Tài khoản của người dùng."))
_WORDS = 4
_SYLLABLES = tuple(first + vowel for first in "bdghklmntv" for vowel in "aeiou")


def one_time_password() -> str:
    """Return a password that is easy to read out: four groups of four letters, 45 bits."""
    words = ("".join(secrets.choice(_SYLLABLES) for _each in range(2)) for _word in range(_WORDS))
    return "-".join(words)


@group.command("create")
@click.option("--username", required=True, help=_("Tên đăng nhập."))
@click.option("--name", "full_name", required=True, help=_("Họ và tên như trên giấy tờ."))
@click.option(
    "--role",
    "role_names",
    multiple=True,
    required=True,
    type=click.Choice([(role.name or "").lower() for role in Role]),
    help=_("Vai trò; có thể ghi nhiều lần."),
)
@click.option("--email", default=None, help=_("Thư điện tử."))
@click.option("--phone", default=None, help=_("Số điện thoại."))
def create(
    username: str, full_name: str, role_names: tuple[str, ...], email: str | None, phone: str | None
) -> None:
    """Make an account and print a password that works until its owner changes it."""
    password = one_time_password()
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


@group.command("password")
@click.argument("login")
def password(login: str) -> None:
    """Give somebody a new one-time password, end their login sessions and print it."""
    user = queries.find_user_by_login(login)
    if user is None:
        raise NotFoundError(_("Không có tài khoản “%(name)s”.", name=login))
    new = one_time_password()
    new_hash = commands.hash_password(new, username=user.username)
    with transaction():
        commands.set_password(user_id=user.id, new_hash=new_hash)
    click.echo(_("Mật khẩu dùng một lần: %(password)s", password=new))
