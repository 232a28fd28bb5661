"""The program's own command line; ``./taphuan`` prepares the environment and starts this file."""

from __future__ import annotations

import sys

import click

from config import SettingError
from management.lazy import LazyGroup
from management.refusals import run

cli = LazyGroup(
    name="taphuan",
    purpose="Run a provincial training session, from the roster to the certificate.",
    places={
        "demo": ("management.demo:demo", "a whole training day to look at"),
        "test": ("management.tests:test", "the whole test suite"),
        "check": ("management.tests:check", "the tools that read the source, then the tests"),
        "init": ("management.instance:init", "first-run set-up"),
        "migrate": ("management.instance:migrate", "database up to date"),
        "serve": ("management.serve:serve", "the production server"),
        "course": ("management.features:course", "check and import courses"),
        "certificate": ("management.features:certificate", "issue and verify certificates"),
        "user": ("management.features:user", "accounts"),
        "audit": ("management.features:audit", "the audit log"),
    },
)


def main() -> None:
    """Run the command line; a wrong setting is one sentence."""
    try:
        run(cli, "./taphuan")
    except SettingError as error:
        click.echo(f"Lỗi (error): {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
