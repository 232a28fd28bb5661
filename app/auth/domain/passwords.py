"""Which passwords are refused: too short, too long, the first a guesser tries, the user's name.

No rule of composition: length helps, forced signs do not. The list is short, and a word of it is
also refused with digits and signs around it, which covers thousands of passwords.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from app.auth.domain.contacts import parse_phone
from app.core.text import fold, nfc

SHORTEST = 8
LONGEST = 128
_LIST = Path(__file__).with_name("common_passwords.txt")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})|(\d{4})(\d{2})(\d{2})", re.ASCII)
_SIGNS_FOR_LETTERS = str.maketrans("@$0!", "asoi")


class Weakness(Enum):
    """Why a password is refused."""

    TOO_SHORT = auto()
    TOO_LONG = auto()
    HOLDS_USERNAME = auto()
    GUESSED_FIRST = auto()


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Return the shipped list, folded."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def prepared(password: str) -> str:
    """Return what is hashed: NFC, so that every keyboard gives the same password."""
    return nfc(password)


def weakness_of(password: str, username: str) -> Weakness | None:
    """Return why a password is refused, or None when it may be used.

    :param username: folded user name of its owner
    """
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    bare = fold(password).replace(" ", "")
    if fold(username) in bare:
        return Weakness.HOLDS_USERNAME
    if _is_common(bare) or _is_monotonous(bare) or _is_day(bare) or parse_phone(bare):
        return Weakness.GUESSED_FIRST
    return None


def _is_common(bare: str) -> bool:
    common = common_passwords()
    forms = (bare, bare.translate(_SIGNS_FOR_LETTERS))
    return any(form in common or _AROUND.sub("", form) in common for form in forms)


def _is_monotonous(bare: str) -> bool:
    """Say whether it repeats a piece of at most three signs or counts up or down."""
    if any(bare == (bare[:size] * len(bare))[: len(bare)] for size in (1, 2, 3)):
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(bare)}
    return steps in ({1}, {-1})


def _is_day(bare: str) -> bool:
    digits = re.sub(r"[/.\-]", "", bare)
    found = _DAY.fullmatch(digits)
    if not found:
        return False
    readings = (
        (digits[4:], digits[2:4], digits[:2]),
        (digits[4:], digits[:2], digits[2:4]),
        (digits[:4], digits[4:6], digits[6:]),
    )
    return any(_is_date(*map(int, reading)) for reading in readings)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return 1900 <= date(year, month, day).year <= 2100
    except ValueError:
        return False
