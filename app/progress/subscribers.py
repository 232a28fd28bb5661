"""What progress does when a lower feature announces something, in the same transaction."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from app.cohorts.events import (
    EnrolmentCancelled,
    EnrolmentCorrected,
    EnrolmentMade,
    EnrolmentRestored,
)
from app.progress import commands
from app.quizzes.events import AnswerRecorded, AttemptFinished, AttemptStarted


def begin_progress(event: EnrolmentMade) -> None:
    """Give the new learner a row."""
    commands.begin_row(
        enrolment_id=event.enrolment_id, cohort_id=event.cohort_id, version_id=event.version_id
    )


def show_again(event: EnrolmentCancelled | EnrolmentRestored | EnrolmentCorrected) -> None:
    """Show on the board that a learner left, came back or belongs elsewhere."""
    commands.show_again(enrolment_id=event.enrolment_id)


def note_start(event: AttemptStarted) -> None:
    """Show on the board that a test was opened."""
    commands.count_answer(
        enrolment_id=event.enrolment_id,
        activity_id=event.activity_id,
        answered=0,
        asked=event.slot_count,
        at=event.started_at,
    )


def note_answer(event: AnswerRecorded) -> None:
    """Show on the board how far the test has come."""
    commands.count_answer(
        enrolment_id=event.enrolment_id,
        activity_id=event.activity_id,
        answered=event.answered_count,
        asked=event.slot_count,
        at=event.recorded_at,
    )


def note_finish(event: AttemptFinished) -> None:
    """Keep the result and, when the quiz counts as done by it, the completion."""
    percent = (event.fraction * 100).quantize(Decimal(1), ROUND_DOWN)
    commands.note_grade(
        enrolment_id=event.enrolment_id,
        activity_id=event.activity_id,
        percent=int(percent),
        completes=event.completes_activity,
        at=event.finished_at,
    )
