"""Whatever is sent to whatever address, the program answers and never breaks down."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.security.permissions import permission_map
from tests.security.requests import RECIPES, ask_for
from tests.security.world import ACTORS, World, make_world, send

PERMISSIONS = permission_map()
POSTS = sorted(endpoint for method, endpoint in RECIPES if method == "POST")
GETS = sorted(endpoint for method, endpoint in RECIPES if method == "GET")
HUGE = "9" * 30
EXAMPLES = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NASTY = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    unicodedata.normalize("NFD", "Nguyễn Thị Ánh"),
    "é" * 9000,
    "9" * 5000,
    HUGE,
    "-1",
    "1e309",
    "NaN",
    "٣",
    "0x1F",
    "{number:d}{year.__class__}",
    "{0}{number:999999999d}",
    "%(n)s %s %",
    "2026-13-45",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "\u202eđảo ngược",
    "\ufeff\u200b",
    "\ud7ff\uffff😀",
    "'; DROP TABLE user; --",
    "../../etc/passwd",
    "//evil.example/\\evil",
    "=cmd|' /C calc'!A0",
    "00000000-0000-0000-0000-000000000000",
    "[]",
    '{"a":1}',
]
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.integers().map(str))
values = st.one_of(texts, st.lists(texts, max_size=4))


@pytest.fixture
def world(clock: Any) -> World:
    return make_world()


def actor_of(method: str, endpoint: str) -> str:
    """Return somebody who may ask this."""
    signs = PERMISSIONS[method, endpoint]
    return next(each for each in ACTORS if signs[each] == "+" and each != "nobody")


def sendable(text: str) -> str:
    """Return a text that can be sent as UTF-8."""
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("endpoint", POSTS)
def test_no_field_of_any_form_breaks_the_program(app: Flask, world: World, endpoint: str) -> None:
    good = ask_for(world, "POST", endpoint)
    names = [
        *good.data,
        "next",
        "site",
        "who",
        "seq",
        "response_id",
        "a",
        "a0",
        "number",
        "q1.a",
        "q99.a",
    ]

    @EXAMPLES
    @given(st.dictionaries(st.sampled_from(names), values), st.booleans(), st.booleans())
    def fuzz(fields: dict[str, Any], has_the_rest: bool, is_htmx: bool) -> None:
        data = {**good.data, **fields} if has_the_rest else fields
        pairs = [
            (name, sendable(each))
            for name, value in data.items()
            for each in (value if isinstance(value, list) else [value])
        ]
        if endpoint.startswith("auth."):
            world.browsers.clear()
        headers = {"HX_Request": "true"} if is_htmx else {}
        reply = send(
            world.browser(app, actor_of("POST", endpoint)),
            "POST",
            good.path,
            urlencode(pairs),
            Content_Type="application/x-www-form-urlencoded",
            **headers,
        )
        assert reply.status_code < 500, reply.get_data(as_text=True)

    fuzz()


RAW = [
    (b"", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00=%ff%fe&a=%00&=&&&a[]=1&a[b]=2", "application/x-www-form-urlencoded"),
    (b'{"a": {"b": [1, null]}}', "application/json"),
    (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
        "multipart/form-data; boundary=x",
    ),
    (b"no boundary", "multipart/form-data"),
    (b"\x00" * 100, "text/plain; charset=no-such"),
    (b"&".join(b"a%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
]


@pytest.mark.parametrize("endpoint", POSTS)
def test_no_body_breaks_the_program(app: Flask, world: World, endpoint: str) -> None:
    good = ask_for(world, "POST", endpoint)
    for body, kind in RAW:
        if endpoint.startswith("auth."):
            world.browsers.clear()
        browser = world.browser(app, actor_of("POST", endpoint))
        reply = send(browser, "POST", good.path, body, Content_Type=kind)
        assert reply.status_code < 500, (kind, reply.get_data(as_text=True))


QUERY = [
    *("code", "next", "site", "sort", "names", "year", "since", "q", "said", "issued", "saved"),
    *("decision_number", "decision_on", "on_paper"),
]


def test_no_query_breaks_the_program(app: Flask, world: World) -> None:
    broken = []
    for endpoint in GETS:
        good = ask_for(world, "GET", endpoint)
        browser = world.browser(app, actor_of("GET", endpoint))
        for value in NASTY:
            query = urlencode([(name, sendable(value)[:2000]) for name in QUERY])
            reply = send(browser, "GET", f"{good.path.partition('?')[0]}?{query}")
            if reply.status_code >= 500:
                broken.append(f"{good.path} {value[:20]!r}")
    assert broken == []


def paths(app: Flask, world: World, method: str, endpoint: str) -> list[str]:
    """Return the address with each of its parts replaced by something hostile."""
    rule = next(each for each in app.url_map.iter_rules(endpoint) if method in (each.methods or ()))
    good = ask_for(world, method, endpoint).path.partition("?")[0]
    found = []
    for variable in re.finditer(r"<(\w+):(\w+)>", rule.rule):
        pattern = re.sub(r"<\w+:\w+>", "([^/]+)", rule.rule.replace(variable[0], "@@"))
        fitting = re.fullmatch(pattern.replace("@@", "[^/]+"), good)
        if fitting is None:
            continue
        hostile = [HUGE, "0", str(2**31), str(2**63)] if variable[1] == "int" else NASTY
        for value in hostile:
            shape = rule.rule.replace(variable[0], "@@")
            for part in fitting.groups():
                shape = re.sub(r"<\w+:\w+>", lambda _m, part=part: part, shape, count=1)
            found.append(shape.replace("@@", quote(sendable(value)[:300], safe="")))
    return found


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_part_of_an_address_breaks_the_program(app: Flask, world: World, method: str) -> None:
    broken, tried = [], 0
    for each, endpoint in RECIPES:
        if each != method:
            continue
        for path in paths(app, world, method, endpoint):
            reply = send(world.browser(app, actor_of(method, endpoint)), method, path)
            tried += 1
            if reply.status_code >= 500:
                broken.append(path[:200])
    assert tried > 50
    assert broken == []
