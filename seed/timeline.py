"""Several people's days, run side by side in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from app.core.clock import LOCAL_ZONE
from app.core.db import db, transaction

_STEPS_IN_A_TRANSACTION = 200


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of that day on a clock in Việt Nam."""
    return datetime.combine(day, time(hour, minute), LOCAL_ZONE).astimezone(UTC)


class Timeline:
    """Days that each yield the moment of their next step; the earliest step of all comes first.

    Thus the log, the receipts and the register of the demo grow as they would on a real day.
    """

    def __init__(self) -> None:
        self._next: list[tuple[datetime, int, Iterator[datetime]]] = []
        self._count = 0

    def add(self, day: Iterator[datetime]) -> None:
        """Take a day in; nothing of it is done yet."""
        self._count += 1
        self._push(self._count, day)

    def run(self, *, until: datetime) -> None:
        """Do every step up to that moment."""
        while self._is_due(until):
            with transaction():
                for _step in range(_STEPS_IN_A_TRANSACTION):
                    if not self._is_due(until):
                        break
                    _moment, number, day = heapq.heappop(self._next)
                    self._push(number, day)
            db.session.expunge_all()

    def _is_due(self, until: datetime) -> bool:
        return bool(self._next) and self._next[0][0] <= until

    def _push(self, number: int, day: Iterator[datetime]) -> None:
        moment = next(day, None)
        if moment is not None:
            heapq.heappush(self._next, (moment, number, day))
