"""Which activities may be opened, and what has to be done first."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def missing_before(requires: Sequence[int], done: Collection[int]) -> tuple[int, ...]:
    """Return the ordinals that must be done before the activity opens; empty: it is open."""
    return tuple(each for each in requires if each not in done)


def next_ordinal(
    requirements: Sequence[Sequence[int]], done: Collection[int], *, after: int = -1
) -> int | None:
    """Return the activity to go on with, or None when everything that is open is done.

    The first open one that follows ``after`` is preferred, then the first open one of all: a
    learner who jumped ahead is led on, and led back at the end.

    :param requirements: for each ordinal, the ordinals it requires
    """
    open_now = [
        ordinal
        for ordinal, requires in enumerate(requirements)
        if ordinal not in done and not missing_before(requires, done)
    ]
    return next((each for each in open_now if each > after), open_now[0] if open_now else None)
