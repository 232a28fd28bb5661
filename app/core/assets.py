"""Style, script and icon: made small once, named by their content, kept by browsers for ever.

A page names an asset by :func:`asset_url`; the address changes with the content, so that nothing
is asked for twice and nothing old is shown. First pages carry the style inside
(:func:`inline_css`), and the policy names it by its hash (:func:`inline_css_csp`).
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, request

from app.core.access import public
from app.core.errors import NotFoundError

_STATIC = Path(__file__).resolve().parent.parent / "static"
_HASH_LENGTH = 10
_FIRST_PART_ENDS = "/* First pages carry what stands above"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s+")
_CSS_AROUND = re.compile(r" ?([{};,>]) ?")
_CSS_AFTER_COLON = re.compile(r"([\w-]): (?=[^{}]*[;}])")
_JS_BLOCK_COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)
_JS_LINE_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_JS_INDENT = re.compile(r"^[ \t]+|[ \t]+$|^\s*\n", re.MULTILINE)


class InlineStyle(str):
    """Our own style sheet, which templates write inside ``<style>`` as it stands.

    It is the content of a file of this repository and is refused when it could end the element.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return the text unescaped."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent: its hashed name, type and bytes."""

    file_name: str
    content_type: str
    body: bytes


def _same(text: str) -> str:
    return text


def shrink_css(text: str) -> str:
    """Return a style sheet without comments and needless space.

    Made for this project's sheet: it holds no string with braces, comments or double spaces.
    """
    text = _CSS_SPACE.sub(" ", _CSS_COMMENT.sub("", text))
    text = _CSS_AFTER_COLON.sub(r"\1:", _CSS_AROUND.sub(r"\1", text))
    return text.replace(";}", "}").strip()


def shrink_js(text: str) -> str:
    """Return a script without comment lines and indentation; line ends stay.

    Made for this project's scripts: comments have lines of their own, and no string goes over
    several lines.
    """
    text = _JS_LINE_COMMENT.sub("", _JS_BLOCK_COMMENT.sub("", text))
    return _JS_INDENT.sub("", text).strip() + "\n"


_SOURCES: dict[str, tuple[str, Callable[[str], str]]] = {
    "app.css": ("src/app.css", shrink_css),
    "slips.css": ("src/slips.css", shrink_css),
    "ui.js": ("src/ui.js", shrink_js),
    "icon.svg": ("src/icon.svg", str.strip),
    "htmx.min.js": ("vendor/htmx.min.js", _same),
}


@cache
def _asset(name: str) -> Asset:
    path, shrink = _SOURCES[name]
    body = shrink((_STATIC / path).read_text(encoding="utf-8")).encode()
    stem, _dot, ending = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:_HASH_LENGTH]
    return Asset(f"{stem}.{digest}.{ending}", _TYPES["." + ending], body)


@cache
def _encoded(name: str, encoding: str) -> bytes:
    body = _asset(name).body
    if encoding == "br":
        small: bytes = brotli.compress(body, quality=11)
        return small
    if encoding == "gzip":
        return gzip.compress(body, 9, mtime=0)
    return body


@cache
def asset_url(name: str) -> str:
    """Return the address of an asset, for example ``/s/app.1f6e08b7a2.css``.

    :raises KeyError: there is no asset of that name
    """
    return f"/s/{_asset(name).file_name}"


@cache
def inline_css() -> InlineStyle:
    """Return what first pages (sign-in, verification, errors) need of the sheet, for ``<style>``.

    :raises ValueError: the sheet has lost its mark, or could end the element
    """
    sheet = (_STATIC / "src" / "app.css").read_text(encoding="utf-8")
    first_part, mark, _rest = sheet.partition(_FIRST_PART_ENDS)
    if not mark or "<" in first_part:
        message = "app.css has no mark of its first part, or holds '<'"
        raise ValueError(message)
    return InlineStyle(shrink_css(first_part))


def inline_css_csp() -> str:
    """Return the source expression that lets :func:`inline_css` pass ``style-src``."""
    digest = hashlib.sha256(inline_css().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _encoding_for_request() -> str:
    accepted = request.headers.get("Accept-Encoding", "")
    return next((each for each in ("br", "gzip") if each in accepted), "")


@public
def show_asset(file: str) -> Response:
    """Send an asset; a name with an old hash gives today's content, not to be kept.

    :raises NotFoundError: no asset has that name
    """
    stem, _dot, ending = file.rpartition(".")
    name = f"{stem.rpartition('.')[0]}.{ending}"
    if name not in _SOURCES:
        raise NotFoundError
    asset = _asset(name)
    encoding = _encoding_for_request()
    response = Response(_encoded(name, encoding), content_type=asset.content_type)
    is_current = file == asset.file_name
    response.headers["Cache-Control"] = (
        "public, max-age=31536000, immutable" if is_current else "no-cache"
    )
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_etag(asset.file_name, weak=True)
    response.make_conditional(request.environ)
    return response


def register_assets(app: Flask) -> None:
    """Serve the assets under ``/s/`` and give their names to templates."""
    app.add_url_rule("/s/<path:file>", "show_asset", show_asset)
    app.jinja_env.globals.update(asset=asset_url, inline_css_text=inline_css())
