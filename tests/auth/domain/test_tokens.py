"""The typed code of a slip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.auth.domain.tokens import CODE_ALPHABET, CODE_LENGTH, grouped_code, read_code, token_hash

codes = st.text(alphabet=CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


@given(codes)
def test_a_printed_code_is_read_back_however_it_is_typed(code: str):
    printed = grouped_code(code)
    assert read_code(printed) == code
    assert read_code(printed.lower()) == code
    assert read_code(f" {printed.replace('-', ' ')} ") == code


def test_a_code_is_printed_in_groups():
    assert grouped_code("K7MP4TX9QH") == "K7MP-4TX9-QH"


def test_no_sign_of_a_code_looks_like_another_or_is_changed_by_a_vietnamese_keyboard():
    assert not set(CODE_ALPHABET) & set("01BDGILOSWZ")
    assert not set(CODE_ALPHABET) & set("AEIOUY")
    assert len(CODE_ALPHABET) ** CODE_LENGTH > 2**43


def test_other_texts_are_no_code():
    assert [read_code(text) for text in ("", "K7MP-4TX9", "K7MP-4TX9-QO", "K7MP-4TX9-QHH")] == [
        None
    ] * 4


def test_only_a_hash_of_32_bytes_is_stored():
    assert len(token_hash("a")) == 32
    assert token_hash("a") != token_hash("b")
