"""Passwords that are told once and work until their owner changes them."""

from __future__ import annotations

import secrets

from app.auth.domain.passwords import weakness_of
from app.auth.domain.usernames import fold_login

_WORDS = 4
_SYLLABLES = tuple(first + vowel for first in "bdghklmntv" for vowel in "aeiou")


def one_time_password(username: str) -> str:
    """Return a password that is easy to read out: four groups of four letters, 45 bits.

    One that would be refused, because it happens to hold the user name, is thrown away.
    """
    login = fold_login(username)
    while True:
        words = (
            "".join(secrets.choice(_SYLLABLES) for _each in range(2)) for _word in range(_WORDS)
        )
        password = "-".join(words)
        if weakness_of(password, login) is None:
            return password
