"""The account page: sign-out, login sessions, password, language."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from app.auth import commands, queries
from app.auth.models import LoginSession, Role
from app.core.clock import utc_now
from app.core.db import read, transaction
from tests.auth.factories import PASSWORD, make_person, make_slip

CREDENTIALS = {"login": "an.nv", "password": PASSWORD}
NEW = "sáng mai trời mưa to"


@pytest.fixture
def learner():
    return make_person(email="an@backan.gov.vn", phone="0912345678")


@pytest.fixture
def inside(browser, learner):
    def sign_in():
        here = browser()
        here.post("/login", {"login": "an.nv", "password": PASSWORD})
        return here

    return sign_in


def changed(**different: str) -> dict[str, str]:
    return {"old": PASSWORD, "new": NEW, "again": NEW, **different}


def test_the_account_shows_who_one_is(inside):
    page = inside().get("/account")
    for words in ("Nguyễn Văn An", "an.nv", "an@backan.gov.vn", "0912 345 678", "Học viên"):
        assert words in page.text
    assert page.link("Tài khoản và mật khẩu") == "/account"


def test_signing_out_ends_the_session_and_clears_the_browser(inside, browser):
    here = inside()
    token = here.client.get_cookie("th").value
    page = here.post("/logout")
    assert page.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert page.headers["Cache-Control"] == "no-store"
    assert here.client.get_cookie("th") is None
    thief = browser()
    thief.client.set_cookie("th", token)
    thief.get("/account", status=401)


def test_signing_out_twice_or_from_outside_does_no_harm(browser, inside):
    here = inside()
    here.post("/logout")
    here.post("/logout")
    browser().get("/logout", status=405)


def test_another_place_can_be_ended_from_here(inside):
    phone, here = inside(), inside()
    page = here.get("/account")
    assert len(page.all(".task")) == 2
    assert len(page.all("form[action$='/end']")) == 1
    said = here.follow(here.post(page.one("form[action$='/end']")["action"]))
    assert "Đã kết thúc." in said.text
    phone.get("/account", status=401)
    here.get("/account")


def test_all_other_places_can_be_ended_at_once(inside):
    others, here = [inside(), inside()], inside()
    here.post("/account/sessions/end-others")
    here.get("/account")
    for each in others:
        each.get("/account", status=401)


def test_anothers_session_is_not_found_and_goes_on(browser, inside):
    here = inside()
    session_id = read(sa.select(LoginSession.id)).scalar_one()
    stranger = browser().sign_in(make_person("Trần Thị Bình", "binh.tt"))
    stranger.post(f"/account/sessions/{session_id}/end", status=404)
    stranger.post(f"/account/sessions/{uuid.uuid4()}/end", status=404)
    here.get("/account")


def test_a_new_password_ends_every_other_session_but_this(inside, browser):
    phone, here = inside(), inside()
    said = here.follow(here.post("/account/password", changed()))
    assert "Đã đổi mật khẩu." in said.text
    here.get("/account")
    phone.get("/account", status=401)
    browser().post("/login", {"login": "an.nv", "password": PASSWORD}, status=401)
    browser().post("/login", {"login": "an.nv", "password": NEW})


@pytest.mark.parametrize(
    ("form", "status", "place", "sentence"),
    [
        (changed(old=""), 422, "#old-error", "Hãy nhập mật khẩu hiện tại."),
        (changed(new="", again=""), 422, "#new-error", "Hãy nhập mật khẩu mới."),
        (changed(again="khác"), 422, "#again-error", "Hai lần nhập chưa giống nhau."),
        (changed(new="ngắn", again="ngắn"), 422, "#new-error", "ít nhất 8 ký tự"),
        (changed(new="Matkhau2026", again="Matkhau2026"), 422, "#new-error", "dễ bị đoán"),
        (changed(new="an.nv thế đấy", again="an.nv thế đấy"), 422, "#new-error", "tên đăng nhập"),
        (changed(new="a" * 200, again="a" * 200), 422, "#new-error", "dài nhất 128"),
        (changed(old="không phải"), 401, "#old-error", "Mật khẩu hiện tại chưa đúng."),
    ],
)
def test_a_password_that_cannot_be_changed_is_told_in_place(
    inside, browser, form: dict[str, str], status: int, place: str, sentence: str
):
    here = inside()
    page = here.post("/account/password", form, status=status)
    assert sentence in page.one(place).text
    assert page.one("#errors")
    assert NEW not in page.html
    browser().post("/login", {"login": "an.nv", "password": PASSWORD})


def test_guessing_the_old_password_is_slowed_by_the_same_counter(inside, browser, clock):
    here = inside()
    for _each in range(5):
        here.post("/account/password", changed(old="không phải"), status=401)
    page = here.post("/account/password", changed(), status=429)
    assert "Đã nhập sai nhiều lần." in page.one("#errors").text
    browser().post("/login", {"login": "an.nv", "password": PASSWORD}, status=429)


def test_who_came_by_slip_sets_a_first_password(browser):
    here = browser().sign_in(make_person("Lê Văn Chi", "chi.lv", password=None))
    page = here.get("/account/password")
    assert page.one("h1").text == "Đặt mật khẩu"
    assert page.all("#old") == []
    here.post("/account/password", {"new": NEW, "again": NEW})
    browser().post("/login", {"login": "chi.lv", "password": NEW})


def test_changed_roles_end_the_sessions(inside, learner):
    here = inside()
    with transaction():
        commands.change_roles(user_id=learner.id, roles=Role.LEARNER | Role.TRAINER)
    here.get("/account", status=401)
    assert queries.get_user(learner.id).roles == Role.LEARNER | Role.TRAINER


def test_the_same_roles_again_change_nothing(inside, learner):
    here = inside()
    with transaction():
        commands.change_roles(user_id=learner.id, roles=Role.LEARNER)
    here.get("/account")


def test_a_closed_account_is_out_at_once(inside, learner):
    here = inside()
    with transaction():
        commands.deactivate_user(user_id=learner.id)
    here.get("/account", status=401)


def test_a_password_set_for_somebody_ends_their_sessions(inside, learner):
    here = inside()
    with transaction():
        commands.set_password(
            user_id=learner.id, new_hash=commands.hash_password(NEW, username=learner.username)
        )
    here.get("/account", status=401)


def test_the_language_is_kept_in_the_browser_and_for_the_person(inside, learner):
    here = inside()
    page = here.post("/language", {"lang": "en", "next": "/account"})
    assert page.location == "/account"
    assert here.follow(page).one("html")["lang"] == "en"
    elsewhere = inside()
    assert elsewhere.get("/account").one("html")["lang"] == "en"
    assert queries.get_user(learner.id).language == "en"


def test_english_chosen_before_signing_in_stays_and_goes_along(browser):
    make_person()
    here = browser()
    here.post("/language", {"lang": "en", "next": "/login"})
    assert here.follow(here.post("/login", CREDENTIALS)).one("html")["lang"] == "en"
    elsewhere = browser()
    assert elsewhere.follow(elsewhere.post("/login", CREDENTIALS)).one("html")["lang"] == "en"


@pytest.mark.parametrize("by_code", [True, False])
def test_english_chosen_before_a_slip_is_used_stays(browser, by_code: bool):
    slip = make_slip(make_person())
    here = browser()
    here.post("/language", {"lang": "en"})
    path, form = ("/login/code", {"code": slip.code}) if by_code else (slip.path, {})
    assert here.follow(here.post(path, form)).one("html")["lang"] == "en"


def test_the_language_of_one_at_a_shared_computer_is_not_left_to_the_next(browser):
    make_person()
    make_person("Trần Thị Bình", "binh.tt")
    here = browser()
    here.post("/login", {**CREDENTIALS, "is_shared_computer": "y"})
    here.post("/language", {"lang": "en"})
    here.post("/logout")
    page = here.post("/login", {**CREDENTIALS, "login": "binh.tt", "is_shared_computer": "y"})
    assert here.follow(page).one("html")["lang"] == "vi"


@pytest.mark.parametrize("form", [{}, {"lang": "fr"}, {"lang": "en", "next": "//evil.example"}])
def test_a_strange_language_or_place_leads_home(browser, form: dict[str, str]):
    here = browser()
    assert here.post("/language", form).location == "/"


def test_open_sessions_are_listed_newest_first(learner, clock):
    for device in ("Chrome, Android", "Edge, Windows"):
        with transaction():
            commands.open_session(
                user_id=learner.id, device=device, is_shared_computer=False, at=utc_now()
            )
        clock.forward(minutes=1)
    found = queries.list_open_sessions(learner.id, at=utc_now())
    assert [each.device for each in found] == ["Edge, Windows", "Chrome, Android"]
