"""Telephone numbers and mail addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.domain.contacts import parse_email, parse_phone, phone_text


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "+84912345678",
        "84 912 345 678",
        "0084912345678",
    ],
)
def test_every_way_of_writing_a_mobile_number_is_one_number(typed: str):
    assert parse_phone(typed) == "+84912345678"


def test_the_nought_that_a_spreadsheet_dropped_is_put_back():
    assert parse_phone("912345678") == "+84912345678"


def test_fixed_lines_have_ten_or_eleven_digits():
    assert parse_phone("0243 826 123") == "+84243826123"
    assert parse_phone("0243 826 1234") == "+842438261234"


@pytest.mark.parametrize(
    "typed", ["", "12345", "01234567890", "0412345678", "09123456789", "abc", "\uff19\uff11\uff12"]
)
def test_other_texts_are_no_number(typed: str):
    assert parse_phone(typed) is None


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_number_is_shown_as_it_can_be_read_again(number: str):
    stored = parse_phone(number)
    assert stored is not None
    assert parse_phone(phone_text(stored)) == stored


def test_a_number_is_shown_in_groups():
    assert phone_text("+84912345678") == "0912 345 678"
    assert phone_text(None) == ""


@pytest.mark.parametrize("typed", ["An.NV@BacKan.gov.vn", " an.nv@backan.gov.vn "])
def test_a_mail_address_is_stored_in_lower_case(typed: str):
    assert parse_email(typed) == "an.nv@backan.gov.vn"


@pytest.mark.parametrize("typed", ["", "an", "an@", "an@vn", "a b@c.vn", "an@x.vn\r\nBcc: y@z.vn"])
def test_other_texts_are_no_mail_address(typed: str):
    assert parse_email(typed) is None
