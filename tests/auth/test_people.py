"""Making people and finding them."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import date

import pytest

from app.auth import queries
from app.auth.errors import (
    BadEmailError,
    BadFullNameError,
    BadPhoneError,
    BadUsernameError,
    ContactTakenError,
    UnprintableNameError,
    UsernameTakenError,
    WeakPasswordError,
)
from app.core.errors import AppError, NotFoundError
from tests.auth.factories import make_person


def test_a_name_is_kept_as_on_paper_in_one_unicode_form():
    typed = unicodedata.normalize("NFD", "  Nguyễn\u00a0Thị  Thuý ")
    user = make_person(typed)
    assert user.full_name == "Nguyễn Thị Thuý"
    assert user.search_key == "nguyen thi thuy"


def test_contacts_are_stored_in_one_form_and_the_year_of_birth_follows_the_day():
    user = make_person(email="An@BacKan.gov.vn", phone="912 345 678", birth_on=date(1985, 2, 5))
    assert (user.email, user.phone, user.birth_year) == ("an@backan.gov.vn", "+84912345678", 1985)


@pytest.mark.parametrize(
    ("details", "error"),
    [
        ({"full_name": "  "}, BadFullNameError),
        ({"full_name": "..."}, BadFullNameError),
        ({"full_name": "Lê An😀"}, UnprintableNameError),
        ({"full_name": "Lê \U0001d400n"}, UnprintableNameError),
        ({"full_name": "Lê ﬁn"}, UnprintableNameError),
        ({"full_name": "李 An"}, UnprintableNameError),
        ({"full_name": "Lê x\u0309 An"}, UnprintableNameError),
        ({"full_name": "Nguyễn " * 20}, BadFullNameError),
        ({"username": "ab"}, BadUsernameError),
        ({"username": "có cách"}, BadUsernameError),
        ({"username": "0912345678"}, BadUsernameError),
        ({"email": "khong-phai-thu"}, BadEmailError),
        ({"phone": "12345"}, BadPhoneError),
        ({"password": "12345678"}, WeakPasswordError),
    ],
)
def test_what_is_not_right_is_refused_with_a_sentence(
    details: dict[str, str], error: type[AppError]
):
    with pytest.raises(error) as raised:
        make_person(**details)
    assert raised.value.sentence.endswith(".")
    assert queries.search_users("nguyen") == []


@pytest.mark.parametrize("taken", ["An.NV", "\uff41\uff4e.\uff4e\uff56", "an\u200b.nv"])
def test_a_name_that_looks_like_anothers_is_refused(taken: str):
    make_person()
    with pytest.raises(UsernameTakenError):
        make_person("Trần Thị Bình", taken)


def test_a_contact_belongs_to_one_person():
    make_person(email="an@backan.gov.vn", phone="0912345678")
    with pytest.raises(ContactTakenError):
        make_person("Trần Thị Bình", "binh.tt", email="AN@backan.gov.vn")
    with pytest.raises(ContactTakenError):
        make_person("Trần Thị Bình", "binh.tt", phone="+84912345678")


def test_people_are_found_with_and_without_tone_marks_in_the_order_of_given_names():
    for number, name in enumerate(["Lê Ân", "Nguyễn Thị Ánh", "Đặng Văn An", "Nguyễn Văn Bình"]):
        make_person(name, f"nguoi{number}")

    def found(text: str) -> list[str]:
        return [user.full_name for user in queries.search_users(text)]

    assert found("an") == ["Đặng Văn An", "Nguyễn Thị Ánh", "Lê Ân"]
    assert found("Ân") == ["Lê Ân", "Đặng Văn An", "Nguyễn Thị Ánh"]
    assert found("dang van") == ["Đặng Văn An"]
    assert found(unicodedata.normalize("NFD", "Đặng")) == ["Đặng Văn An"]
    assert found("NGUYEN") == ["Nguyễn Thị Ánh", "Nguyễn Văn Bình"]
    assert found("%") == found("_") == found("") == found("\x00") == []


def test_people_are_listed_by_given_name():
    users = [
        make_person(name, f"nguoi{number}") for number, name in enumerate(["Hà Đặng", "Hà Đăng"])
    ]
    listed = queries.list_users_by_ids([each.id for each in users] + [uuid.uuid4()])
    assert [each.full_name for each in listed] == ["Hà Đăng", "Hà Đặng"]


def test_an_unknown_person_is_not_found():
    with pytest.raises(NotFoundError):
        queries.get_user(uuid.uuid4())
    assert queries.find_user_by_login("khong.co") is None
