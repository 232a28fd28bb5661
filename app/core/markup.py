"""Markdown to clean HTML: the one module that may say that a text is safe to show unescaped.

Two walls, one behind the other: the Markdown reader knows no HTML (what looks like a tag is shown
as text), and what it makes goes through an allow-list that leaves no ``id``, ``class``, ``style``,
``hx-*`` or ``data-*`` of an author. Only then our own wrapper is put around tables.
"""

from __future__ import annotations

import enum
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from app.core.i18n import language
from app.core.text import nfc

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
_WORD = re.compile(r"\w")
_RIGHT = "text-align:right"

_writer = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_writer.disable("image")
_finder = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text; ``level`` as shown, 2 to 6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class RenderedText:
    """Clean HTML of a text, its length in words (syllables between spaces) and its headings."""

    html: str
    word_count: int
    headings: tuple[Heading, ...]


class Unkept(enum.StrEnum):
    """What an author may write in Markdown but a page does not show."""

    HTML = "html"
    IMAGE = "image"
    RELATIVE_LINK = "relative_link"


def safe(clean_html: str) -> Markup:
    """Say that this HTML may be shown as it is: it came out of :func:`render_markdown`."""
    return Markup(clean_html)  # noqa: S704 - the one place, see the top of this file


def lang_attribute(code: str) -> str:
    """Return `` lang="vi"`` for an element whose words are in another language than the page.

    Nothing where they are in the page's own, nor for an unknown one (empty code).
    """
    return Markup(' lang="%s"') % code if code and code != language().value else ""


def spoken(text: str, code: str) -> str:
    """Return a text marked as spoken in that language, where the page is in another one."""
    if not code or code == language().value:
        return text
    return Markup('<span lang="%s">%s</span>') % (code, text)


def filled(sentence: str, **values: object) -> Markup:
    """Return a sentence with ``%(name)s`` filled in; of the values only Markup is not escaped."""
    return escape(sentence) % values


def joined(between: str, parts: Iterable[str]) -> Markup:
    """Return the parts one after another; of them only Markup is not escaped."""
    return escape(between).join(parts)


def render_markdown(text: str, table_word: str = "Bảng") -> RenderedText:
    """Return the clean HTML of a Markdown text.

    :param text: CommonMark with tables; a first-level heading becomes a second-level one, since
        the page has its own
    :param table_word: what a table is called in the language of the text, for screen readers
    """
    tokens = _writer.parse(nfc(text))
    _shift_headings(tokens)
    _mark_figures(tokens)
    raw: str = _writer.renderer.render(tokens, _writer.options, {})
    cleaned = nh3.clean(
        raw,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_attribute,
        allowed_classes={"td": {"num"}, "th": {"num"}},
        set_tag_attribute_values={"th": {"scope": "col"}},
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",
        link_rel="external noopener noreferrer",
    )
    return RenderedText(
        html=nfc(_wrap_tables(cleaned, _table_labels(tokens, table_word))).strip(),
        word_count=sum(_count_words(token) for token in tokens if token.type == "inline"),
        headings=tuple(_headings(tokens)),
    )


def list_unkept(text: str) -> list[tuple[int, Unkept]]:
    """Return what the page will not show as the author means it, with lines counted from 1."""
    found: list[tuple[int, Unkept]] = []
    for token in _finder.parse(text):
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "html_block":
            found.append((line, Unkept.HTML))
        for child in token.children or ():
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            kind = _unkept(child)
            if kind is not None:
                found.append((line, kind))
    return found


def _unkept(token: Token) -> Unkept | None:
    if token.type == "html_inline":
        return Unkept.HTML
    if token.type == "image":
        return Unkept.IMAGE
    if token.type == "link_open" and not _LINK.match(str(token.attrGet("href") or "")):
        return Unkept.RELATIVE_LINK
    return None


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("a", "href") and not _LINK.match(value):
        return None
    if (tag, name) == ("ol", "start") and not (value.isascii() and value.isdigit()):
        return None
    return value


def _shift_headings(tokens: list[Token]) -> None:
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"


def _mark_figures(tokens: list[Token]) -> None:
    """Turn the alignment of a column into our class for figures: the policy allows no style."""
    for token in tokens:
        style = token.attrs.pop("style", None)
        if style == _RIGHT:
            token.attrSet("class", "num")


def _plain(token: Token) -> str:
    parts = (
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children or ()
    )
    return "".join(parts)


def _count_words(token: Token) -> int:
    return sum(1 for word in _plain(token).split() if _WORD.search(word))


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), nfc(_plain(tokens[place + 1])))


def _table_labels(tokens: list[Token], table_word: str) -> Iterator[str]:
    """Yield a name for each table: its number and the heading above it."""
    heading, number = "", 0
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = _plain(tokens[place + 1])
        elif token.type == "table_open":
            number += 1
            yield f"{table_word} {number}: {heading}" if heading else f"{table_word} {number}"


def _wrap_tables(clean_html: str, labels: Iterator[str]) -> str:
    def opened(_match: re.Match[str]) -> str:
        label = html.escape(next(labels))
        return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'

    return re.sub("<table>", opened, clean_html).replace("</table>", "</table></div>")
