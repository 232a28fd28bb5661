"""Reads of the log."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.audit.models import AuditEntry
from app.core.db import read

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log."""

    number: int
    happened_at: datetime
    actor_id: uuid.UUID | None
    action: str
    subject: str
    detail: dict[str, Any]
    previous_hash: str
    hash: str


_COLUMNS = sa.select(*AuditEntry.__table__.columns)


def find_last() -> Entry | None:
    """Return the newest entry, or None when there is none yet."""
    row = read(_COLUMNS.order_by(AuditEntry.number.desc()).limit(1)).one_or_none()
    return Entry(*row) if row else None


def iter_entries() -> Iterator[Entry]:
    """Give all entries in order, read in batches, so that a long log needs little memory."""
    after = -1
    while True:
        statement = _COLUMNS.where(AuditEntry.number > after).order_by(AuditEntry.number)
        rows = read(statement.limit(_BATCH)).all()
        for row in rows:
            yield Entry(*row)
        if len(rows) < _BATCH:
            return
        after = rows[-1].number


def list_about(subject: str) -> list[Entry]:
    """Return what happened to one subject (an id as text), the oldest first."""
    rows = read(_COLUMNS.where(AuditEntry.subject == subject).order_by(AuditEntry.number))
    return [Entry(*row) for row in rows]
