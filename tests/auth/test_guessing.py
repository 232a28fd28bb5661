"""Who guesses passwords waits; who knows theirs gets in."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.auth import commands
from app.auth.errors import TooManyFailuresError
from app.auth.models import LoginSession, SignInThrottle
from app.core.clock import utc_now
from app.core.db import read, transaction
from tests.auth.factories import PASSWORD, fail_at, make_person


def credentials(login: str = "an.nv", password: str = PASSWORD) -> dict[str, str]:
    return {"login": login, "password": password}


def count_sessions() -> int:
    return int(read(sa.select(sa.func.count()).select_from(LoginSession)).scalar_one())


def test_seventy_people_behind_one_address_sign_in_within_a_minute(browser, clock):
    for number in range(70):
        make_person("Nguyễn Văn An", f"nguoi{number:02}")
    for number in range(70):
        browser().post("/login", credentials(f"nguoi{number:02}"))
        clock.forward(seconds=0.8)
    assert count_sessions() == 70
    assert read(sa.select(sa.func.count()).select_from(SignInThrottle)).scalar_one() == 0


def test_a_guesser_has_to_wait_and_even_the_right_password_does_not_help(browser, clock):
    make_person()
    here = browser()
    for _each in range(5):
        here.post("/login", credentials(password="sai"), status=401)
    page = here.post("/login", credentials(), status=429)
    assert "Đã nhập sai nhiều lần. Hãy thử lại sau 08:00:30" in page.one("#errors").text
    assert page.headers["Retry-After"] == "31"
    clock.forward(seconds=31)
    here.post("/login", credentials())


def test_forty_guesses_take_most_of_a_working_day(browser, clock):
    make_person()
    began, guesses = utc_now(), 0
    here = browser()
    while guesses < 40:
        page = here.post("/login", credentials(password=f"sai {guesses}"), status=None)
        if page.status == 429:
            clock.forward(seconds=int(page.headers["Retry-After"]))
        else:
            guesses += 1
    assert utc_now() - began > timedelta(hours=7)


def test_getting_in_clears_the_failures_of_the_account(browser, clock):
    make_person()
    here = browser()
    for _round in range(3):
        for _each in range(4):
            here.post("/login", credentials(password="sai"), status=401)
        here.post("/login", credentials())


def test_one_account_under_attack_does_not_slow_the_others(browser, clock):
    make_person()
    make_person("Trần Thị Bình", "binh.tt")
    fail_at("an.nv", times=5)
    browser().post("/login", credentials("binh.tt"))


def test_a_stranger_who_fails_on_purpose_does_not_keep_the_owner_out(browser, clock):
    make_person()
    for address in ("203.0.113.9", "198.51.100.7", "2001:db8:1:2::4"):
        fail_at("an.nv", times=5, address=address)
    browser().post("/login", credentials())


def test_getting_in_elsewhere_leaves_the_stranger_waiting(browser, clock):
    make_person()
    fail_at("an.nv", times=5)
    browser().post("/login", credentials())
    with pytest.raises(TooManyFailuresError):
        fail_at("an.nv", times=1)


def test_guesses_from_many_addresses_at_one_account_are_slowed_too(browser, clock):
    make_person()
    for number in range(51):
        fail_at("an.nv", times=1, address=f"203.0.113.{number}")
    page = browser().post("/login", credentials(), status=429)
    assert int(page.headers["Retry-After"]) <= 31
    clock.forward(seconds=31)
    browser().post("/login", credentials())


def test_fifty_guesses_an_hour_from_everywhere_are_forgiven_within_the_hour(browser, clock):
    make_person()
    for number in range(50):
        fail_at("an.nv", times=1, address=f"203.0.113.{number}")
    clock.forward(hours=1)
    for number in range(50):
        fail_at("an.nv", times=1, address=f"198.51.100.{number}")
    browser().post("/login", credentials())


def test_an_unknown_account_is_slowed_like_a_known_one(browser, clock):
    here = browser()
    for _each in range(5):
        here.post("/login", credentials("khong.co"), status=401)
    here.post("/login", credentials("khong.co"), status=429)


def test_failures_at_every_name_of_an_account_are_counted_together(browser, clock):
    make_person(email="an@backan.gov.vn", phone="0912345678")
    for login in ("an.nv", "AN.NV", "an@backan.gov.vn", "0912345678", "+84912345678"):
        browser().post("/login", credentials(login, "sai"), status=401)
    browser().post("/login", credentials(), status=429)


def test_one_address_trying_many_accounts_is_slowed_later_and_only_a_little(browser, clock):
    make_person()
    for number in range(121):
        fail_at(f"nguoi{number}", times=1, address="127.0.0.1")
    page = browser().post("/login", credentials(), status=429)
    assert int(page.headers["Retry-After"]) <= 6
    clock.forward(seconds=6)
    browser().post("/login", credentials())


def test_guesses_sent_at_once_learn_no_more_than_one_after_another(clock):
    make_person()
    at = utc_now()
    right = commands.prove_password(login="an.nv", password=PASSWORD, address="203.0.113.9", at=at)
    fail_at("an.nv", times=5)
    with pytest.raises(TooManyFailuresError), transaction():
        commands.sign_in(proof=right, device="", is_shared_computer=False, at=at)


def test_the_counters_name_nobody(clock):
    make_person()
    fail_at("an.nv", times=1)
    keys = read(sa.select(SignInThrottle.key)).scalars().all()
    assert len(keys) == 3
    assert all(len(key) == 64 and "203.0" not in key and "an.nv" not in key for key in keys)


def test_old_counters_are_swept_away(clock):
    fail_at("ai.do", times=1)
    clock.forward(days=1, minutes=1)
    fail_at("ai.khac", times=1, address="198.51.100.7")
    assert read(sa.select(sa.func.count()).select_from(SignInThrottle)).scalar_one() == 3
