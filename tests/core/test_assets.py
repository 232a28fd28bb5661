"""Style and script as they are sent."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import brotli
import pytest
from flask import Flask

from app.core.assets import asset_url, inline_css, inline_css_csp, shrink_css, shrink_js

NAMES = ("app.css", "ui.js", "icon.svg", "htmx.min.js")
HTMX_4_0_1 = "a0abb04f2f"


@pytest.mark.parametrize("name", NAMES)
def test_an_asset_is_kept_for_ever_and_says_its_type(app: Flask, name: str):
    reply = app.test_client().get(asset_url(name))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert reply.mimetype in {"text/css", "text/javascript", "image/svg+xml"}


@pytest.mark.parametrize("name", NAMES)
def test_every_encoding_holds_the_same_bytes(app: Flask, name: str):
    client = app.test_client()
    plain = client.get(asset_url(name)).data
    br = client.get(asset_url(name), headers={"Accept-Encoding": "gzip, deflate, br"})
    gz = client.get(asset_url(name), headers={"Accept-Encoding": "gzip"})
    assert br.headers["Content-Encoding"] == "br"
    assert brotli.decompress(br.data) == plain
    assert gz.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(gz.data) == plain


def test_a_browser_that_has_it_is_told_so(app: Flask):
    client = app.test_client()
    etag = client.get(asset_url("app.css")).headers["ETag"]
    again = client.get(asset_url("app.css"), headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.data == b""


def test_a_page_of_yesterday_gets_todays_style_but_does_not_keep_it(app: Flask):
    reply = app.test_client().get("/s/app.0000000000.css")
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("file", ["nothing.css", "app.css", "../config.py", "app.0.py", "x"])
def test_anything_else_is_not_found(app: Flask, file: str):
    assert app.test_client().get(f"/s/{file}").status_code == 404


def test_the_name_is_the_hash_of_the_content(app: Flask):
    body = app.test_client().get(asset_url("htmx.min.js")).data
    assert hashlib.sha256(body).hexdigest()[:10] == HTMX_4_0_1
    assert HTMX_4_0_1 in asset_url("htmx.min.js")


def test_the_policy_names_the_style_inside_first_pages():
    digest = base64.b64encode(hashlib.sha256(inline_css().encode()).digest()).decode()
    assert inline_css_csp() == f"'sha256-{digest}'"


def test_style_and_script_stay_within_their_budget(app: Flask):
    client = app.test_client()
    sizes = {
        name: len(client.get(asset_url(name), headers={"Accept-Encoding": "br"}).data)
        for name in NAMES
    }
    assert sizes["app.css"] <= 2_500
    assert sizes["ui.js"] <= 4_000
    assert sizes["icon.svg"] <= 300
    assert sizes["htmx.min.js"] <= 12_500


def test_first_pages_carry_less_than_the_whole_sheet(app: Flask):
    whole = app.test_client().get(asset_url("app.css")).get_data(as_text=True)
    assert whole.startswith(inline_css())
    assert len(brotli.compress(inline_css().encode(), quality=5)) <= 2_100


def test_shrinking_a_sheet_keeps_what_it_says():
    sheet = (
        "/* a\n b */\na:hover , .b > p { color: red; margin: 0 1px; }\n"
        "@media (min-width: 4rem) {\n .c .d { top: 0 }\n}"
    )
    assert (
        shrink_css(sheet)
        == "a:hover,.b>p{color:red;margin:0 1px}@media (min-width: 4rem){.c .d{top:0}}"
    )


def test_shrinking_a_script_drops_only_comments_and_indentation():
    script = "/* what\n   for */\nif (a) {\n  // why\n  b('//x  y');\n}\n"
    assert shrink_js(script) == "if (a) {\nb('//x  y');\n}\n"


def test_every_colour_is_named_for_light_and_for_dark():
    light, dark = re.findall(r":root\{(.*?)\}", inline_css())
    names = [set(re.findall(r"(--[\w-]+):", each)) for each in (light, dark)]
    assert names[0] == names[1]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(each * 2 for each in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7),
        ("ink", "wash", 7),
        ("ink", "info-b", 7),
        ("mut", "paper", 4.5),
        ("mut", "wash", 4.5),
        ("mut", "info-b", 4.5),
        ("brand", "paper", 4.5),
        ("brand", "info-b", 4.5),
        ("on", "brand", 4.5),
        ("paper", "err", 4.5),
        ("ok", "ok-b", 4.5),
        ("warn", "warn-b", 4.5),
        ("err", "err-b", 4.5),
        ("err", "paper", 4.5),
        ("line", "paper", 3),
    ],
)
def test_every_pair_of_colours_can_be_read(scheme: int, text: str, ground: str, least: float):
    rules = re.findall(r":root\{(.*?)\}", inline_css())[scheme]
    colours = dict(re.findall(r"--([\w-]+):(#\w+)", rules))
    high, low = sorted((_luminance(colours[text]), _luminance(colours[ground])), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= least
