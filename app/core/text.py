"""Vietnamese text: one Unicode form, folding for search, and the order of names.

Sources: tone order of the Vietnamese dictionary rule (ngang, huyền, hỏi, ngã, sắc, nặng), letters
before tones, syllable by syllable; the same as ICU's rules for ``vi`` within one syllable.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_ALPHABET, start=40)}
_TONE_RANK = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTER_MARKS = {"\u0306", "\u0302", "\u031b"}
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc", "'"))
# The letters of the shipped fonts, without those that are other letters in disguise.
_NAME_SIGN = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9 '\u2019.-]"
)
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]"
)


def nfc(text: str) -> str:
    """Return ``text`` in the one Unicode form that is stored, compared and drawn."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Return one line of text: NFC, nothing invisible, no controls, single spaces, trimmed."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _SPACES.sub(" ", visible).strip()


def fold(text: str) -> str:
    """Return ``text`` as people type it in a hurry: lower case, no tone or letter marks, đ as d.

    All apostrophes are one: ``H’Hen`` and ``H'Hen`` are alike.
    """
    plain = text.lower().replace("đ", "d").translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFD", plain)
    bare = "".join(each for each in decomposed if not unicodedata.combining(each))
    return clean_line(bare)


def signs_not_in_names(name: str) -> tuple[str, ...]:
    """Return, once each and in order, the signs of ``name`` that no paper could print in a name.

    Right are letters (of Vietnamese and of the other Latin alphabets of Europe), spaces, ``'``,
    ``’``, ``-`` and ``.``; a test holds that every face of the papers can draw them.

    :param name: clean, in NFC
    """
    return tuple(dict.fromkeys(each for each in name if not _NAME_SIGN.fullmatch(each)))


def is_name_like(full_name: str, folded: str) -> bool:
    """Say whether words of a name begin with what was typed: ``nguyen van`` finds Nguyễn Văn An.

    :param folded: what was typed, by :func:`fold`; the empty text finds everybody
    """
    return f" {folded}" in f" {fold(full_name)}"


@lru_cache(maxsize=4096)
def syllable_key(syllable: str) -> str:
    """Return a string that sorts one syllable the Vietnamese way: its letters, then its tones."""
    letters: list[str] = []
    tones: list[str] = []
    for character in unicodedata.normalize("NFC", syllable.lower()):
        base, *marks = list(unicodedata.normalize("NFD", character))
        tone = 0
        for mark in marks:
            if mark in _TONE_RANK:
                tone = _TONE_RANK[mark]
            elif mark in _LETTER_MARKS:
                base = unicodedata.normalize("NFC", base + mark)
        rank = _LETTER_RANK.get(base)
        letters.append(f"{rank:02x}" if rank else f"0{ord(base):06x}")
        tones.append(str(tone))
    return "".join(letters) + "." + "".join(tones)


def name_sort_key(full_name: str) -> str:
    """Return the key by which a name stands in a list: given name, then family name, then the rest.

    The key is plain ASCII, so that every database sorts it alike byte by byte. An empty name gives
    an empty key, which sorts first.
    """
    words = clean_line(full_name).split()
    if not words:
        return ""
    return " ".join(syllable_key(word) for word in (words[-1], *words[:-1]))


def initials(full_name: str) -> str:
    """Return the first letters of the family and the given name, for a small round badge."""
    words = full_name.split()
    return (words[0][:1] + words[-1][:1]).upper() if words else ""


def masked_name(full_name: str) -> str:
    """Return a name that its bearer recognises and a stranger cannot use: "Nguyễn V. A."."""
    words = full_name.split()
    if len(words) < 2:
        return (full_name[:1] + "…") if full_name else ""
    return " ".join([words[0], *(word[0] + "." for word in words[1:])])
