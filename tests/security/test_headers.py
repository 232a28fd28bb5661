"""Every reply: its headers, its cookies, its errors; and requests that come from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.core.access import public
from app.core.assets import asset_url
from app.core.db import db
from app.factory import create_app
from config import Config
from tests.auth.factories import PASSWORD, make_person
from tests.pages import Browser
from tests.security.permissions import permission_map
from tests.security.requests import RECIPES, ask_for
from tests.security.world import ACTORS, World, database_digest, make_world, send

PERMISSIONS = permission_map()
GETS = [(method, endpoint) for method, endpoint in RECIPES if method == "GET"]
POSTS = [(method, endpoint) for method, endpoint in RECIPES if method == "POST"]
POLICY = re.compile(
    r"default-src 'none'; script-src 'self'; style-src 'self' '(sha256-[\w+/=]+)'; "
    r"img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    r"frame-ancestors 'none'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
INSIDE = re.compile(
    r"Traceback|File &#34;|File \"|werkzeug|flask|sqlalchemy|sqlite|python/", re.IGNORECASE
)
KEPT_WITH_304 = {"ETag", "Cache-Control", "Vary", "Date", "X-Robots-Tag", "Content-Disposition"}
HTTPS_HOST = "tap-huan.example"

Serving = Callable[..., Flask]


@pytest.fixture
def world(clock: object) -> World:
    return make_world()


@pytest.fixture
def serving(database_url: str, tmp_path: Path) -> Iterator[Serving]:
    """Give a maker of applications on the test's database, with other settings."""
    made: list[Flask] = []

    def make(**settings: Any) -> Flask:
        app = create_app(
            Config(data_dir=tmp_path, secret_key="x", database_url=database_url, **settings)
        )
        app.config["ARGON2"] = {"memory_cost": 64, "time_cost": 1, "parallelism": 1}
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def serving_over_https(serving: Serving) -> Iterator[Browser]:
    app = serving(
        https=True, base_url=f"https://{HTTPS_HOST}", testing=True, trusted_hosts=(HTTPS_HOST,)
    )
    yield Browser(app)


def over_https(browser: Browser, path: str, **data: str) -> TestResponse:
    method = "POST" if data else "GET"
    return browser.client.open(
        path,
        method=method,
        data=data or None,
        base_url=f"https://{HTTPS_HOST}",
        headers={"Sec-Fetch-Site": "same-origin"},
    )


def faults_of(reply: TestResponse) -> list[str]:
    """Return what is wrong with the headers that every reply has."""
    headers = reply.headers
    wrong = [name for name, value in FIXED.items() if headers.get(name) != value]
    if not POLICY.fullmatch(headers.get("Content-Security-Policy", "")):
        wrong.append(f"policy {headers.get('Content-Security-Policy')}")
    if "Server" in headers or "X-Powered-By" in headers:
        wrong.append("says what it is made of")
    if headers.get("Access-Control-Allow-Origin"):
        wrong.append("lets other sites read")
    if reply.mimetype == "text/html" and "charset=utf-8" not in reply.content_type:
        wrong.append("no charset")
    return wrong


def keeping(reply: TestResponse) -> set[str]:
    """Return the words of Cache-Control."""
    return {each.strip() for each in reply.headers.get("Cache-Control", "").split(",")}


def owner_of(method: str, endpoint: str) -> str:
    """Return somebody who gets what is at that address."""
    signs = PERMISSIONS[method, endpoint]
    return next(each for each in ACTORS if signs[each] == "+" and each != "nobody")


def test_every_reply_carries_the_strict_headers(app: Flask, world: World) -> None:
    wrong = []
    for method, endpoint in RECIPES:
        ask = ask_for(world, method, endpoint)
        for actor in ("nobody", "learner", "officer"):
            reply = send(world.browser(app, actor), "GET", ask.path)
            wrong += [f"{actor} {ask.path} {reply.status_code}: {x}" for x in faults_of(reply)]
    assert wrong == []


