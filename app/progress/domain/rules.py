"""What a cohort asks for before a certificate, and what somebody still lacks of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def required_ordinals(rule: Sequence[int] | None, activity_count: int) -> tuple[int, ...]:
    """Return what is required: the cohort's rule, or every activity while no rule is set."""
    if rule is None:
        return tuple(range(activity_count))
    return tuple(sorted({each for each in rule if 0 <= each < activity_count}))


def still_missing(required: Sequence[int], done: Collection[int]) -> tuple[int, ...]:
    """Return the required ordinals that are not done; empty: the rule is met."""
    return tuple(each for each in required if each not in done)
