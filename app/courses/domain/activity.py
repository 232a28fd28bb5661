"""The kinds of activity a course is made of."""

from __future__ import annotations

import enum


class ActivityKind(enum.StrEnum):
    """What an activity is made of."""

    LESSON = "lesson"
    QUIZ = "quiz"
