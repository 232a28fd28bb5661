"""Words in Vietnamese (the source language) and English.

A sentence is written in Vietnamese in the code and is its own key; the English catalogue translates
it. The language of a request is the user's, else the cookie's, else Vietnamese.
"""

from __future__ import annotations

import gettext as std_gettext
from contextvars import ContextVar
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


class Language(StrEnum):
    """The two languages of the interface, in the order they are offered."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


_language: ContextVar[Language] = ContextVar("language", default=Language.VIETNAMESE)


@lru_cache(maxsize=1)
def english_catalogue() -> dict[str, str]:
    """Return Vietnamese sentence → English sentence, read once from the compiled catalogue."""
    path = TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.mo"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = std_gettext.GNUTranslations(file)
    entries: dict[str, str] = vars(catalogue)["_catalog"]  # gettext offers no other way to list
    return {key: text for key, text in entries.items() if key and text}


def language() -> Language:
    """Return the language of the present request or command."""
    return _language.get()


def use_language(chosen: Language) -> None:
    """Set the language for the present request or command."""
    _language.set(chosen)


def parse_language(text: str | None) -> Language | None:
    """Return the language named by ``text`` or None."""
    return next((each for each in Language if each.value == text), None)


def gettext(sentence: str, **values: object) -> str:
    """Return the sentence in the present language with ``%(name)s`` filled in."""
    if _language.get() is Language.ENGLISH:
        sentence = english_catalogue().get(sentence, sentence)
    return sentence % values if values else sentence


class LazySentence(str):
    """A sentence that is translated when it is shown: labels and messages of classes.

    It equals its Vietnamese text; ``str()``, a template and ``%`` give the present language.
    """

    __slots__ = ()

    def __str__(self) -> str:
        """Return the sentence in the present language."""
        return gettext(self[:])

    def __mod__(self, values: Any) -> str:
        """Return the sentence in the present language, filled in."""
        filled: str = gettext(self[:]) % values
        return filled


def lazy(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return LazySentence(sentence)
