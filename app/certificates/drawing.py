"""Draw certificates: one PDF for the learner, one of all for the printer.

The paper is A4 on its side, layout by the custom of Nghị định 30/2020/NĐ-CP. The same face gives
the same bytes. Long texts get smaller, then take more lines; what still does not fit is refused.
Measures are in points from the lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from app.certificates.domain.face import CertificateFace, PrintOffset
from app.core.pdf import (
    PEN,
    Face,
    Run,
    Setting,
    TextTooLongError,
    draw_line,
    draw_lines,
    draw_qr,
    fit,
    open_canvas,
    register_faces,
    text_width,
)
from app.core.pdf_border import COLOUR, define_border, draw_border

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).resolve().parent / "fonts"
PAGE = landscape(A4)
WIDTH, HEIGHT = PAGE

_MARGIN = 25 * mm
_TEXT_WIDTH = WIDTH - 2 * _MARGIN
_LEFT, _RIGHT = 82 * mm, 212 * mm
_COLUMN_WIDTH = 112 * mm
_HEADER_TOP = HEIGHT - 24.5 * mm
_LABEL_LINE = HEIGHT - 57.5 * mm
_BODY_TOP, _BODY_BOTTOM = HEIGHT - 62 * mm, 70 * mm
_BODY_SIZES = (15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
_LEADING, _WIDEST_LEADING = 1.4, 1.75
_SIGNATURE_TOP = 62.5 * mm
_SIGNER_LINE = 24 * mm
_QR_SIDE = 25 * mm

_AS_DESIGNED = PrintOffset()
_NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"


def draw(
    face: CertificateFace, *, offset: PrintOffset = _AS_DESIGNED, background: bool = True
) -> bytes:
    """Return one certificate as a PDF of one page.

    :param background: False leaves the border to a pre-printed blank
    :raises UndrawableTextError: if a text holds what the shipped faces lack
    :raises TextTooLongError: if a text does not fit its place
    """
    title = " ".join(filter(None, (face.label.capitalize(), face.register_no, face.full_name)))
    with PEN:
        return _drawn([face], title, offset, background=background)


def draw_all(
    faces: Iterable[CertificateFace],
    *,
    offset: PrintOffset = _AS_DESIGNED,
    background: bool = True,
) -> bytes:
    """Return the certificates as one PDF for the printer, a page each, in the order given.

    :raises UndrawableTextError: if a text holds what the shipped faces lack
    :raises TextTooLongError: if a text does not fit its place
    :raises ValueError: if there is no certificate
    """
    pages = list(faces)
    if not pages:
        raise ValueError("no certificate to draw")
    first, last = pages[0], pages[-1]
    title = f"{first.label.capitalize()} {first.register_no} – {last.register_no}".strip()
    with PEN:
        return _drawn(pages, title, offset, background=background)


def _drawn(
    faces: list[CertificateFace], title: str, offset: PrintOffset, *, background: bool
) -> bytes:
    register_faces(FONTS)
    file = BytesIO()
    canvas = open_canvas(
        file,
        page_size=PAGE,
        title=title,
        author=faces[0].issuing_body,
        dated=faces[0].issued_on,
    )
    if background:
        define_border(canvas, WIDTH, HEIGHT, (WIDTH / 2, (_BODY_TOP + _BODY_BOTTOM) / 2))
    for face in faces:
        canvas.translate(offset.x_mm * mm, -offset.y_mm * mm)
        if background:
            draw_border(canvas)
        _draw_header(canvas, face)
        _draw_label(canvas, face)
        _draw_body(canvas, face)
        _draw_signature(canvas, face)
        _draw_register(canvas, face)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_header(canvas: Canvas, face: CertificateFace) -> None:
    """Draw the issuing body on the left, the name of the nation and its motto on the right."""
    y = _write(canvas, face.parent_body.upper(), _LEFT, _HEADER_TOP, 12.5, Face.REGULAR, lines=2)
    issuer = face.issuing_body.upper()
    y = _write(canvas, issuer, _LEFT, y, 12.5, lines=2)
    widest = min(text_width(issuer, Face.BOLD, 12.5), _COLUMN_WIDTH)
    _rule(canvas, _LEFT, y + 9, widest * 0.42)  # a third to a half of the text
    y = _write(canvas, _NATION, _RIGHT, _HEADER_TOP, 12.5, leading=1.35)
    _write(canvas, _MOTTO, _RIGHT, y, 13.5)
    _rule(canvas, _RIGHT, y - 5, text_width(_MOTTO, Face.BOLD, 13.5))


def _draw_label(canvas: Canvas, face: CertificateFace) -> None:
    """Draw the name of the paper."""
    label = fit(Run(face.label, Face.BOLD), width=_TEXT_WIDTH, largest=36, smallest=20)
    canvas.setFillColorRGB(*COLOUR)
    draw_lines(canvas, label, WIDTH / 2, _LABEL_LINE)
    canvas.setFillGray(0)


def _draw_body(canvas: Canvas, face: CertificateFace) -> None:
    """Draw what is certified in the largest size in which all of it fits the space.

    :raises TextTooLongError: if it does not fit even in the smallest
    """
    space = _BODY_TOP - _BODY_BOTTOM
    for size in _BODY_SIZES:
        body = _set_body(face, size)
        height = sum(each.size * _LEADING * len(each.lines) for each in body)
        if height <= space:
            break
    else:
        raise TextTooLongError(max((face.course_title, face.unit_name, face.position), key=len))
    leading = min(_LEADING * space / height, _WIDEST_LEADING)
    y = _BODY_TOP - (space - height * leading / _LEADING) / 2
    for paragraph in body:
        y -= paragraph.size
        y = draw_lines(canvas, paragraph, WIDTH / 2, y, leading) + paragraph.size


def _set_body(face: CertificateFace, size: float) -> list[Setting]:
    """Return the paragraphs of the body, set for ``size``; empty ones are left out."""
    name = fit(
        Run(face.full_name, Face.BOLD),
        width=_TEXT_WIDTH,
        largest=size * 1.9,
        smallest=size * 1.2,
        most_lines=2,
    )
    paragraphs = (
        _paragraph(size, Run(face.grantor.upper(), Face.BOLD)),
        _paragraph(size, Run(f"chứng nhận {face.honorific}")),
        name,
        _paragraph(size, Run(face.born)),
        _paragraph(size, Run(_labelled("Chức vụ", face.position))),
        _paragraph(size, Run(_labelled("Đơn vị công tác", face.unit_name))),
        _paragraph(size, Run(face.achievement), Run(f"“{face.course_title}”", Face.BOLD)),
        _paragraph(size, Run(face.held)),
        _paragraph(size, Run(face.result)),
        _paragraph(size, Run(face.decision)),
    )
    return [paragraph for paragraph in paragraphs if paragraph.lines]


def _paragraph(size: float, *runs: Run) -> Setting:
    return fit(*runs, width=_TEXT_WIDTH, largest=size, most_lines=4)


def _labelled(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _draw_signature(canvas: Canvas, face: CertificateFace) -> None:
    """Draw place and date, the signer's titles, room for signature and seal, and the name."""
    dated = face.place_and_date
    y = _write(canvas, dated, _RIGHT, _SIGNATURE_TOP, 14, Face.ITALIC, leading=1.4)
    y = _write(canvas, face.authority.upper(), _RIGHT, y, 13.5, lines=2)
    _write(canvas, face.signatory_title.upper(), _RIGHT, y, 13.5, lines=2)
    _write(canvas, face.signatory_name, _RIGHT, _SIGNER_LINE, 14)


