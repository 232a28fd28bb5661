"""The command groups of features, run inside the application of an instance."""

from __future__ import annotations

import click

from app.audit import cli as audit_cli
from app.auth import cli as auth_cli
from app.certificates import cli as certificates_cli
from app.core.errors import AppError
from app.core.schema import is_up_to_date, upgrade_schema
from app.courses import cli as courses_cli
from app.factory import create_app
from management import options


class InstanceGroup(click.Group):
    """Commands of a feature; ``--data`` stands before the command's name or after it."""

    def __init__(self, inner: click.Group) -> None:
        super().__init__(name=inner.name, help=inner.help, commands=inner.commands)
        for each in (self, *inner.commands.values()):
            each.params.append(options.data_before())

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command and let it run inside the application."""
        name, command, rest = super().resolve_command(context, args)
        return name, _inside_application(command) if command else None, rest


def _inside_application(command: click.Command) -> click.Command:
    callback = command.callback

    def run(*args: object, **values: object) -> object:
        context = click.get_current_context()
        config = options.configure(context.meta.get(options.DATA))
        if not is_up_to_date(config.sqlalchemy_url):
            upgrade_schema(config.sqlalchemy_url)
        with create_app(config).app_context():
            try:
                return callback(*args, **values) if callback else None
            except AppError as error:
                raise click.ClickException(error.sentence) from error

    return click.Command(name=command.name, callback=run, params=command.params, help=command.help)


course = InstanceGroup(courses_cli.group)
user = InstanceGroup(auth_cli.group)
audit = InstanceGroup(audit_cli.group)
certificate = InstanceGroup(certificates_cli.group)
