"""Options that commands share, and the settings they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from config import Config, read_config

Command = TypeVar("Command", bound=Callable[..., Any])

EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - what one may ask for, not what is taken
DATA = "data"  # where the context keeps what stood before the command's name


def _keep(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.meta[DATA] = value


def _kept(context: click.Context, option: click.Parameter, value: Path | None) -> Path | None:
    is_given = context.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE
    return value if is_given else context.meta.get(DATA, value)


def data_before() -> click.Option:
    """Return ``--data`` for a group: kept for the command whose name follows."""
    return click.Option(
        ["--data"],
        type=click.Path(path_type=Path),
        help="folder of all state (instance/)",
        expose_value=False,
        callback=_keep,
    )


def takes_data(command: click.Command) -> bool:
    """Say whether ``--data`` means something to the command."""
    return any("--data" in each.opts for each in command.params)


def data_option(default: Path | None = None) -> Callable[[Command], Command]:
    """Return ``--data`` for a command; one before the command's name counts too."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        default=default,
        show_default=default is not None,
        help="folder of all state" if default else "folder of all state (instance/)",
        callback=_kept,
    )


data = data_option()
port = click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
host = click.option("--host", default="127.0.0.1", show_default=True)
workers = click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)


def configure(data: Path | None, host: str = "127.0.0.1", port: int = 8000) -> Config:
    """Read the settings; what the command line says wins over the environment.

    The server's workers read the environment again, so that the choice is written there.
    """
    if data is not None:
        os.environ["TAPHUAN_DATA"] = str(data)
    name = "127.0.0.1" if host in EVERY_ADDRESS else host
    os.environ.setdefault("TAPHUAN_BASE_URL", f"http://{name}:{port}")
    return read_config()
