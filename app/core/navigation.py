"""The menu: features register entries, a page asks for those its reader may follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from app.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry; ``label`` is marked by ``lazy``, ``is_for`` looks at the user's roles."""

    label: str
    endpoint: str
    rank: int
    is_for: Callable[[object], bool]


@dataclass(frozen=True, slots=True)
class MenuLink:
    """What the page shows of an entry."""

    label: str
    url: str
    current: bool


def add_entry(app: Flask, entry: MenuEntry) -> None:
    """Add an entry to the menu of this application."""
    entries: list[MenuEntry] = app.extensions.setdefault("menu", [])
    entries.append(entry)
    entries.sort(key=lambda each: each.rank)


def menu_for(roles: object) -> list[MenuLink]:
    """Return the links that somebody with these roles may follow."""
    entries: list[MenuEntry] = current_app.extensions.get("menu", [])
    links = []
    for each in entries:
        if each.is_for(roles):
            url = url_for(each.endpoint)
            links.append(MenuLink(_(each.label), url, current=request.path.startswith(url)))
    return links


def register_destination(app: Flask, name: str, endpoint: str) -> None:
    """Let lower features link to a page of a higher one by a name that both know."""
    destinations: dict[str, str] = app.extensions.setdefault("destinations", {})
    destinations[name] = endpoint


def destination(name: str, **values: object) -> str:
    """Return the path of a registered destination.

    :param name: such as ``cohort_outline`` (value ``cohort``: the slug)
    """
    destinations: dict[str, str] = current_app.extensions["destinations"]
    return url_for(destinations[name], **values)  # type: ignore[arg-type]


def find_destination(name: str, **values: object) -> str:
    """Return the path of a destination, or an empty text where no feature offers it."""
    destinations: dict[str, str] = current_app.extensions.get("destinations", {})
    return destination(name, **values) if name in destinations else ""
