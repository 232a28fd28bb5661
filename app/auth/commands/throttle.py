"""The counters of failed sign-ins, shared by every door: password, slip code, password change.

They are read before a password is checked and again, under lock, where the outcome is written:
many guesses sent at once learn no more than guesses one after another.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from app.auth.domain.throttle import (
    ACCOUNT,
    ACCOUNT_FROM_ADDRESS,
    ADDRESS,
    FORGOTTEN_AFTER,
    Allowance,
    site_of,
)
from app.auth.errors import TooManyFailuresError
from app.auth.models import SignInThrottle
from app.core.db import read, write

_NEW_ROW = sa.text(
    "INSERT INTO sign_in_throttle (key, failures, last_failed_at) VALUES (:key, 0, :at) "
    "ON CONFLICT (key) DO NOTHING"
).bindparams(sa.bindparam("at", type_=SignInThrottle.last_failed_at.type))


@dataclass(frozen=True, slots=True)
class Counters:
    """The keys under which one try is counted; without an account only the address's is there.

    ``account`` counts the tries from all addresses, ``account_here`` those from this one.
    """

    account: str | None
    account_here: str | None
    address: str

    def each(self) -> list[tuple[str, Allowance]]:
        """Return the keys with what they allow, the account first (the order of locking)."""
        rows = (
            (self.account, ACCOUNT),
            (self.account_here, ACCOUNT_FROM_ADDRESS),
            (self.address, ADDRESS),
        )
        return [(key, allowance) for key, allowance in rows if key is not None]


def counters(*, account: str | None, address: str) -> Counters:
    """Return the keys for an account (its id, or the folded text of an unknown one) and address."""
    site = site_of(address)
    return Counters(
        account=_key("account", account) if account else None,
        account_here=_key("account from address", f"{account} {site}") if account else None,
        address=_key("address", site),
    )


def _key(kind: str, text: str) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def check_open(tried: Counters, *, at: datetime, locked: bool = False) -> None:
    """Refuse when one of the counters asks to wait.

    :param locked: hold the rows until the transaction ends
    :raises TooManyFailuresError: naming the time from which it is open again
    """
    keys = [key for key, _allowance in tried.each()]
    statement = sa.select(SignInThrottle.blocked_until).where(SignInThrottle.key.in_(keys))
    if locked:
        statement = statement.order_by(SignInThrottle.key).with_for_update()
    waits = [until for until in read(statement).scalars() if until is not None and until > at]
    if waits:
        raise TooManyFailuresError(max(waits), at)


def count_failure(tried: Counters, *, at: datetime) -> None:
    """Count one failure under each key and set how long to wait from now."""
    write(sa.delete(SignInThrottle).where(SignInThrottle.last_failed_at < at - FORGOTTEN_AFTER))
    for key, allowance in tried.each():
        write(_NEW_ROW, {"key": key, "at": at})
        row = read(
            sa.select(SignInThrottle.failures, SignInThrottle.last_failed_at)
            .where(SignInThrottle.key == key)
            .with_for_update()
        ).one()
        failures = allowance.failures_after(row.failures, at - row.last_failed_at) + 1
        wait = allowance.wait(failures)
        write(
            sa.update(SignInThrottle)
            .where(SignInThrottle.key == key)
            .values(failures=failures, last_failed_at=at, blocked_until=at + wait if wait else None)
        )


def clear_account_here(tried: Counters) -> None:
    """Forget the account's failures at the address from which it was entered.

    Those at other addresses stay, and so does the count of all: they may be a stranger's.
    """
    if tried.account_here:
        write(sa.delete(SignInThrottle).where(SignInThrottle.key == tried.account_here))
