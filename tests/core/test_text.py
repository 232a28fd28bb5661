"""Vietnamese text: one form, folding, the order of names."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import (
    clean_line,
    fold,
    initials,
    masked_name,
    name_sort_key,
    nfc,
    signs_not_in_names,
    syllable_key,
)

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VOWELS = "aăâeêioôơuưy"
LETTERS = sorted(
    {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    | set(ALPHABET)
)
syllables = st.text(alphabet=LETTERS, min_size=1, max_size=7)
names = st.lists(syllables, min_size=1, max_size=6).map(" ".join)


def by_the_rule(syllable: str) -> tuple[list[int], list[int]]:
    """Return the dictionary's rule for one syllable: its letters, then its tones."""
    letters, tones = [], []
    for character in syllable:
        parts = unicodedata.normalize("NFD", character)
        tone = next((mark for mark in parts if mark in TONES), "")
        letters.append(
            ALPHABET.index(unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts))
        )
        tones.append(TONES.index(tone))
    return letters, tones


def sign(smaller: object, greater: object) -> int:
    return (smaller > greater) - (smaller < greater)  # type: ignore[operator]


@given(syllables, syllables)
def test_syllables_stand_in_the_order_of_the_dictionary(one: str, other: str):
    expected = sign(by_the_rule(one), by_the_rule(other))
    assert sign(syllable_key(one), syllable_key(other)) == expected


@given(names, names)
def test_names_are_compared_syllable_by_syllable_given_name_first(one: str, other: str):
    def rule(name: str) -> list[tuple[list[int], list[int]]]:
        words = name.split()
        return [by_the_rule(word) for word in (words[-1], *words[:-1])]

    assert sign(name_sort_key(one), name_sort_key(other)) == sign(rule(one), rule(other))


def test_tones_stand_in_the_order_of_the_dictionary():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=syllable_key) == [
        *("ma", "mà", "mả", "mã", "má", "mạ")
    ]


def test_letters_with_marks_are_letters_of_their_own():
    words = ["ưa", "ua", "ơi", "ôi", "oi", "êm", "em", "đa", "da", "db", "âm", "ăm", "am"]
    assert sorted(words, key=syllable_key) == [
        *("am", "ăm", "âm", "da", "db", "đa", "em", "êm", "oi", "ôi", "ơi", "ua", "ưa")
    ]


@pytest.mark.parametrize(
    "ordered",
    [
        ["Nguyễn Văn An", "Trần Văn An", "Nguyễn Thị Ánh", "Lê Ân", "Lê Ấn"],
        ["Dương Đức", "Đinh Đức"],
        ["Hà Đăng", "Hà Đặng"],
        ["Lò A Pó", "Giàng A Páo"][::-1],
        ["H'Hen Niê", "Y Niê"],
        ["", "An"],
    ],
)
def test_names_stand_in_the_order_people_expect(ordered: list[str]):
    for shuffled in itertools.permutations(ordered):
        assert sorted(shuffled, key=name_sort_key) == ordered


def test_words_of_a_whole_phrase_are_not_mixed():
    phrases = ["Ánh Tú", "Anh Tuấn", "Ánh An", "Anh Tú"]
    in_order = sorted(phrases, key=lambda text: [syllable_key(word) for word in text.split()])
    assert in_order == ["Anh Tú", "Anh Tuấn", "Ánh An", "Ánh Tú"]


@given(st.text(max_size=60))
def test_the_key_of_a_name_is_plain_and_does_not_depend_on_composition(text: str):
    key = name_sort_key(text)
    assert key.isascii()
    assert key == name_sort_key(unicodedata.normalize("NFD", text))


@given(st.text(max_size=60))
def test_a_cleaned_line_is_composed_trimmed_and_stays_as_it_is(text: str):
    cleaned = clean_line(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert "\n" not in cleaned
    assert clean_line(cleaned) == cleaned


def test_a_name_is_made_of_letters_and_the_signs_of_names():
    for name in ("H'Hen Niê", "K’Brôi", "Y Čuôr Êñuôl", "Phạm-Lê Thị Ỹ", "Lê A. Bưr"):
        assert signs_not_in_names(nfc(name)) == ()
    assert signs_not_in_names("Lê 7 An😀 😀") == ("7", "😀")
    for sign in ("\U0001d400", "ﬁ", "ª", "ĳ", "ŉ", "李", "\u0309", "\ufe0f", "_", "<", "–", "\n"):
        assert signs_not_in_names(f"Lê {sign}") == (sign,)


@given(st.text(max_size=60))
def test_text_is_composed_once_for_ever(text: str):
    assert nfc(nfc(text)) == nfc(text) == unicodedata.normalize("NFC", text)


def test_invisible_signs_and_odd_spaces_are_gone():
    assert clean_line("\ufeffNguyễn\u00a0 Văn\u200b\tAn\n") == "Nguyễn Văn An"
    assert clean_line("Nguyễn\x00 Văn\x07\x9f\tAn\x1b") == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Ánh", "dang thi anh"),
        ("H’Hen Niê", "h'hen nie"),
        ("H\u02bcHen Niê", "h'hen nie"),
        ("H‘Hen Niê", "h'hen nie"),
        ("NGUYỄN ƯỚC", "nguyen uoc"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        (" Đỗ  Đức ", "do duc"),
    ],
)
def test_folding_gives_what_is_typed_in_a_hurry(text: str, folded: str):
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(names)
def test_folding_twice_changes_nothing_and_leaves_plain_letters(name: str):
    assert fold(fold(name)) == fold(name)
    assert fold(name.upper()) == fold(name)
    assert fold(name).isascii()


def test_initials_and_masked_names():
    assert initials("Đặng Thị Ánh") == "ĐÁ"
    assert initials("") == ""
    assert masked_name("Nguyễn Văn An") == "Nguyễn V. A."
    assert masked_name("An") == "A…"
    assert masked_name("") == ""
