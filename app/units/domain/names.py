"""When a typed name means a unit that is known."""

from __future__ import annotations

import unicodedata

from app.core.text import fold


def is_meant(typed: str, name: str) -> bool:
    """Say whether a typed name is a way of writing a unit's name.

    Somebody who types no marks may mean any; somebody who types them means those, wherever in the
    syllable they stand.
    """
    if fold(typed) != fold(name):
        return False
    return fold(typed) == typed.lower() or _syllables(typed) == _syllables(name)


def _syllables(text: str) -> list[list[str]]:
    return [sorted(unicodedata.normalize("NFD", word)) for word in text.lower().split()]
