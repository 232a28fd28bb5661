"""Where a page may send the browser."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.auth.domain.devices import device_name
from app.auth.domain.paths import own_path

HERE = "https://taphuan.example/login"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "learn",
            "//evil.example",
            "///evil.example",
            "////evil.example",
            "/\\evil.example",
        ),
        *("\\\\evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)"),
        *("/\t/evil.example", "/\n/evil.example", "/\r/evil.example", " //evil.example", "/ /evil"),
        *("/a\x00", "/a\x1fb", "/đường", "/\u2028", "data:text/html,x", "?next=//e", "#x", "/a\\b"),
        *(
            "//evil.example/%2f..",
            "http:///evil.example",
            "/" + "a" * 600,
            "mailto:a@b.vn",
            "@evil",
        ),
    ],
)
def test_an_address_elsewhere_is_refused(text: str):
    assert own_path(text) is None


@pytest.mark.parametrize("text", ["/", "/learn", "/learn/ttcs-01-2026?a=1&b=2", "/a%20b"])
def test_a_path_of_this_site_is_kept(text: str):
    assert own_path(text) == text


@given(st.one_of(st.text(max_size=60), st.text(alphabet="/\\:@?#.a\t\r\n ", max_size=12)))
def test_whatever_is_accepted_stays_on_this_host(text: str):
    path = own_path(text)
    if path is not None:
        assert urlsplit(urljoin(HERE, path))[:2] == ("https", "taphuan.example")


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Linux; Android 12) Chrome/99 Mobile Safari/537.36 Zalo android/1",
            "Zalo, Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_browser_has_a_name_its_owner_knows(user_agent: str, name: str):
    assert device_name(user_agent) == name
