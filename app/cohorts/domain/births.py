"""Days and years of birth as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_OLDEST, _YOUNGEST = 100, 15


@dataclass(frozen=True, slots=True)
class Birth:
    """When somebody was born; of some people papers give only the year."""

    year: int
    on: date | None = None


def parse_birth(text: str, *, today: date) -> Birth | None:
    """Return the day of ``05/02/1985`` or the year of ``1985``, or None when it is neither.

    The day stands first, always. Nobody in a class is younger than 15 or older than 100.
    """
    if found := _DAY.fullmatch(text.strip()):
        day, month, year = (int(each) for each in found.groups())
        try:
            birth = Birth(year, date(year, month, day))
        except ValueError:
            return None
    elif _YEAR.fullmatch(text.strip()):
        birth = Birth(int(text))
    else:
        return None
    return birth if _YOUNGEST <= today.year - birth.year <= _OLDEST else None
