"""Draw papers: the shipped faces, text that is refused rather than misprinted, lines that fit.

ReportLab draws a box for a missing glyph and lets the tone marks of decomposed text slide, both
without a word, so every text goes through :func:`check_drawable`. Measures are in points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

from app.core.deferred import Deferred
from app.core.errors import InvalidInputError
from app.core.i18n import gettext as _

if TYPE_CHECKING:
    import segno
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts
    from reportlab.pdfgen import canvas as canvases
    from reportlab.pdfgen.canvas import Canvas
else:
    segno = Deferred("segno")
    rl_config = Deferred("reportlab.rl_config")
    pdfmetrics = Deferred("reportlab.pdfbase.pdfmetrics")
    ttfonts = Deferred("reportlab.pdfbase.ttfonts")
    canvases = Deferred("reportlab.pdfgen.canvas")

# A face keeps its place in the file while it is cut down to the letters used, so two threads that
# draw at once give each other broken glyphs: whoever draws holds the pen.
PEN = Lock()

_SIZE_STEP = 0.5
_NBSP = "\N{NO-BREAK SPACE}"


class Face(StrEnum):
    """The shipped faces by PostScript name, which is also the name of the file."""

    REGULAR = "TapHuanSerif-Regular"
    BOLD = "TapHuanSerif-Bold"
    ITALIC = "TapHuanSerif-Italic"
    BOLD_ITALIC = "TapHuanSerif-BoldItalic"


class UndrawableTextError(InvalidInputError):
    """A text cannot be printed as it is written."""


class TextTooLongError(InvalidInputError):
    """A text does not fit its place on the paper even in the smallest size."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(text)s” quá dài so với chỗ in. Hãy viết gọn lại rồi làm lại.", text=text)
        )


@lru_cache(maxsize=1)
def register_faces(folder: Path) -> None:
    """Read the shipped faces from ``folder``, once in the life of the process.

    Only the glyphs used go into a paper: ``asciiReadable`` would add all of ASCII to each face.
    """
    for face in Face:
        pdfmetrics.registerFont(ttfonts.TTFont(face, folder / f"{face}.ttf", asciiReadable=False))


@lru_cache
def characters(face: Face) -> frozenset[int]:
    """Return the code points that ``face`` has a glyph for."""
    font = pdfmetrics.getFont(face)
    return frozenset(font.face.charToGlyph)  # type: ignore[attr-defined]


def check_drawable(text: str, face: Face) -> None:
    """Refuse a text that would be printed wrong.

    :raises UndrawableTextError: naming the characters that the face lacks, or loose tone marks
    """
    if not unicodedata.is_normalized("NFC", text):
        raise UndrawableTextError(
            _(
                "“%(text)s” gõ bằng dấu rời nên in ra sẽ lệch dấu. "
                "Hãy gõ lại bằng Unicode dựng sẵn.",
                text=text,
            )
        )
    missing = sorted(set(map(ord, text)) - characters(face))
    if missing:
        raise UndrawableTextError(
            _(
                "Phông chữ in không có ký tự %(signs)s trong “%(text)s”. Hãy sửa lại rồi làm lại.",
                signs=", ".join(f"“{chr(code)}” (U+{code:04X})" for code in missing),
                text=text,
            )
        )


def text_width(text: str, face: Face, size: float) -> float:
    """Return the width of a checked text in points."""
    return _unit_width(text, face) * size


