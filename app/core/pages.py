"""Pages as stored bytes: ETag, 304, brotli and gzip; a page that many may share is made once.

A stored page is a pure function of its key, so that the key must name all that the page depends on
(the version of the content, the state of the reader, the language), and never a person's data
unless the key holds the person.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

import brotli
from flask import Response, request

from app.core.i18n import language

HTML = "text/html; charset=utf-8"
_LIVE_QUALITY = 7
_LARGE_QUALITY = 5
_LARGE = 24_000  # bytes from which the better quality takes too long for a reply
_STORED_QUALITY = 9
_SMALLEST_WORTH_COMPRESSING = 180  # a receipt of 220 bytes leaves as 160
_CAPACITY = 16_000_000  # bytes of plain bodies; encodings add about a third


class StoredPage:
    """One body and its weak ETag; each encoding is made when a browser first asks for it."""

    __slots__ = ("_encoded", "etag", "plain")

    def __init__(self, html: str) -> None:
        self.plain = html.encode()
        self.etag = etag_of(self.plain)
        self._encoded: dict[str, bytes] = {}

    def encoded(self, encoding: str) -> bytes:
        """Return the body in ``br`` or ``gzip``; made twice at most when two ask at once."""
        body = self._encoded.get(encoding)
        if body is None:
            if encoding == "br":
                quality = _STORED_QUALITY if len(self.plain) < _LARGE else _LARGE_QUALITY
                body = brotli.compress(self.plain, quality=quality)
            else:
                body = gzip.compress(self.plain, 6, mtime=0)
            self._encoded[encoding] = body
        return body


class PageStore:
    """The most recently used pages of this process; safe to share between threads.

    :param capacity: bytes of plain bodies to keep
    """

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._pages: OrderedDict[Hashable, StoredPage] = OrderedDict()
        self._capacity = capacity
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], str]) -> StoredPage:
        """Return the page of that key, built on first use."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
                return page
        page = StoredPage(build())
        with self._lock:
            replaced = self._pages.pop(key, None)
            self._pages[key] = page
            self._bytes += len(page.plain) - (len(replaced.plain) if replaced else 0)
            while self._bytes > self._capacity and len(self._pages) > 1:
                _key, oldest = self._pages.popitem(last=False)
                self._bytes -= len(oldest.plain)
        return page

    def clear(self) -> None:
        """Forget all pages (tests, and after a change of settings)."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0


store = PageStore()


def etag_of(body: bytes) -> str:
    """Return the weak ETag of a body: weak because the encodings differ in bytes."""
    return f'W/"{hashlib.blake2b(body, digest_size=9).hexdigest()}"'


def _accepts(encoding: str) -> bool:
    return encoding in request.headers.get("Accept-Encoding", "")


def _is_known_to_browser(etag: str) -> bool:
    sent = request.headers.get("If-None-Match")
    return sent is not None and etag in sent


def stored_page(key: tuple[Hashable, ...], build: Callable[[], str]) -> Response:
    """Answer with the page of that key, or 304 when the browser has it.

    The language is added to the key here.
    """
    page = store.get((*key, language()), build)
    asked = request.headers
    headers = [("ETag", page.etag), ("Vary", "Accept-Encoding"), ("Content-Type", HTML)]
    if page.etag in asked.get("If-None-Match", ""):
        return Response(status=304, headers=headers[:2], content_type=HTML)
    accepted = asked.get("Accept-Encoding", "")
    body = page.plain
    if "br" in accepted:
        body = page.encoded("br")
        headers.append(("Content-Encoding", "br"))
    elif "gzip" in accepted:
        body = page.encoded("gzip")
        headers.append(("Content-Encoding", "gzip"))
    return Response(body, headers=headers)


def finish_page(response: Response) -> Response:
    """Give a rendered reply its ETag, answer 304 where the browser has it, and compress it."""
    if (
        response.direct_passthrough
        or response.status_code == 304
        or "Content-Encoding" in response.headers
        or not (response.mimetype or "").startswith(("text/", "application/json"))
    ):
        return response
    body = response.get_data()
    if _may_be_kept(response):
        etag = response.headers.setdefault("ETag", etag_of(body))
        if _is_known_to_browser(etag):
            response.set_data(b"")
            response.status_code = 304
            return response
    if len(body) >= _SMALLEST_WORTH_COMPRESSING:
        _compress(response, body)
    return response


def _may_be_kept(response: Response) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


def _compress(response: Response, body: bytes) -> None:
    response.vary.add("Accept-Encoding")
    if _accepts("br"):
        quality = _LIVE_QUALITY if len(body) < _LARGE else _LARGE_QUALITY
        response.set_data(brotli.compress(body, quality=quality))
        response.headers["Content-Encoding"] = "br"
    elif _accepts("gzip"):
        response.set_data(gzip.compress(body, 5, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
