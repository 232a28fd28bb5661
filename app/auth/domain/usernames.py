"""User names: one folded form, so that two names that look alike are one name."""

from __future__ import annotations

import re
import unicodedata

from app.core.text import clean_line, fold

SHORTEST = 3
LONGEST = 64
_SIGNS = frozenset("._-")
_NOT_PLAIN = re.compile("[^a-z0-9]+")
_NAMELESS = "hoc.vien"
_DIGITS = 8


def fold_login(text: str) -> str:
    """Return what somebody typed into the sign-in field as it is compared and stored.

    Width, case and composition do not matter (NFKC, case-folded); invisible characters are gone.
    """
    folded = unicodedata.normalize("NFKC", clean_line(text)).casefold()
    return clean_line(unicodedata.normalize("NFKC", folded))


def is_searchable(text: str) -> bool:
    """Say whether a database can be asked for this text (no control character, not too long)."""
    return 0 < len(text) <= 254 and not any(unicodedata.category(each) == "Cc" for each in text)


def is_username(folded: str) -> bool:
    """Say whether a folded text may be a user name.

    Latin letters (with Vietnamese marks), ASCII digits, full stop, hyphen and underscore: letters
    of other scripts that look like Latin ones are refused. There must be a letter, so that a name
    never hides another person's telephone number.
    """
    if not SHORTEST <= len(folded) <= LONGEST or folded[0] in _SIGNS:
        return False
    return all(_is_allowed(each) for each in folded) and any(each.isalpha() for each in folded)


def username_base(full_name: str) -> str:
    """Return the user name that a name suggests, in letters of every keyboard: ``nguyen.van.an``.

    It may be taken already; there is room after it for a number.
    """
    words = (_NOT_PLAIN.sub("", word) for word in fold(full_name).split())
    base = ".".join(word for word in words if word)[: LONGEST - _DIGITS].rstrip(".")
    return base if is_username(base) else f"{_NAMELESS}.{base}".rstrip(".")


def _is_allowed(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in _SIGNS
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")
