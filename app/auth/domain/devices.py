"""A browser's short name, by which its owner recognises a place where they are signed in."""

from __future__ import annotations

# The first that is found names the browser: those that pretend to be another come first.
_BROWSERS = (
    ("Zalo", "Zalo"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return ``Chrome, Android``; an empty text when neither browser nor system is known."""
    lowered = user_agent.lower()
    found = (
        next((name for sign, name in table if sign.lower() in lowered), "")
        for table in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(each for each in found if each)