def test_errors_carry_the_strict_headers_and_are_kept_nowhere(app: Flask, world: World) -> None:
    officer, learner = world.browser(app, "officer"), world.browser(app, "learner")
    replies = [
        send(officer, "GET", "/khong-co"),
        send(officer, "GET", "/s/app.0000000000.exe"),
        send(officer, "PUT", "/login"),
        send(
            officer, "POST", "/login", {"login": "a", "password": "b"}, Sec_Fetch_Site="none-such"
        ),
        send(officer, "POST", "/login", {}),
        send(officer, "GET", "/learn"),
        send(learner, "POST", f"/learn/{world.cohort.slug}/name/remark", {"remark": ""}),
        send(learner, "POST", f"/attempts/{world.open_attempt}/slots/99", {"a": "0"}),
        send(learner, "POST", "/login", {"x": "y" * 3_000_000}),
    ]
    statuses = [reply.status_code for reply in replies]
    assert statuses == [404, 404, 405, 403, 422, 403, 422, 404, 413]
    assert [faults_of(reply) for reply in replies if faults_of(reply)] == []
    for reply in replies:
        assert keeping(reply) & {"no-store", "no-cache"}, reply.request.path
        assert not INSIDE.search(reply.get_data(as_text=True)), reply.request.path


def test_the_policy_names_the_one_style_that_pages_carry_inside(app: Flask) -> None:
    pages = [Browser(app).get(path, status=None) for path in ("/", "/login", "/verify", "/none")]
    styles = [(page, style) for page in pages for style in page.all("style")]
    assert styles
    for page, style in styles:
        digest = hashlib.sha256(str(style.string).encode()).digest()
        policy = POLICY.fullmatch(page.headers["Content-Security-Policy"])
        assert policy is not None
        assert policy[1] == f"sha256-{base64.b64encode(digest).decode()}"


def test_pages_of_people_are_private_and_papers_and_tests_are_not_kept(
    app: Flask, world: World
) -> None:
    kept, shared = [], []
    for method, endpoint in GETS:
        if endpoint == "show_asset":
            continue
        ask = ask_for(world, method, endpoint)
        reply = send(world.browser(app, owner_of(method, endpoint)), method, ask.path)
        words = keeping(reply)
        if "no-store" not in words and not {"private", "no-cache"} <= words:
            shared.append(f"{ask.path}: {words}")
        is_file = reply.mimetype not in {"text/html", ""}
        is_test = endpoint.startswith("quizzes.") and endpoint != "quizzes.show_result"
        is_entrance = endpoint.startswith("auth.") and reply.status_code == 200
        if (is_file or is_test or is_entrance) and "no-store" not in words:
            kept.append(f"{ask.path}: {words}")
    assert shared == []
    assert kept == []


