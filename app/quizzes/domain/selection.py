"""Which questions of a quiz one attempt asks, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def draw(positions: Sequence[int], count: int | None, rng: Random, *, shuffle: bool) -> list[int]:
    """Return ``count`` of the positions (all when None), each with the same chance.

    Without ``shuffle`` those drawn stay in the author's order.

    :param rng: seeded by the caller, so that a draw can be repeated
    """
    size = len(positions) if count is None else min(count, len(positions))
    drawn = rng.sample(range(len(positions)), size)
    return [positions[place] for place in (drawn if shuffle else sorted(drawn))]
