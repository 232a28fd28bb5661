"""What holds for every request: same-site writes only, strict headers, the language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

from app.core.assets import inline_css_csp
from app.core.errors import ForeignRequestError
from app.core.forms import LARGEST_NUMBER
from app.core.i18n import Language, parse_language, use_language
from app.core.pages import finish_page

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LANGUAGE_COOKIE = "lang"
_DISCARDED = 8 * 1024 * 1024
_PIECE = 64 * 1024
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def content_security_policy() -> str:
    """Return the one policy of all pages: nothing but our own files, no inline script."""
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self' {inline_css_csp()}; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _is_from_this_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    claimed = request.headers.get("Origin") or request.headers.get("Referer")
    return claimed is not None and urlsplit(claimed).netloc == request.host


def _before() -> None:
    cookie = request.cookies.get(LANGUAGE_COOKIE)
    use_language((parse_language(cookie) if cookie else None) or Language.VIETNAMESE)
    if request.method not in _SAFE_METHODS and not _is_from_this_site():
        raise ForeignRequestError


class _FixedHeaders:
    """Put the headers that every reply has behind those of the reply itself.

    They are added to the finished list, below Flask, where that costs next to nothing. A 304 goes
    without: the browser keeps those it has with the page (RFC 9110, 15.4.5), and on a thin link
    they would weigh more than all the rest.
    """

    def __init__(self, inner: WSGIApplication, fixed: list[tuple[str, str]]) -> None:
        self._inner = inner
        self._fixed = fixed

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does, with these headers."""

        def start(
            status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None, /
        ) -> Callable[[bytes], object]:
            if not status.startswith("304"):
                headers.extend(self._fixed)
            if not any(name == "Cache-Control" for name, _value in headers):
                headers.append(("Cache-Control", "private, no-cache"))
            return start_response(status, headers, error)

        return self._inner(environ, start)


class _TooLargeBodies:
    """Read a body that will be refused for its size, so that the refusal arrives.

    A server that answers and closes while the browser is still sending makes the browser show a
    broken connection in place of the sentence. What is larger than ``_DISCARDED`` is cut off.
    """

    def __init__(self, inner: WSGIApplication, largest: int) -> None:
        self._inner = inner
        self._largest = largest

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer as the application does."""
        length = environ.get("CONTENT_LENGTH")
        if length and length.isdecimal() and self._largest < int(length) <= _DISCARDED:
            left = int(length)
            while left and (piece := environ["wsgi.input"].read(min(left, _PIECE))):
                left -= len(piece)
        return self._inner(environ, start_response)


class _StoredInteger(IntegerConverter):
    """A whole number of an address; one that no database can hold names nothing."""

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:  # noqa: A002 - werkzeug's name
        super().__init__(map, *args, **{"max": LARGEST_NUMBER, **kwargs})


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    return view


def init_web(app: Flask, *, https: bool) -> None:
    """Install the checks before and the headers after every request."""
    fixed = {
        "Content-Security-Policy": content_security_policy(),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }
    if https:
        fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    app.wsgi_app = _FixedHeaders(app.wsgi_app, list(fixed.items()))  # type: ignore[method-assign]
    largest = app.config["MAX_CONTENT_LENGTH"]
    app.wsgi_app = _TooLargeBodies(app.wsgi_app, largest)  # type: ignore[method-assign]
    app.ensure_sync = _as_it_is  # type: ignore[assignment, method-assign] # no view of ours is a coroutine
    app.url_map.converters["int"] = _StoredInteger
    app.before_request(_before)
    app.after_request(finish_page)
