"""How moments, days, marks and percentages are written for people (Jinja filters)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask

from app.core.clock import to_local
from app.core.i18n import Language, language


def local_time(moment: datetime | None) -> str:
    """Return ``14:32``."""
    return to_local(moment).strftime("%H:%M") if moment else ""


def local_clock(moment: datetime | None) -> str:
    """Return ``14:32:07``, for receipts."""
    return to_local(moment).strftime("%H:%M:%S") if moment else ""


def local_date(day: date | datetime | None) -> str:
    """Return ``22/11/2026``."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = to_local(day).date()
    return day.strftime("%d/%m/%Y")


def local_datetime(moment: datetime | None) -> str:
    """Return ``14:32, 22/11/2026``."""
    return f"{local_time(moment)}, {local_date(moment)}" if moment else ""


def decimal_text(value: Decimal | float | int | None, places: int = 2) -> str:
    """Return a number the way the reader writes it: ``7,5`` in Vietnamese, ``7.5`` in English.

    Zeros at the end are dropped.
    """
    if value is None:
        return ""
    step = Decimal(1).scaleb(-places)
    text = f"{Decimal(value).quantize(step, ROUND_HALF_UP):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() is Language.VIETNAMESE else text


def percent_text(fraction: Decimal | float | None) -> str:
    """Return ``82%`` for 0.82."""
    if fraction is None:
        return ""
    return f"{(Decimal(fraction) * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"


def init_formatting(app: Flask) -> None:
    """Give the filters to Jinja."""
    for each in (local_time, local_clock, local_date, local_datetime, decimal_text, percent_text):
        app.jinja_env.filters[each.__name__] = each
