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
from dataclasses import dataclass

import brotli
from flask import Response, request

from app.core.i18n import language

HTML = "text/html; charset=utf-8"
_LIVE_QUALITY = 7
_LARGE_QUALITY = 5
_LARGE = 24_000  # bytes from which the better quality takes too long for a reply
_STORED_QUALITY = 9
_SMALLEST_WORTH_COMPRESSING = 180  # a receipt of 220 bytes leaves as 160
_CAPACITY = 2048


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One body in the three encodings that are sent, and its weak ETag."""

    etag: str
    plain: bytes
    br: bytes
    gz: bytes


class PageStore:
    """The least recently used pages of this process; safe to share between threads."""

    def __init__(self, capacity: int = _CAPACITY) -> None:
        self._pages: OrderedDict[Hashable, StoredPage] = OrderedDict()
        self._capacity = capacity
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], str]) -> StoredPage:
        """Return the page of that key, built on first use."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
                return page
        page = _store(build())
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > self._capacity:
                self._pages.popitem(last=False)
        return page

    def clear(self) -> None:
        """Forget all pages (tests, and after a change of settings)."""
        with self._lock:
            self._pages.clear()


store = PageStore()


def etag_of(body: bytes) -> str:
    """Return the weak ETag of a body: weak because the encodings differ in bytes."""
    return f'W/"{hashlib.blake2b(body, digest_size=9).hexdigest()}"'


def _store(html: str) -> StoredPage:
    body = html.encode()
    return StoredPage(
        etag=etag_of(body),
        plain=body,
        br=brotli.compress(body, quality=_STORED_QUALITY),
        gz=gzip.compress(body, 9, mtime=0),
    )


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
        body = page.br
        headers.append(("Content-Encoding", "br"))
    elif "gzip" in accepted:
        body = page.gz
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
