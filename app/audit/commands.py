"""Appending to the log and proving that nobody changed it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.audit import queries
from app.audit.domain.seal import BEFORE_THE_FIRST, plain, seal
from app.audit.models import AuditEntry
from app.core.db import db, read, write

# Any number will do, as long as nothing else of this program takes the same lock.
_CHAIN_LOCK = 7_120_101


def append_entry(
    *,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    actor_id: uuid.UUID | None,
    happened_at: datetime,
) -> int:
    """Write one entry at the end of the chain and return its number.

    Two writers never get the same end: SQLite has one writer, PostgreSQL queues them by a lock
    that the end of the transaction frees.
    """
    if db.engine.dialect.name == "postgresql":
        read(sa.select(sa.func.pg_advisory_xact_lock(_CHAIN_LOCK)))
    last = queries.find_last()
    number, previous_hash = (last.number + 1, last.hash) if last else (1, BEFORE_THE_FIRST)
    values = {
        "number": number,
        "happened_at": happened_at,
        "actor_id": actor_id,
        "action": action,
        "subject": subject,
        "detail": plain(detail),
        "previous_hash": previous_hash,
    }
    write(sa.insert(AuditEntry).values(**values, hash=seal(**values)))
    return number


def verify_chain() -> int | None:
    """Return the number of the first entry that was changed, removed or put in between, or None."""
    previous_hash = BEFORE_THE_FIRST
    for expected, entry in enumerate(queries.iter_entries(), start=1):
        is_sound = (
            entry.number == expected
            and entry.previous_hash == previous_hash
            and entry.hash
            == seal(
                number=entry.number,
                happened_at=entry.happened_at,
                actor_id=entry.actor_id,
                action=entry.action,
                subject=entry.subject,
                detail=entry.detail,
                previous_hash=entry.previous_hash,
            )
        )
        if not is_sound:
            return expected
        previous_hash = entry.hash
    return None
