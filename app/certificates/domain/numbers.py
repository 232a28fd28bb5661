"""How the numbers of a certificate are written: patterns such as ``{number:03d}/{year}/GCN-SKHCN``.

Only these fields are understood; ``str.format`` would let a pattern look into the program.
"""

from __future__ import annotations

import re

_FIELD = re.compile(r"\{(?P<name>number|year)(?::0?(?P<width>[1-9])d)?\}")
_LONGEST = 60
_LARGEST = 999_999_999


class PatternError(ValueError):
    """A pattern lacks a field, has an unknown one, or writes too long a number."""


def check_pattern(pattern: str, *, needs_year: bool) -> None:
    """Refuse a pattern that would write the same number twice or cannot be understood.

    :param needs_year: the number starts again each year, so the year must be written
    :raises PatternError: the pattern is of no use
    """
    names = {found["name"] for found in _FIELD.finditer(pattern)}
    if "number" not in names or (needs_year and "year" not in names):
        raise PatternError("a field is missing")
    if {"{", "}"} & set(_FIELD.sub("", pattern)):
        raise PatternError("an unknown field")
    if len(format_number(pattern, _LARGEST, 9999)) > _LONGEST:
        raise PatternError("too long")


def format_number(pattern: str, number: int, year: int) -> str:
    """Return the number as the paper and the register show it."""

    def written(found: re.Match[str]) -> str:
        value = number if found["name"] == "number" else year
        return f"{value:0{found['width'] or 1}d}"

    return _FIELD.sub(written, pattern)