@pytest.mark.parametrize("name", ["app.css", "slips.css", "ui.js", "htmx.min.js", "icon.svg"])
def test_assets_are_kept_for_ever_and_set_no_cookie(app: Flask, name: str) -> None:
    reply = Browser(app).client.get(asset_url(name), headers={"Accept-Encoding": "br"})
    assert keeping(reply) == {"public", "max-age=31536000", "immutable"}
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert "Set-Cookie" not in reply.headers
    again = Browser(app).client.get(
        asset_url(name), headers={"Accept-Encoding": "br", "If-None-Match": reply.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.data == b""
    old = Browser(app).client.get(re.sub(r"\.[0-9a-f]{10}\.", ".0123456789.", asset_url(name)))
    assert keeping(old) == {"no-cache"}


def test_an_unchanged_page_sends_nothing_that_would_change_the_headers_kept_with_it(
    app: Flask, world: World
) -> None:
    seen = 0
    for method, endpoint in GETS:
        ask = ask_for(world, method, endpoint)
        browser = world.browser(app, owner_of(method, endpoint))
        etag = send(browser, method, ask.path).headers.get("ETag")
        if etag is None:
            continue
        again = send(browser, method, ask.path, If_None_Match=etag)
        assert again.status_code == 304, ask.path
        assert again.data == b""
        assert set(again.headers.keys()) <= KEPT_WITH_304, ask.path
        assert keeping(again) & {"private", "no-cache", "immutable"}, ask.path
        seen += 1
    assert seen >= 10


def test_over_https_the_session_cookie_is_bound_to_this_host(serving: Serving) -> None:
    make_person(username="vao.lop")
    with serving_over_https(serving) as browser:
        reply = over_https(browser, "/login", login="vao.lop", password=PASSWORD)
        (cookie,) = reply.headers.getlist("Set-Cookie")
        name, *marks = [each.strip() for each in cookie.split(";")]
        assert name.startswith("__Host-th=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(marks)
        assert not any(mark.lower().startswith("domain") for mark in marks)
        assert reply.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        out = over_https(browser, "/logout", x="y")
        assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert "Max-Age=0" in out.headers["Set-Cookie"]
        assert "Secure" in out.headers["Set-Cookie"]


def test_over_https_every_cookie_is_sent_over_tls_only_even_behind_a_plain_proxy(
    serving: Serving,
) -> None:
    with serving_over_https(serving) as browser:
        reply = browser.client.post(
            "/language",
            data={"lang": "en"},
            base_url=f"http://{HTTPS_HOST}",
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        (cookie,) = reply.headers.getlist("Set-Cookie")
        assert "Secure" in cookie
        assert "SameSite=Lax" in cookie


def test_looking_at_pages_sets_no_cookie(app: Flask, world: World) -> None:
    for method, endpoint in GETS:
        ask = ask_for(world, method, endpoint)
        reply = send(world.browser(app, owner_of(method, endpoint)), method, ask.path)
        assert "Set-Cookie" not in reply.headers, ask.path


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_unforeseen_error_shows_a_number_to_quote_and_nothing_of_the_inside(
    serving: Serving, language: str
) -> None:
    app = serving(testing=False)

    @public
    def break_down() -> str:
        message = "secret-of-the-house"
        raise RuntimeError(message)

    app.add_url_rule("/broken", "broken", break_down)
    browser = Browser(app)
    browser.client.set_cookie("lang", language)
    page = browser.get("/broken", status=500)
    assert page.one("html")["lang"] == language
    assert re.search(r"\b[0-9a-f]{8}\b", page.one("main").get_text())
    assert "secret-of-the-house" not in page.html
    assert not INSIDE.search(page.html)
    assert keeping(page.response) == {"no-store"}
    assert faults_of(page.response) == []
    part = browser.htmx_get("/broken", status=500)
    assert "<html" not in part.html
    assert "secret-of-the-house" not in part.html


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a sister site": {"Sec-Fetch-Site": "same-site"},
    "another origin": {"Sec-Fetch-Site": None, "Origin": "https://evil.example"},
    "an opaque origin": {"Sec-Fetch-Site": None, "Origin": "null"},
    "another page": {"Sec-Fetch-Site": None, "Referer": "https://evil.example/localhost"},
    "a look-alike": {"Sec-Fetch-Site": None, "Origin": "http://localhost.evil.example"},
    "nowhere": {"Sec-Fetch-Site": None},
}


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_write_from_elsewhere_is_refused_and_changes_nothing(
    app: Flask, world: World, origin: str
) -> None:
    headers = {name: value for name, value in FOREIGN[origin].items() if value is not None}
    for actor in ACTORS:
        world.browser(app, actor)
    before, passed = database_digest(), []
    for method, endpoint in POSTS:
        ask = ask_for(world, method, endpoint)
        client = world.browser(app, owner_of(method, endpoint)).client
        reply = client.post(ask.path, data=ask.data, headers=headers)
        if reply.status_code != 403:
            passed.append(f"{ask.path}: {reply.status_code}")
    assert passed == []
    assert database_digest() == before


def test_a_write_is_taken_from_our_own_pages_by_origin_when_the_browser_is_old(
    app: Flask, world: World
) -> None:
    client = world.browser(app, "learner").client
    url = f"/learn/{world.cohort.slug}/name/remark"
    for headers in ({"Origin": "http://localhost"}, {"Referer": "http://localhost/learn"}):
        assert client.post(url, data={"remark": "Sai"}, headers=headers).status_code == 303


def test_other_methods_are_refused_and_head_answers_like_get(app: Flask, world: World) -> None:
    for actor in ACTORS:
        world.browser(app, actor)
    before, wrong = database_digest(), []
    for method, endpoint in RECIPES:
        ask = ask_for(world, method, endpoint)
        browser = world.browser(app, owner_of(method, endpoint))
        for other in ("PUT", "TRACE"):
            status = send(browser, other, ask.path).status_code
            if status != 405:
                wrong.append(f"{other} {ask.path}: {status}")
        choices = send(browser, "OPTIONS", ask.path)
        if choices.status_code != 200 or choices.data or "TRACE" in choices.headers["Allow"]:
            wrong.append(f"OPTIONS {ask.path}: {choices.status_code}")
        if method == "GET":
            got, head = send(browser, "GET", ask.path), send(browser, "HEAD", ask.path)
            if head.status_code != got.status_code or head.data:
                wrong.append(f"HEAD {ask.path}: {head.status_code}")
    assert wrong == []
    assert database_digest() == before


def test_an_unknown_host_is_refused_where_the_hosts_are_known(serving: Serving) -> None:
    with serving_over_https(serving) as browser:
        reply = browser.client.get("/login", base_url="https://evil.example")
        assert reply.status_code == 400
        assert "evil.example" not in reply.get_data(as_text=True)
        assert over_https(browser, "/login").status_code == 200


def test_only_the_own_name_and_this_machine_are_known_by_default(
    serving: Serving, world: World
) -> None:
    browser = Browser(serving(base_url="http://lop.example:8080", testing=True))
    before = database_digest()
    same_site = {"Sec-Fetch-Site": "same-origin"}
    for host in ("lop.example:8080", "lop.example", "localhost:8123", "127.0.0.1:9"):
        assert browser.client.get("/login", base_url=f"http://{host}").status_code == 200, host
    for host in ("evil.example", "evil.example:8080", "lop.example.evil.example", "10.0.0.1", "@"):
        for reply in (
            browser.client.get("/login", headers={"Host": host}),
            browser.client.post("/login", headers={"Host": host, **same_site}, data={"login": "a"}),
        ):
            assert reply.status_code == 400, host
            assert "TAPHUAN_BASE_URL" in reply.get_data(as_text=True)
            assert "evil.example" not in reply.get_data(as_text=True)
            assert faults_of(reply) == []
    assert database_digest() == before


def test_no_page_repeats_the_host_it_was_asked_at(
    app: Flask, serving: Serving, world: World
) -> None:
    repeated = []
    careless = serving(testing=True, trusted_hosts=("evil.example",))
    for method, endpoint in RECIPES:
        ask = ask_for(world, method, endpoint)
        client = world.browser(app, owner_of(method, endpoint)).client
        cookie = client.get_cookie(app.config["LOGIN_COOKIE"])
        assert cookie is not None
        reply = careless.test_client(use_cookies=False).get(
            ask.path,
            base_url="http://evil.example",
            headers={"Cookie": f"{cookie.key}={cookie.value}", "X-Forwarded-Host": "evil2.example"},
        )
        assert reply.status_code != 400, ask.path
        text = reply.get_data(as_text=True) if reply.mimetype.startswith("text") else ""
        if "evil" in text + reply.headers.get("Location", ""):
            repeated.append(ask.path)
    assert repeated == []
