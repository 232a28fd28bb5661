"""What the quiz engine does when a lower feature announces something."""

from __future__ import annotations

from app.courses.events import ActivityImported
from app.courses.models import ActivityKind
from app.quizzes.commands import store_quiz


def store_imported_quiz(event: ActivityImported) -> None:
    """Store the quiz of an imported activity."""
    if event.kind is ActivityKind.QUIZ:
        store_quiz(
            course_id=event.course_id,
            version_id=event.version_id,
            activity_id=event.activity_id,
            definition=event.definition,
        )
