"""What the names of the demo have to try."""

from __future__ import annotations

import unicodedata
from collections import Counter

from app.core.text import fold
from seed.fates import NEXT_CLASS, Fate, fate_of
from seed.people import LEARNERS
from seed.places import SITE_OF_UNIT, SITES, UNITS

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưy"


def test_seventy_learners_sit_at_five_sites_thirty_at_the_main_one():
    seats = Counter(SITE_OF_UNIT.get(each.unit, 0) for each in LEARNERS)
    assert (len(LEARNERS), len(SITES), len(seats), seats[0]) == (70, 5, 5, 30)
    assert {each.unit for each in LEARNERS} == set(UNITS)


def test_every_tone_and_every_vowel_letter_is_in_a_name():
    names = "".join(each.full_name for each in LEARNERS).lower()
    assert unicodedata.is_normalized("NFC", names)
    assert set(_TONES) <= set(unicodedata.normalize("NFD", names))
    assert set(_VOWELS + "đ") <= set(names)


def test_two_namesakes_differ_in_unit_and_day_of_birth():
    counts = Counter(each.full_name for each in LEARNERS)
    (name,) = [name for name, count in counts.items() if count > 1]
    one, other = [each for each in LEARNERS if each.full_name == name]
    assert one.unit != other.unit
    assert one.birth != other.birth


def test_two_pairs_differ_in_spelling_only():
    sounds = Counter(fold(each.full_name) for each in LEARNERS)
    spellings = Counter(fold(name) for name in {each.full_name for each in LEARNERS})
    assert sum(count > 1 for count in spellings.values()) >= 1
    assert sum(count > 1 for count in sounds.values()) >= 2


def test_names_have_one_to_six_syllables_and_an_apostrophe():
    lengths = {len(each.full_name.split()) for each in LEARNERS}
    assert {1, 2, 3, 4, 5, 6} == lengths
    assert any("'" in each.full_name for each in LEARNERS)


def test_some_are_born_in_a_year_without_a_day():
    assert any(each.birth_on is None for each in LEARNERS)
    assert all(1960 < each.birth_year < 2000 for each in LEARNERS)


def test_nobody_of_the_next_class_has_finished():
    finished = {Fate.PASSED, Fate.PASSED_SECOND_TIME}
    assert not {fate_of(number) for number in NEXT_CLASS} & finished
