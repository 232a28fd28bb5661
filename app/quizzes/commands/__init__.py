"""Writes of the quiz engine; every function runs inside the caller's ``transaction()``."""

from app.quizzes.commands.answers import PostedSlot, Receipt, record_answer, record_form
from app.quizzes.commands.attempts import (
    GRACE,
    finish_attempt,
    finish_overdue_attempt,
    release_quiz,
    start_attempt,
)
from app.quizzes.commands.definitions import store_quiz

__all__ = [
    "GRACE",
    "PostedSlot",
    "Receipt",
    "finish_attempt",
    "finish_overdue_attempt",
    "record_answer",
    "record_form",
    "release_quiz",
    "start_attempt",
    "store_quiz",
]
