"""What an activity can be made of, and the states of a version."""

from __future__ import annotations

import enum


class VersionState(enum.StrEnum):
    """A draft can change; what is published never does."""

    DRAFT = "draft"
    PUBLISHED = "published"


class ActivityKind(enum.StrEnum):
    """What an activity is made of."""

    LESSON = "lesson"
    QUIZ = "quiz"
