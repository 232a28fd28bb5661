"""The hash that chains an entry to the one before, and the plain form it is taken from.

Changing, removing or inserting an entry breaks every seal after it. What a chain inside one
database cannot show is the loss of its last entries; the newest seal is therefore worth printing
or sending away now and then.
"""

from __future__ import annotations

import enum
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import singledispatch
from typing import Any

BEFORE_THE_FIRST = "0" * 64


@singledispatch
def plain(value: Any) -> Any:
    """Return a value as JSON has it, always in the same way.

    :raises TypeError: facts hold no values of this type
    """
    message = f"no plain form for {type(value).__name__}"
    raise TypeError(message)


@plain.register(type(None))
@plain.register(int)
@plain.register(str)
def _same(value: int | str | None) -> int | str | None:
    return value


@plain.register(uuid.UUID)
@plain.register(Decimal)
@plain.register(float)
def _text(value: uuid.UUID | Decimal | float) -> str:
    return str(value)


@plain.register
def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat()


@plain.register
def _day(value: date) -> str:
    return value.isoformat()


@plain.register
def _flags(value: enum.Flag) -> list[str]:
    return [each.name or "" for each in value]


@plain.register
def _member(value: enum.Enum) -> Any:
    return plain(value.value)


@plain.register
def _digits(value: bytes) -> str:
    return value.hex()


@plain.register(Mapping)
def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): plain(each) for key, each in value.items()}


@plain.register(list)
@plain.register(tuple)
def _in_order(value: Sequence[Any]) -> list[Any]:
    return [plain(each) for each in value]


@plain.register(set)
@plain.register(frozenset)
def _in_any_order(value: Set[Any]) -> list[Any]:
    return sorted((plain(each) for each in value), key=str)


def seal(
    *,
    number: int,
    happened_at: datetime,
    actor_id: uuid.UUID | None,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    previous_hash: str,
) -> str:
    """Return the SHA-256 of an entry and of the seal before it, as 64 hexadecimal digits."""
    entry = [number, happened_at, actor_id, action, subject, detail, previous_hash]
    text = json.dumps(plain(entry), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
