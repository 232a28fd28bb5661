"""Draw the border of a paper: a braid along the sides, a bronze-drum star in each corner.

All of it is vectors, drawn once in a document and referred to by its pages. Measures are in points;
numbers that are written many times are rounded to a hundredth, which nobody sees and every file
saves.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, product
from typing import TYPE_CHECKING

from reportlab.lib.units import mm

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

COLOUR = (0.58, 0.09, 0.11)  # the red of lacquer; the one colour beside black

_TINT = (0.975, 0.94, 0.93)  # the same, faint enough to write over
_FORM = "border"
_BRAID_INSET, _BRAID_HALF, _CORNER_HALF = 12.5 * mm, 2 * mm, 6 * mm
_CELL = 7.5 * mm
_RAYS = 14
_Point = tuple[float, float]
_Curve = tuple[_Point, _Point, _Point, _Point]
_STRANDS = (1.0, 0.62, 0.24)  # heights of the waves


def define_border(canvas: Canvas, width: float, height: float, ground: tuple[float, float]) -> None:
    """Draw border and ground once, for :func:`draw_border` on each page.

    :param ground: middle of the faint star that lies under the text
    """
    sides = _bands(width, height)
    _define_braid(canvas, "across", sides[0].cell_length)
    _define_braid(canvas, "upright", sides[-1].cell_length)
    _define_corner(canvas)
    _begin_form(canvas, _FORM, 0, 0, width, height)
    _draw_star(canvas, *ground, 37 * mm, _TINT)
    inner, outer = _BRAID_INSET - _BRAID_HALF, _BRAID_INSET + _BRAID_HALF
    for inset, line in ((inner, 0.5), (outer, 0.5), (inner - 1.4 * mm, 1.8)):
        _ink(canvas, line)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)
    for side in sides:
        canvas.saveState()
        canvas.translate(side.x, side.y)
        canvas.rotate(90 if side.turned else 0)
        for _cell in range(side.cells):
            canvas.doForm("upright" if side.turned else "across")
            canvas.translate(side.cell_length, 0)
        canvas.restoreState()
    for x, y in product(
        (_BRAID_INSET, width - _BRAID_INSET), (_BRAID_INSET, height - _BRAID_INSET)
    ):
        canvas.saveState()
        canvas.translate(x, y)
        canvas.doForm("corner")
        canvas.restoreState()
    canvas.endForm()


def draw_border(canvas: Canvas) -> None:
    """Put the border on the present page."""
    canvas.doForm(_FORM)


def _define_braid(canvas: Canvas, name: str, length: float) -> None:
    """Draw one cell of the braid."""
    _begin_form(canvas, name, 0, -_BRAID_HALF, length, _BRAID_HALF)
    path = canvas.beginPath()
    for start, *bends in _braid(length, _BRAID_HALF * 0.9):
        path.moveTo(*start)
        path.curveTo(*chain.from_iterable(bends))
    _ink(canvas, 0.45)
    canvas.drawPath(path)
    canvas.endForm()


def _define_corner(canvas: Canvas) -> None:
    """Draw a square with a star, to lie over the crossing of two sides."""
    reach = _CORNER_HALF + 1
    _begin_form(canvas, "corner", -reach, -reach, reach, reach)
    canvas.setFillGray(1)
    for half, line in ((_CORNER_HALF, 1.2), (_CORNER_HALF - 0.9 * mm, 0.4)):
        _ink(canvas, line)
        canvas.rect(-half, -half, 2 * half, 2 * half, fill=1)
    _draw_star(canvas, 0, 0, _CORNER_HALF - 1.5 * mm, COLOUR)
    canvas.endForm()


def _begin_form(
    canvas: Canvas, name: str, left: float, bottom: float, right: float, top: float
) -> None:
    """Begin a drawing that pages refer to; the box around it is given in whole points."""
    canvas.beginForm(name, math.floor(left), math.floor(bottom), math.ceil(right), math.ceil(top))


def _draw_star(
    canvas: Canvas, x: float, y: float, radius: float, colour: tuple[float, float, float]
) -> None:
    """Draw the star of the Đông Sơn drum with its rings."""
    canvas.setStrokeColorRGB(*colour)
    canvas.setFillColorRGB(*colour)
    canvas.setLineWidth(radius / 26)
    for part in (1.0, 0.88, 0.66):
        canvas.circle(x, y, radius * part)
    path = canvas.beginPath()
    first, *rest = _star(_RAYS, radius * 0.6, radius * 0.2)
    path.moveTo(x + first[0], y + first[1])
    for corner_x, corner_y in rest:
        path.lineTo(x + corner_x, y + corner_y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _ink(canvas: Canvas, line_width: float) -> None:
    canvas.setStrokeColorRGB(*COLOUR)
    canvas.setLineWidth(line_width)


@dataclass(frozen=True, slots=True)
class _Band:
    """One side of the braid: ``cells`` of one length in a row from its start.

    :param turned: True for the upright sides, where a cell is turned by a right angle
    """

    x: float
    y: float
    cells: int
    cell_length: float
    turned: bool


def _bands(width: float, height: float) -> list[_Band]:
    """Return the sides between the corners, first two across, then two upright.

    Each is of whole cells, as near to the wanted length as divides it.
    """
    found = []
    first = _BRAID_INSET + _CORNER_HALF
    for turned, length, across in ((False, width, height), (True, height, width)):
        free = length - 2 * first
        cells = round(free / _CELL)
        for middle in (_BRAID_INSET, across - _BRAID_INSET):
            start = (middle, first) if turned else (first, middle)
            found.append(_Band(*start, cells, free / cells, turned))
    return found


def _braid(length: float, amplitude: float) -> Iterator[_Curve]:
    """Yield the curves of one cell, waves of three heights and their mirror images.

    A half wave is one cubic with the slope of a sine at its ends and its height in the middle.
    """
    half = round(length / 2, 2)
    for part in _STRANDS:
        for sign in (1, -1):
            for start, bend in ((0.0, sign), (half, -sign)):
                rise = round(bend * part * amplitude * 4 / 3, 2)
                yield (
                    (start, 0.0),
                    (round(start + 0.4244 * half, 2), rise),
                    (round(start + 0.5756 * half, 2), rise),
                    (start + half, 0.0),
                )


def _star(rays: int, outer: float, inner: float) -> list[_Point]:
    """Return the corners of a star around the origin, a ray pointing up."""
    return [
        (round(radius * math.sin(angle), 2), round(radius * math.cos(angle), 2))
        for corner in range(2 * rays)
        for radius, angle in [(inner if corner % 2 else outer, corner * math.pi / rays)]
    ]
