"""The sign-in page: who gets in, who does not, and what they are told."""

from __future__ import annotations

import unicodedata

import brotli
import pytest
import sqlalchemy as sa

from app.auth import commands
from app.auth.models import LoginSession, Role
from app.core.db import db, read, transaction
from tests.auth.factories import PASSWORD, make_person, make_slip

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại."


def credentials(login: str = "an.nv", password: str = PASSWORD, **more: str) -> dict[str, str]:
    return {"login": login, "password": password, **more}


def count_sessions() -> int:
    return int(read(sa.select(sa.func.count()).select_from(LoginSession)).scalar_one())


def test_who_knows_the_password_gets_in(browser):
    make_person()
    here = browser()
    page = here.post("/login", credentials())
    assert "Nguyễn Văn An" in here.follow(page).text


@pytest.mark.parametrize(
    "login",
    [
        "AN.NV",
        " an.nv ",
        "an.nv@backan.gov.vn",
        "0912 345 678",
        "+84912345678",
        "\uff41\uff4e.\uff4e\uff56",
    ],
)
def test_user_name_mail_and_telephone_all_name_the_account(browser, login: str):
    make_person(email="An.NV@backan.gov.vn", phone="0912345678")
    browser().post("/login", credentials(login))


def test_a_user_name_and_password_typed_decomposed_are_the_same(browser):
    make_person(username="nguyễn.an")
    login, password = (unicodedata.normalize("NFD", text) for text in ("Nguyễn.An", PASSWORD))
    browser().post("/login", credentials(login, password))


def test_unknown_user_wrong_password_and_closed_account_get_the_same_answer(browser):
    make_person()
    closed = make_person(username="binh.tt", full_name="Trần Thị Bình")
    with transaction():
        commands.deactivate_user(user_id=closed.id)
    make_person(username="chi.lv", password=None)
    tries = [
        credentials(password="không phải"),
        credentials("khong.co"),
        credentials("binh.tt"),
        credentials("chi.lv"),
    ]
    pages = [browser().post("/login", each, status=401) for each in tries]
    answers = {
        page.html.replace(each["login"], "LOGIN") for page, each in zip(pages, tries, strict=True)
    }
    assert len(answers) == 1
    assert WRONG in pages[0].text
    assert count_sessions() == 0


def test_the_password_is_never_sent_back(browser):
    make_person()
    page = browser().post("/login", credentials(password="bí mật của tôi"), status=401)
    assert "bí mật của tôi" not in page.html
    assert page.one("#login")["value"] == "an.nv"


def test_a_missing_field_is_named_in_place(browser):
    page = browser().post("/login", {"login": ""}, status=422)
    assert "Hãy nhập tên đăng nhập, thư điện tử hoặc số điện thoại." in page.one("#errors").text
    assert "Hãy nhập mật khẩu." in page.one("#password-error").text
    assert page.one("#errors a[href='#password']")
    assert page.one("title").text.startswith("Lỗi: ")


@pytest.mark.parametrize(
    "login", ["an\x00nv", "x" * 300, "'; drop table user; --", "%", "\u200b\u200b"]
)
def test_strange_texts_are_refused_like_any_other(browser, login: str):
    make_person()
    page = browser().post("/login", credentials(login), status=None)
    assert page.status in {401, 422}


def test_fields_sent_twice_or_as_files_do_no_harm(browser):
    make_person()
    browser().post("/login", {"login": ["an.nv", "x"], "password": [PASSWORD, "y"]})
    browser().post("/login", {"login": "an.nv", "password[]": "x"}, status=422)


def test_the_browser_goes_on_to_where_it_wanted(browser):
    make_person()
    page = browser().post("/login", credentials(next="/account?said=password"))
    assert page.location == "/account?said=password"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "/logout", "/nothing-here", "x"],
)
def test_the_browser_is_never_sent_elsewhere(browser, elsewhere: str):
    make_person()
    first = browser().post("/login", credentials()).location
    assert browser().post("/login", credentials(next=elsewhere)).location == first
    assert "evil" not in first


def test_a_page_that_needs_signing_in_shows_the_form_in_its_place(browser):
    make_person()
    here = browser()
    page = here.get("/account", status=401)
    assert page.form('form[action="/login"]')["next"] == "/account"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Hãy đăng nhập để mở trang này." in page.text


def test_a_refused_try_keeps_where_the_browser_wanted_to_go(browser):
    page = browser().post("/login", credentials(next="/account/password"), status=401)
    assert page.form('form[action="/login"]')["next"] == "/account/password"
    assert page.form('form[action="/login/code"]')["next"] == "/account/password"


def test_a_fragment_or_a_form_without_a_session_is_refused_with_a_sentence(browser):
    assert "Phiên đăng nhập đã hết" in browser().htmx_get("/account", status=401).text
    assert "Phiên đăng nhập đã hết" in browser().post("/account/password", status=401).text


