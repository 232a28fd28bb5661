"""Where a page may send the browser afterwards: only to a path of this site."""

from __future__ import annotations

from urllib.parse import urlsplit

_LONGEST = 500


def own_path(text: str | None) -> str | None:
    r"""Return ``text`` if it is a path of this site with perhaps a query, else None.

    Browsers read ``//host``, ``/\host`` and paths with control characters as other addresses.
    """
    if not text or len(text) > _LONGEST or not text.startswith("/") or text.startswith("//"):
        return None
    if "\\" in text or not text.isascii() or not text.isprintable() or " " in text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.path.startswith("//"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
