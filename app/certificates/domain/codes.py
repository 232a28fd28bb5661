"""The code that verifies a certificate: 130 random bits, typed without care and still read right.

The 32 signs are those of Crockford's base 32: no I, L, O or U, so that none is taken for another.
"""

from __future__ import annotations

import unicodedata

LENGTH = 26
BITS = LENGTH * 5
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUP = 4
_MISREAD = str.maketrans("OIL", "011")
_BETWEEN = str.maketrans("", "", " -–—‐‑._\u00a0\t\r\n")  # dashes as people paste them


def code_from_number(number: int) -> str:
    """Return the code of a random number below 2**130, as it is stored: no dashes.

    :raises ValueError: the number is out of range
    """
    if not 0 <= number < 1 << BITS:
        raise ValueError("a code has 130 bits")
    return "".join(_SIGNS[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


def grouped(code: str) -> str:
    """Return the code as it is printed: ``K7QM-4X2P-9RTA-…-9R``."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def find_code(typed: str) -> str | None:
    """Return the code somebody typed, or None when it cannot be one.

    Small letters, spaces, dashes, full-width signs and the look-alikes O, I and L are forgiven.
    """
    plain = unicodedata.normalize("NFKC", typed).translate(_BETWEEN).upper().translate(_MISREAD)
    is_code = len(plain) == LENGTH and all(sign in _SIGNS for sign in plain)
    return plain if is_code else None
