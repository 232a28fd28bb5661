"""Codes, numbers and names of files."""

import secrets
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.certificates.domain.codes import BITS, LENGTH, code_from_number, find_code, grouped
from app.certificates.domain.file_names import distinct, paper_name
from app.certificates.domain.numbers import PatternError, check_pattern, format_number
from app.certificates.domain.register import CertificateState, EntryKind, state_of
from app.certificates.domain.stored_face import face_from_values, face_values
from tests.certificates.domain.test_face import FACE


@given(st.integers(min_value=0, max_value=(1 << BITS) - 1))
def test_a_code_is_read_back_however_it_is_typed(number):
    code = code_from_number(number)
    assert len(code) == LENGTH
    for typed in (code, grouped(code), grouped(code).lower(), f" {code[:9]}\u2013{code[9:]}\n"):
        assert find_code(typed) == code
    assert find_code(code.replace("0", "O").replace("1", "l")) == code


def test_no_two_of_a_hundred_thousand_codes_are_alike():
    codes = {code_from_number(secrets.randbits(BITS)) for _each in range(100_000)}
    assert len(codes) == 100_000


def test_different_numbers_give_different_codes():
    assert code_from_number(0) == "0" * 26
    assert code_from_number((1 << BITS) - 1) == "Z" * 26
    for number in (-1, 1 << BITS):
        with pytest.raises(ValueError, match="130 bits"):
            code_from_number(number)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_a_code_or_none(typed):
    found = find_code(typed)
    assert found is None or (len(found) == LENGTH and not set(found) & set("ILOU"))


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("{number:03d}/{year}/GCN-SKHCN", "015/2026/GCN-SKHCN"),
        ("{year}-{number}", "2026-15"),
        ("Số {number:5d}/{year}", "Số 00015/2026"),
    ],
)
def test_numbers_are_written_by_their_pattern(pattern, written):
    check_pattern(pattern, needs_year=True)
    assert format_number(pattern, 15, 2026) == written


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "GCN",
        "{number}",
        "{year}",
        "{number.__class__}/{year}",
        "{number}/{year}/{x}",
        "{number}/{year}}",
        "{number!r}/{year}",
        "{number:99999999d}/{year}",
        "{number}/{year}" + "x" * 60,
    ],
)
def test_a_pattern_of_no_use_is_refused(pattern):
    with pytest.raises(PatternError):
        check_pattern(pattern, needs_year=True)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_two_numbers_are_never_written_alike(one, other):
    pattern = "{number:03d}/{year}/GCN"
    assert (format_number(pattern, one, 2026) == format_number(pattern, other, 2026)) == (
        one == other
    )


def test_files_are_named_in_plain_letters_and_never_alike():
    assert paper_name(15, 2026, "Nguyễn Văn Ân") == "015-2026-Nguyen-Van-An"
    assert paper_name(1015, 2026, "H'Hen Niê") == "1015-2026-H-Hen-Nie"
    assert paper_name(1, 2026, "Đỗ/../Thị") == "001-2026-Do-Thi"
    assert list(distinct(["a", "A", "b", "a"], ".pdf")) == ["a.pdf", "A-2.pdf", "b.pdf", "a-3.pdf"]


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ({EntryKind.ISSUED}, CertificateState.VALID),
        ({EntryKind.ISSUED, EntryKind.REPLACED}, CertificateState.REPLACED),
        ({EntryKind.ISSUED, EntryKind.REVOKED}, CertificateState.REVOKED),
        ({EntryKind.ISSUED, EntryKind.REPLACED, EntryKind.REVOKED}, CertificateState.REVOKED),
    ],
)
def test_the_state_follows_from_the_entries(entries, state):
    assert state_of(entries) is state


def test_a_stored_face_comes_back_to_the_letter():
    face = replace(FACE, born_on=date(1986, 2, 5), periods=16)
    assert face_from_values(face_values(face)) == face
    assert face_from_values(face_values(FACE)) == FACE
