"""Which passwords are refused."""

from __future__ import annotations

import unicodedata

import pytest

from app.auth.domain.passwords import Weakness, common_passwords, prepared, weakness_of


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("ngắn", Weakness.TOO_SHORT),
        ("x" * 129, Weakness.TOO_LONG),
        ("hocvien07-của-tôi", Weakness.HOLDS_USERNAME),
        ("HocVien07 của tôi", Weakness.HOLDS_USERNAME),
        ("12345678", Weakness.GUESSED_FIRST),
        ("87654321", Weakness.GUESSED_FIRST),
        ("aaaaaaaa", Weakness.GUESSED_FIRST),
        ("abcabcabc", Weakness.GUESSED_FIRST),
        ("matkhau123", Weakness.GUESSED_FIRST),
        ("Mật khẩu 2026", Weakness.GUESSED_FIRST),
        ("P@ssw0rd!", Weakness.GUESSED_FIRST),
        ("ThaiNguyen2026", Weakness.GUESSED_FIRST),
        ("05021985", Weakness.GUESSED_FIRST),
        ("05/02/1985", Weakness.GUESSED_FIRST),
        ("19850205", Weakness.GUESSED_FIRST),
        ("0912345678", Weakness.GUESSED_FIRST),
    ],
)
def test_a_password_that_would_be_guessed_is_refused(password: str, weakness: Weakness):
    assert weakness_of(password, "hocvien07") is weakness


@pytest.mark.parametrize(
    "password",
    ["bốn con thuyền xanh", "kulotavi-mega", "thuyền " * 18, "sáng đi chợ sớm", "48815162342ab"],
)
def test_length_is_enough_no_sign_is_demanded(password: str):
    assert weakness_of(password, "hocvien07") is None


def test_the_list_is_folded_and_holds_both_languages():
    words = common_passwords()
    assert {"password", "matkhau", "taphuan", "qwertyuiop"} <= words
    assert len(words) > 500
    assert all(word.isascii() and word == word.lower() and " " not in word for word in words)


def test_the_same_password_from_another_keyboard_is_the_same():
    typed = unicodedata.normalize("NFD", "bốn con thuyền")
    assert prepared(typed) == "bốn con thuyền"