@lru_cache(maxsize=4096)
def _unit_width(text: str, face: Face) -> float:
    """Return the width at size 1; the papers of one cohort share most of their words."""
    return float(pdfmetrics.stringWidth(text, face, 1))


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one face; a no-break space in it is never a line's end."""

    text: str
    face: Face = Face.REGULAR


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines of runs in the size in which they fit."""

    lines: tuple[tuple[Run, ...], ...]
    size: float


def fit(
    *runs: Run, width: float, largest: float, smallest: float | None = None, most_lines: int = 1
) -> Setting:
    """Set the runs in the largest size that fits ``width`` in at most ``most_lines`` lines.

    :raises UndrawableTextError: see :func:`check_drawable`
    :raises TextTooLongError: if even the smallest size needs more lines or cannot hold a word
    """
    for run in runs:
        check_drawable(run.text, run.face)
    words = _measured(runs)
    if not words:
        return Setting((), largest)
    size = largest
    while size >= (smallest or largest):
        lines = _wrap(words, width / size)
        if lines is not None and len(lines) <= most_lines:
            return Setting(tuple(_joined(line) for line in lines), size)
        size -= _SIZE_STEP
    raise TextTooLongError("".join(run.text for run in runs))


def draw_line(canvas: Canvas, line: Sequence[Run], x: float, y: float, size: float) -> None:
    """Draw one line from ``x`` to the right on the base line ``y``."""
    for run in line:
        canvas.setFont(run.face, size)
        canvas.drawString(x, y, run.text.replace(_NBSP, " "))
        x += text_width(run.text, run.face, size)


def draw_centred(canvas: Canvas, line: Sequence[Run], x: float, y: float, size: float) -> None:
    """Draw one line around ``x`` on the base line ``y``."""
    width = sum(text_width(run.text, run.face, size) for run in line)
    draw_line(canvas, line, x - width / 2, y, size)


def draw_lines(canvas: Canvas, setting: Setting, x: float, y: float, leading: float = 1.0) -> float:
    """Draw the lines around ``x`` downwards from the base line ``y``; return the next base line.

    :param leading: from base line to base line, in sizes
    """
    for line in setting.lines:
        draw_centred(canvas, line, x, y, setting.size)
        y -= setting.size * leading
    return y


def draw_qr(canvas: Canvas, text: str, x: float, y: float, side: float) -> None:
    """Draw a QR code as one filled path, each run of dark modules as one rectangle.

    Drawn on a grid of modules, so that the numbers are whole and few bytes long. The mask is fixed:
    any of the eight is readable, and to look for the best costs five times the drawing.
    """
    rows = segno.make(text, error="m", mask=3, micro=False).matrix
    path = canvas.beginPath()
    for number, row in enumerate(rows, start=1):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                path.rect(column, len(rows) - number, length, 1)
            column += length
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(side / len(rows), side / len(rows))
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def open_canvas(
    file: BinaryIO, *, page_size: tuple[float, float], title: str, author: str, dated: date
) -> Canvas:
    """Begin a paper whose bytes depend on its content alone.

    :param title: names the paper in a reader's window and makes its /ID
    :param dated: stands as the day of making instead of the clock
    """
    rl_config.useA85 = 0  # ASCII armour costs a quarter of the bytes, no reader of today needs it
    canvas = canvases.Canvas(
        file,
        pagesize=page_size,
        pageCompression=1,
        invariant=1,
        initialFontName=Face.REGULAR,  # type: ignore[arg-type]
        lang="vi",
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject("")
    canvas.setCreator("Tập Huấn")
    canvas.setDateFormatter(lambda *_now: f"D:{dated:%Y%m%d}")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


@dataclass(frozen=True, slots=True)
class _Word:
    """A piece between two spaces with its widths at size 1."""

    text: str
    face: Face
    width: float
    space: float


def _measured(runs: Sequence[Run]) -> list[_Word]:
    return [
        _Word(text, run.face, _unit_width(text, run.face), _unit_width(" ", run.face))
        for run in runs
        for text in run.text.split(" ")
        if text
    ]


def _wrap(words: list[_Word], width: float) -> list[list[_Word]] | None:
    """Return the fewest lines, evened out, or None if a word alone is too wide."""
    if any(word.width > width for word in words):
        return None
    lines = list(_filled(words, width))
    if len(lines) == 1:
        return lines
    narrow, wide = max(word.width for word in words), width
    for _attempt in range(8):
        middle = (narrow + wide) / 2
        trial = list(_filled(words, middle))
        if len(trial) == len(lines):
            lines, wide = trial, middle
        else:
            narrow = middle
    return lines


def _filled(words: list[_Word], width: float) -> Iterator[list[_Word]]:
    """Yield lines, each as full as it gets."""
    line: list[_Word] = []
    used = 0.0
    for word in words:
        grown = used + line[-1].space + word.width if line else word.width
        if line and grown > width:
            yield line
            line, grown = [], word.width
        line.append(word)
        used = grown
    yield line


def _joined(line: list[_Word]) -> tuple[Run, ...]:
    """Return the words as runs, as few as the faces allow, so that text extracts whole."""
    pieces = [
        Run(" ".join(word.text for word in words), face)
        for face, words in groupby(line, key=lambda word: word.face)
    ]
    return (*(Run(f"{piece.text} ", piece.face) for piece in pieces[:-1]), pieces[-1])
