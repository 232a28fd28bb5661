"""QR codes for pages: one path of an inline SVG, no image file and no script."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from app.core.deferred import Deferred

if TYPE_CHECKING:
    import segno
else:
    segno = Deferred("segno")

_QUIET = 4


@dataclass(frozen=True, slots=True)
class QrPath:
    """What a template draws: ``side`` in modules with the quiet zone, ``d`` of the one path."""

    side: int
    d: str


def qr_path(text: str) -> QrPath:
    """Return the QR code of a text, each run of dark modules as one rectangle of the path."""
    rows = segno.make(text, error="m", micro=False).matrix
    pieces = []
    for y, row in enumerate(rows, start=_QUIET):
        x = _QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                pieces.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrPath(len(rows) + 2 * _QUIET, "".join(pieces))
