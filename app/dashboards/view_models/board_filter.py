"""What the address of the board asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.core.text import clean_line

_BY_NAME = "name"


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which rows the board shows, in which order, with names or without.

    ``site`` is the place of a site in the cohort's list, counting from 1; 0 is all sites. ``name``
    is what was typed to find somebody; a board without names searches for none.
    """

    site: int = 0
    by_name: bool = False
    shows_names: bool = True
    name: str = ""

    @classmethod
    def of(cls, values: MultiDict[str, str]) -> Self:
        """Return the filter of an address's query; what is unreadable is left out."""
        site = values.get("site", "")
        shows_names = values.get("names", "") != "0"
        return cls(
            site=int(site) if site.isascii() and site.isdigit() and len(site) < 5 else 0,
            by_name=values.get("sort", "") == _BY_NAME,
            shows_names=shows_names,
            name=clean_line(values.get("q", "")) if shows_names else "",
        )

    def query(self, **more: int | str) -> str:
        """Return the part of the address after ``?``, empty for the plain board."""
        values: dict[str, object] = {}
        if self.site:
            values["site"] = self.site
        if self.by_name:
            values["sort"] = _BY_NAME
        if not self.shows_names:
            values["names"] = 0
        if self.name:
            values["q"] = self.name
        text = urlencode({**values, **more})
        return f"?{text}" if text else ""
