"""Passwords: hashing and checking with argon2id, at most one a core at a time."""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NewType

import argon2
from flask import current_app

from app.auth import queries
from app.auth.commands.throttle import Counters, check_open, counters
from app.auth.domain.passwords import LONGEST, prepared, weakness_of
from app.auth.domain.usernames import fold_login
from app.auth.errors import WeakPasswordError

PasswordHash = NewType("PasswordHash", str)

# 19 MiB twice: about 33 ms of CPU, so that 70 people at once are 2.3 CPU-seconds.
PARAMETERS: Mapping[str, int] = {"memory_cost": 19_456, "time_cost": 2, "parallelism": 1}
_one_per_core = threading.BoundedSemaphore(os.cpu_count() or 1)


@lru_cache(maxsize=4)
def _hasher(memory_cost: int, time_cost: int, parallelism: int) -> argon2.PasswordHasher:
    return argon2.PasswordHasher(
        memory_cost=memory_cost, time_cost=time_cost, parallelism=parallelism
    )


def _present_hasher() -> argon2.PasswordHasher:
    return _hasher(**{**PARAMETERS, **current_app.config.get("ARGON2", {})})


@lru_cache(maxsize=4)
def _hash_of_nobody(hasher: argon2.PasswordHasher) -> str:
    """Return a hash to check against when there is none, so that it takes as long."""
    return hasher.hash(uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class PasswordProof:
    """What checking a password found; ``is_right`` counts only while the user's version is that.

    ``better_hash`` replaces the stored one when its cost is out of date.
    """

    user_id: uuid.UUID | None
    user_version: int
    is_right: bool
    tried: Counters
    better_hash: PasswordHash | None = None


def hash_password(password: str, *, username: str) -> PasswordHash:
    """Return the argon2id hash of a new password.

    :raises WeakPasswordError: it would be guessed
    """
    text = prepared(password)
    weakness = weakness_of(text, fold_login(username))
    if weakness is not None:
        raise WeakPasswordError(weakness)
    with _one_per_core:
        return PasswordHash(_present_hasher().hash(text))


def _matches(hasher: argon2.PasswordHasher, stored: str, password: str) -> bool:
    try:
        with _one_per_core:
            return hasher.verify(stored, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def prove_password(*, login: str, password: str, address: str, at: datetime) -> PasswordProof:
    """Check a password; call it outside a transaction, it computes for tens of milliseconds.

    An unknown user, a closed account and a wrong password take the same time and give the same.

    :raises TooManyFailuresError: this account or address has to wait
    """
    user = queries.find_user_by_login(login)
    account = str(user.id) if user else f"unknown {fold_login(login)[:254]}"
    tried = counters(account=account, address=address)
    check_open(tried, at=at)
    hasher = _present_hasher()
    nobody = _hash_of_nobody(hasher)
    stored = user.password_hash if user and user.password_hash and user.is_active else None
    text = prepared(password)
    matches = len(text) <= LONGEST and _matches(hasher, stored or nobody, text)
    is_right = matches and stored is not None
    better = None
    if is_right and stored and hasher.check_needs_rehash(stored):
        with _one_per_core:
            better = PasswordHash(hasher.hash(text))
    return PasswordProof(
        user_id=user.id if user else None,
        user_version=user.version if user else 0,
        is_right=is_right,
        tried=tried,
        better_hash=better,
    )
