"""User names that look alike are one name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.domain.usernames import fold_login, is_searchable, is_username, username_base


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("HocVien01", "hocvien01"),
        (" hocvien01 ", "hocvien01"),
        ("hoc\u200bvien01", "hocvien01"),
        ("\uff48\uff4f\uff43\uff56\uff49\uff45\uff4e\uff10\uff11", "hocvien01"),
        (unicodedata.normalize("NFD", "nguyễn.an"), "nguyễn.an"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
    ],
)
def test_names_that_look_alike_fold_to_one(typed: str, stored: str):
    assert fold_login(typed) == stored


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str):
    assert fold_login(fold_login(text)) == fold_login(text)


@pytest.mark.parametrize("name", ["an.nv", "nguyễn_an", "a-1", "đặng.văn.đức"])
def test_letters_digits_and_three_signs_are_allowed(name: str):
    assert is_username(fold_login(name))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ab",
        "x" * 65,
        "có cách",
        "a@b.vn",
        ".an",
        "\u0430dmin",
        "0912345678",
        "123456",
        "a/b",
        "a\x00b",
    ],
)
def test_other_names_are_refused(name: str):
    assert not is_username(fold_login(name))


def test_a_control_character_is_never_asked_of_a_database():
    assert not is_searchable("an\x00")
    assert not is_searchable("")
    assert not is_searchable("x" * 255)
    assert is_searchable("an.nv")


@pytest.mark.parametrize(
    ("full_name", "base"),
    [
        ("Nguyễn Thị Ánh Tuyết", "nguyen.thi.anh.tuyet"),
        ("Đỗ Mỹ Ý", "do.my.y"),
        ("H'Lăng Niê", "hlang.nie"),
        ("Ý", "hoc.vien.y"),
        ("李", "hoc.vien"),
    ],
)
def test_a_name_suggests_a_user_name_that_every_keyboard_has(full_name: str, base: str) -> None:
    assert username_base(full_name) == base


@given(st.text(max_size=120))
def test_whatever_the_name_the_suggestion_may_be_used_with_a_number(name: str) -> None:
    assert is_username(username_base(name))
    assert is_username(f"{username_base(name)}12345678")
