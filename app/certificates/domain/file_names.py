"""Names of files that every computer, printer and chat program keeps as they are: plain ASCII."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.core.text import fold

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def paper_name(register_number: int, register_year: int, full_name: str) -> str:
    """Return ``015-2026-Nguyen-Van-An`` for "Nguyễn Văn An", without the ending."""
    words = [each.capitalize() for each in _NOT_WORD.split(fold(full_name)) if each]
    return "-".join((f"{register_number:03d}", str(register_year), *words))


def distinct(names: Iterable[str], ending: str) -> Iterator[str]:
    """Yield the names with their ending, a number added where one was there before."""
    seen: set[str] = set()
    for name in names:
        unique, count = name, 1
        while unique.lower() in seen:
            count += 1
            unique = f"{name}-{count}"
        seen.add(unique.lower())
        yield f"{unique}{ending}"
