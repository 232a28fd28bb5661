"""What may be posted to pages of several features."""

from __future__ import annotations

from collections.abc import Mapping

_TICK = "a"


def ticked(posted: Mapping[str, str], count: int) -> list[int]:
    """Return the ordinals whose box ``a0``, ``a1``, … was ticked."""
    return [ordinal for ordinal in range(count) if f"{_TICK}{ordinal}" in posted]
