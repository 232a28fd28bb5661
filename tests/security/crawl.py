"""Open everything that a person can reach by links and forms, plain and the way htmx does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.pages import Browser
from tests.security.world import send

_LINKS = (("a", "href"), ("form", "action"), ("img", "src"))
_HTMX = ("hx-get", "hx-post", "data-hx-get", "data-hx-post")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply and how it was got."""

    how: str
    url: str
    response: TestResponse

    @property
    def everything(self) -> str:
        """Return status line, headers and body as text; archives are opened."""
        body = self.response.get_data()
        parts = [str(self.response.headers), body.decode("utf-8", "replace")]
        if body[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                parts += [
                    archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
                ]
        return "\n".join(parts)

    @property
    def soup(self) -> BeautifulSoup:
        """Return the parsed page."""
        return BeautifulSoup(self.response.get_data(as_text=True), "html5lib")

    def __str__(self) -> str:
        """Return how it was got and what came."""
        return f"{self.how} {self.url} ({self.response.status_code})"


def _addresses(reply: Reply) -> Iterator[str]:
    where = reply.response.headers.get("Location") or reply.response.headers.get("HX-Redirect")
    if where:
        yield where
    if reply.response.mimetype != "text/html":
        return
    soup = BeautifulSoup(reply.response.get_data(as_text=True), "html.parser")  # only links
    for name, attribute in _LINKS:
        for element in soup.select(f"{name}[{attribute}]"):
            yield str(element[attribute])
    for attribute in _HTMX:
        for element in soup.select(f"[{attribute}]"):
            yield str(element[attribute])


def crawl(browser: Browser, *starts: str) -> list[Reply]:
    """Open the addresses and everything that their pages name, once plain and once by htmx.

    Forms that write are not sent; their addresses are opened, as a curious person would.
    """
    waiting, seen, replies = list(starts), set(starts), []
    while waiting:
        url = waiting.pop()
        for how, headers in (("GET", {}), ("htmx", {"HX_Request": "true"})):
            reply = Reply(how, url, send(browser, "GET", url, **headers))
            replies.append(reply)
            for found in _addresses(reply):
                path = urldefrag(urljoin(f"http://localhost{url}", found)).url
                parts = urlsplit(path)
                address = parts.path + (f"?{parts.query}" if parts.query else "")
                if parts.netloc == "localhost" and address not in seen:
                    seen.add(address)
                    waiting.append(address)
        assert len(seen) < _MOST, "the crawl does not end"
    return replies


def urls_of(replies: list[Reply]) -> set[str]:
    """Return the addresses that answered with a page or a file."""
    return {reply.url for reply in replies if reply.response.status_code == 200}
