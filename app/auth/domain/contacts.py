"""Telephone numbers and mail addresses as they are stored and shown.

Source: the Vietnamese numbering plan since 2018: mobile numbers have ten digits and begin with 03,
05, 07, 08 or 09; fixed lines have ten or eleven and begin with 02.
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"[\s.\-()]+")
_MOBILE = re.compile(r"0[35789]\d{8}", re.ASCII)
_FIXED = re.compile(r"02\d{8,9}", re.ASCII)
_WITHOUT_ZERO = re.compile(r"[35789]\d{8}", re.ASCII)
_COUNTRY = re.compile(r"(?:\+|00)?84(?=[235789]\d{8,9}$)", re.ASCII)
_MAIL = re.compile(r"[^@\s<>\"(),:;]{1,64}@[^@\s<>\"(),:;]{1,185}\.[^@\s<>\"(),:;.]{2,}")


def parse_phone(text: str) -> str | None:
    """Return a number as ``+84912345678``, or None when it is no Vietnamese number.

    Separators and the country's prefix do not matter; a leading nought that a spreadsheet dropped
    from a mobile number is put back.
    """
    digits = _COUNTRY.sub("0", _SEPARATORS.sub("", text))
    if _WITHOUT_ZERO.fullmatch(digits):
        digits = "0" + digits
    if _MOBILE.fullmatch(digits) or _FIXED.fullmatch(digits):
        return "+84" + digits[1:]
    return None


def phone_text(phone: str | None) -> str:
    """Return a stored number the way people write it: ``0912 345 678``."""
    if not phone:
        return ""
    digits = "0" + phone.removeprefix("+84")
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def parse_email(text: str) -> str | None:
    """Return a mail address in lower case, or None when it has not the form of one."""
    address = text.strip().lower()
    return address if len(address) <= 254 and _MAIL.fullmatch(address) else None