def test_home_says_what_this_is_and_has_the_form(browser):
    page = browser().get("/")
    assert "nhận giấy chứng nhận của lớp tập huấn" in page.text
    assert page.one('form[action="/login"]')
    assert page.headers["Cache-Control"] == "no-store"


def test_home_and_sign_in_lead_on_who_is_in_already(browser):
    make_person()
    here = browser()
    first = here.post("/login", credentials()).location
    assert here.get("/", status=303).location == first
    assert here.get("/login", status=303).location == first
    assert here.get("/login?next=/account/password", status=303).location == "/account/password"


def test_pages_with_passwords_are_never_kept(browser):
    here = browser()
    assert here.get("/login").headers["Cache-Control"] == "no-store"
    assert here.post("/login", {}, status=422).headers["Cache-Control"] == "no-store"
    here.sign_in(make_person())
    for path in ("/account", "/account/password"):
        page = here.get(path)
        assert page.headers["Cache-Control"] == "no-store"
        assert "ETag" not in page.headers


def test_the_cookie_cannot_be_read_by_scripts_and_lasts_longer_than_the_course_days(browser):
    make_person()
    cookie = browser().post("/login", credentials()).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"} <= set(cookie.split("; "))


def test_on_a_shared_computer_the_session_is_short_and_ends_with_the_browser(browser, clock):
    make_person()
    here = browser()
    cookie = here.post("/login", credentials(is_shared_computer="y")).headers["Set-Cookie"]
    assert "Max-Age" not in cookie
    clock.forward(minutes=119)
    here.get("/account")
    clock.forward(minutes=2)
    here.get("/account", status=401)


def test_a_session_ends_by_itself_after_two_weeks(browser, clock):
    make_person()
    here = browser()
    here.post("/login", credentials())
    clock.forward(days=13, hours=23)
    here.get("/account")
    clock.forward(hours=2)
    assert "Phiên đăng nhập đã hết" in here.get("/account", status=401).text


def test_signing_in_again_gives_another_cookie_and_ends_the_old_one(browser):
    make_person()
    make_person(username="binh.tt", full_name="Trần Thị Bình")
    here, thief = browser(), browser()
    here.post("/login", credentials())
    old = here.client.get_cookie("th").value
    here.post("/login", credentials("binh.tt"))
    assert here.client.get_cookie("th").value != old
    thief.client.set_cookie("th", old)
    thief.get("/account", status=401)
    assert "Trần Thị Bình" in here.get("/account").text


def test_only_a_hash_of_the_token_is_stored(browser):
    make_person()
    here = browser()
    here.post("/login", credentials())
    token = here.client.get_cookie("th").value
    stored = read(sa.select(LoginSession.token_hash)).scalar_one()
    assert len(stored) == 32
    assert token.encode() not in bytes(stored)


def test_a_forged_or_foreign_write_is_refused(browser):
    make_person()
    here = browser()
    page = here.client.post(
        "/login", data=credentials(), headers={"Origin": "https://evil.example"}
    )
    assert page.status_code == 403
    assert count_sessions() == 0


def test_the_password_is_hashed_again_when_the_cost_has_changed(browser, app):
    user = make_person()
    app.config["ARGON2"] = {"memory_cost": 128, "time_cost": 1, "parallelism": 1}
    try:
        browser().post("/login", credentials())
    finally:
        app.config["ARGON2"] = {"memory_cost": 64, "time_cost": 1, "parallelism": 1}
    db.session.refresh(user)
    assert "$argon2id$v=19$m=128,t=1,p=1$" in (user.password_hash or "")


def test_who_was_given_a_password_changes_it_first(browser):
    make_person(must_change_password=True, roles=Role.OFFICER)
    here = browser()
    assert here.post("/login", credentials()).location == "/account/password"
    assert here.get("/account", status=303).location == "/account/password"
    assert here.htmx_get("/account").headers["HX-Redirect"] == "/account/password"
    here.post("/language", {"lang": "en", "next": "/account/password"})
    here.post("/language", {"lang": "vi"})
    changed = {"old": PASSWORD, "new": "sáng mai trời mưa", "again": "sáng mai trời mưa"}
    here.post("/account/password", changed)
    here.get("/account")


def test_the_sign_in_page_is_light(browser):
    for path in ("/login", "/"):
        assert len(brotli.compress(browser().get(path).html.encode(), quality=5)) <= 3_200


def test_the_sign_in_check_of_a_page_is_one_read(browser, count_queries):
    here = browser().sign_in(make_person())
    with count_queries() as seen:
        here.get("/account/password")
    assert len(seen) == 2


def test_the_pages_speak_english_when_asked(browser):
    here = browser()
    here.post("/language", {"lang": "en", "next": "/login"})
    assert here.get("/login").one("html")["lang"] == "en"


def test_a_slip_and_a_password_open_the_same_account(browser):
    user = make_person()
    here = browser()
    here.post(make_slip(user).path)
    assert "Nguyễn Văn An" in here.get("/account").text