def _draw_register(canvas: Canvas, face: CertificateFace) -> None:
    """Draw the QR with its code beneath, and the numbers beside it."""
    bottom = _SIGNER_LINE + 5.5 * mm
    draw_qr(canvas, face.verify_url, _MARGIN, bottom, _QR_SIDE)
    code = fit(Run(face.verify_code, Face.BOLD), width=97 * mm, largest=10.5, smallest=7)
    for line in code.lines:
        draw_line(canvas, line, _MARGIN, _SIGNER_LINE, code.size)
    beside = (
        (_labelled("Số hiệu", face.serial_no), 12.5),
        (_labelled("Số vào sổ", face.register_no), 12.5),
        ("Quét mã, hoặc nhập dãy mã in dưới tại", 10.5),
        (face.verify_address, 10.5),
        ("để kiểm tra giấy này.", 10.5),
    )
    y = bottom + _QR_SIDE - 10
    for text, size in beside:
        setting = fit(Run(text), width=66 * mm, largest=size, smallest=6)
        for line in setting.lines:
            draw_line(canvas, line, _MARGIN + _QR_SIDE + 6 * mm, y, setting.size)
        y -= size * 1.28


def _write(
    canvas: Canvas,
    text: str,
    x: float,
    y: float,
    size: float,
    face: Face = Face.BOLD,
    *,
    width: float = _COLUMN_WIDTH,
    lines: int = 1,
    leading: float = 1.2,
) -> float:
    """Write around ``x`` from the base line ``y``, down to two thirds of the size if need be.

    Return the next base line; an empty text takes no room.
    """
    setting = fit(
        Run(text, face), width=width, largest=size, smallest=size * 2 / 3, most_lines=lines
    )
    return draw_lines(canvas, setting, x, y, leading)


def _rule(canvas: Canvas, x: float, y: float, width: float) -> None:
    canvas.setLineWidth(0.8)
    canvas.line(x - width / 2, y, x + width / 2, y)
