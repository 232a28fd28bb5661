"""``test`` and ``check``: what developers and the build run."""

from __future__ import annotations

import sys

import click

import checks


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test(arguments: tuple[str, ...]) -> None:
    """Run the whole test suite; say what was skipped and why."""
    sys.exit(checks.run_tests(arguments))


@click.command()
def check() -> None:
    """Run the tools that read the source, then the tests."""
    sys.exit(checks.run_checks())
