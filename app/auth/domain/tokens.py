"""Tokens and typed codes: only their hashes are stored."""

from __future__ import annotations

import hashlib

# No vowels, no d and no w: with a Vietnamese typing method on, nothing typed turns into another
# letter. No digit or letter that looks like another on paper (0 1 B G I L O S Z).
CODE_ALPHABET = "23456789CFHJKMNPQRTVX"
CODE_LENGTH = 10
_GROUPS = (4, 4, 2)


def token_hash(token: str) -> bytes:
    """Return what is stored of a token: its SHA-256 (32 bytes)."""
    return hashlib.sha256(token.encode()).digest()


def grouped_code(code: str) -> str:
    """Return a code as it is printed: ``K7MP-4TX9-QH``."""
    parts, start = [], 0
    for length in _GROUPS:
        parts.append(code[start : start + length])
        start += length
    return "-".join(parts)


def read_code(text: str) -> str | None:
    """Return a typed code without case and separators, or None when it cannot be one."""
    code = "".join(each for each in text.upper() if each.isalnum())
    is_code = len(code) == CODE_LENGTH and all(each in CODE_ALPHABET for each in code)
    return code if is_code else None
