"""Who is told of every statement that runs past the application's engine (tests that count)."""

from __future__ import annotations

from collections.abc import Callable

observers: list[Callable[[str], None]] = []


def tell(statement: str) -> None:
    """Tell the observers of a statement."""
    for each in observers:
        each(statement)
