"""When a question is graded and what the learner may do next, apart from what the question is."""

from __future__ import annotations

import enum


class Behaviour(enum.StrEnum):
    """Deferred: graded when the attempt is finished. Immediate: graded at once, then closed."""

    DEFERRED = "deferred"
    IMMEDIATE = "immediate"

    @property
    def grades_at_once(self) -> bool:
        """Say whether a response is graded when it is saved."""
        return self is Behaviour.IMMEDIATE

    @property
    def allows_change(self) -> bool:
        """Say whether a response may be replaced by a newer one while the attempt is open."""
        return self is Behaviour.DEFERRED


class CompleteWhen(enum.StrEnum):
    """What makes a quiz count as done."""

    SUBMITTED = "submitted"
    PASSED = "passed"


def may_see_feedback(
    behaviour: Behaviour, *, is_slot_graded: bool, is_finished: bool, is_released: bool
) -> bool:
    """Say whether a learner may see the key and the feedback of a slot.

    Immediate: once this slot is graded. Deferred: only when the attempt is finished and the trainer
    has released the test to the cohort.
    """
    if behaviour is Behaviour.IMMEDIATE:
        return is_slot_graded
    return is_finished and is_released
