"""Join the feature to an application."""

from __future__ import annotations

from flask import Flask

from app.cohorts.events import (
    EnrolmentCancelled,
    EnrolmentCorrected,
    EnrolmentMade,
    EnrolmentRestored,
)
from app.core.events import bus_of
from app.progress import subscribers
from app.quizzes.events import AnswerRecorded, AttemptFinished, AttemptStarted


def register(app: Flask) -> None:
    """Listen to what changes progress; the feature has no pages of its own."""
    bus = bus_of(app)
    bus.subscribe(EnrolmentMade, subscribers.begin_progress)
    bus.subscribe(EnrolmentCancelled, subscribers.show_again)
    bus.subscribe(EnrolmentRestored, subscribers.show_again)
    bus.subscribe(EnrolmentCorrected, subscribers.show_again)
    bus.subscribe(AttemptStarted, subscribers.note_start)
    bus.subscribe(AnswerRecorded, subscribers.note_answer)
    bus.subscribe(AttemptFinished, subscribers.note_finish)
