"""What the clock asks of the quiz engine."""

from __future__ import annotations

from app.core.clock import utc_now
from app.core.db import db, transaction
from app.quizzes.commands import GRACE, finish_overdue_attempt
from app.quizzes.queries import list_overdue


def close_overdue_attempts() -> int:
    """Hand in what was saved in every attempt whose time is over; return how many there were."""
    now = utc_now()
    overdue = list_overdue(now - GRACE)
    for attempt_id in overdue:
        with transaction():
            finish_overdue_attempt(attempt_id=attempt_id, finished_at=now)
        db.session.expunge_all()
    return len(overdue)
