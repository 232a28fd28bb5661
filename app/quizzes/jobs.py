"""What the clock asks of the quiz engine."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.errors import AppError
from app.quizzes.commands import GRACE, finish_overdue_attempt
from app.quizzes.queries import list_overdue

logger = logging.getLogger(__name__)


def close_overdue_attempts() -> int:
    """Hand in what was saved in every attempt whose time is over; return how many there were."""
    now = utc_now()
    overdue = list_overdue(now - GRACE)
    for attempt_id in overdue:
        try:
            with transaction():
                finish_overdue_attempt(attempt_id=attempt_id, finished_at=now)
        except (AppError, SQLAlchemyError):  # the others' time is over too
            logger.exception("attempt %s could not be closed", attempt_id)
        db.session.expunge_all()
    return len(overdue)
