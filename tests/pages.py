"""A browser for tests: each reply is a parsed page, and every whole page is checked to be sound."""

from __future__ import annotations

import contextvars
import secrets
from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

from app.auth.models import LoginSession, User
from app.auth.session import token_hash
from app.core.clock import utc_now
from app.core.db import db, transaction

_FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


class Page:
    """One reply, parsed."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.html = response.get_data(as_text=True) if response.mimetype.startswith("text") else ""
        self.soup = BeautifulSoup(self.html, "html5lib")

    @property
    def text(self) -> str:
        """Return the words of the page with single spaces."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def location(self) -> str:
        """Return the path this reply sends the browser to."""
        where = self.headers.get("Location") or self.headers.get("HX-Redirect") or ""
        return where.removeprefix("http://localhost")

    def one(self, selector: str) -> Tag:
        """Return the only element of that selector."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{selector}: {len(found)} found in {self.text[:300]}"
        return found[0]

    def all(self, selector: str) -> list[Tag]:
        """Return the elements of that selector."""
        return list(self.soup.select(selector))

    def link(self, words: str) -> str:
        """Return the address of the first link whose text holds these words."""
        for each in self.soup.select("a[href]"):
            if words in each.get_text(" "):
                return str(each["href"])
        message = f"no link {words!r} in {self.text[:500]}"
        raise AssertionError(message)

    def form(self, selector: str) -> dict[str, Any]:
        """Return what a browser would post from this form as it stands."""
        values: dict[str, Any] = {}
        for field in self.one(selector).select("input[name], select[name], textarea[name]"):
            name = str(field["name"])
            if field.name == "select":
                chosen = field.select_one("option[selected]") or field.select_one("option")
                values[name] = str(chosen.get("value", "")) if chosen else ""
            elif field.get("type") in {"radio", "checkbox"}:
                if field.has_attr("checked"):
                    values.setdefault(name, []).append(str(field.get("value", "on")))
            else:
                values[name] = (
                    field.get_text() if field.name == "textarea" else str(field.get("value", ""))
                )
        return values


def check_sound(page: Page) -> None:
    """Check what holds of every page: one h1 that begins the title, ids, labels, language."""
    heading = page.one("h1").get_text(" ", strip=True)
    title = " ".join(page.one("title").get_text().split())
    title = title.removeprefix("Lỗi: ").removeprefix("Error: ")
    assert title.startswith(" ".join(heading.split())[:30]), f"title {title!r}, h1 {heading!r}"
    ids = [str(each["id"]) for each in page.soup.select("[id]")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert page.one("html").get("lang") in {"vi", "en"}
    for field in page.soup.select("input, select, textarea"):
        if field.get("type") in {"hidden", "submit"}:
            continue
        labelled = (
            field.find_parent("label") or field.get("aria-label") or field.get("aria-labelledby")
        )
        assert labelled or page.soup.select(f'label[for="{field.get("id")}"]'), f"no label: {field}"
    for each in page.soup.select("[style], [onclick], script:not([src])"):
        message = f"inline style or script: {each}"
        raise AssertionError(message)


class Browser:
    """A person's browser against the application, without script unless htmx is asked for."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.client = app.test_client()

    def _send(self, method: str, url: str, status: int | None, **options: Any) -> Page:
        headers = {**_FROM_HERE, **options.pop("headers", {})}

        def send() -> TestResponse:
            return self.client.open(url, method=method, headers=headers, **options)

        page = Page(contextvars.Context().run(send))
        db.session.expire_all()
        if status is not None:
            assert page.status == status, f"{method} {url}: {page.status}\n{page.text[:800]}"
        if "HX-Request" not in headers and page.html and "<html" in page.html:
            check_sound(page)
        return page

    def get(self, url: str, status: int | None = 200, **options: Any) -> Page:
        """Open an address."""
        return self._send("GET", url, status, **options)

    def post(self, url: str, data: Any = None, status: int | None = 303, **options: Any) -> Page:
        """Send a form."""
        return self._send("POST", url, status, data=data or {}, **options)

    def follow(self, page: Page) -> Page:
        """Go where the reply sends the browser."""
        assert page.location, f"no redirect: {page.text[:500]}"
        return self.get(page.location)

    def htmx_get(self, url: str, status: int | None = 200, **options: Any) -> Page:
        """Open an address the way htmx does."""
        return self._send("GET", url, status, headers={"HX-Request": "true"}, **options)

    def htmx_post(
        self, url: str, data: Any = None, status: int | None = 200, **options: Any
    ) -> Page:
        """Send a form the way htmx does."""
        return self._send(
            "POST", url, status, data=data or {}, headers={"HX-Request": "true"}, **options
        )

    def sign_in(self, user: User) -> Browser:
        """Be signed in as that person, past the sign-in page."""
        token = secrets.token_urlsafe(24)
        with transaction():
            db.session.add(
                LoginSession(
                    token_hash=token_hash(token),
                    user_id=user.id,
                    user_version=user.version,
                    created_at=utc_now(),
                    expires_at=utc_now() + timedelta(days=14),
                )
            )
        self.client.set_cookie(self._app.config["LOGIN_COOKIE"], token)
        return self
