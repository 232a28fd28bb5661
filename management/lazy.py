"""A group of commands that imports a command's module when the command is asked for.

The pattern is that of Click's documentation ("Lazily Loading Subcommands"); it keeps ``serve`` and
``test`` from waiting for packages that only other commands use.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

from management import options


class LazyGroup(click.Group):
    """A group whose commands are named as ``module:attribute``.

    :param places: name of the command → (where it is, one line of help)
    """

    def __init__(
        self,
        *,
        name: str,
        purpose: str,
        places: Mapping[str, tuple[str, str]],
    ) -> None:
        super().__init__(
            name=name,
            help=purpose,
            params=[options.data_before()],
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.places = places

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return the names in the order they are shown."""
        return list(self.places)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Import the command of that name."""
        if name not in self.places:
            return None
        module, attribute = self.places[name][0].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; refuse ``--data`` before one that has no use for it."""
        name, command, rest = super().resolve_command(context, args)
        if command and options.DATA in context.meta and not options.takes_data(command):
            raise click.NoSuchOption("--data", ctx=click.Context(command, context, info_name=name))
        return name, command, rest

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their one-line help, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.places.items()])
