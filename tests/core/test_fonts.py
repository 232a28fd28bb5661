"""The shipped faces: every Vietnamese letter is there, seen both in the file and in a paper."""

import itertools
import subprocess
import unicodedata
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4

from app.certificates.drawing import FONTS
from app.core.pdf import (
    Face,
    Run,
    TextTooLongError,
    UndrawableTextError,
    characters,
    check_drawable,
    draw_line,
    fit,
    open_canvas,
    register_faces,
    text_width,
)
from tests.needs import pdftotext_path

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LOWER = [
    unicodedata.normalize("NFC", vowel + tone) for vowel, tone in itertools.product(VOWELS, TONES)
] + ["đ"]
ACCENTED = [letter for each in LOWER for letter in (each, each.upper()) if not each.isascii()]
PLAIN = [chr(code) for code in (*range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1))]
SIGNS = list("0123456789.,;:!?()/-–—“”‘’…₫№•%&+=≤≥×")


@pytest.fixture(autouse=True)
def registered() -> None:
    register_faces(FONTS)


def test_there_are_134_accented_letters() -> None:
    assert len(set(ACCENTED)) == 134


@pytest.mark.parametrize("face", Face)
def test_every_letter_and_sign_has_a_glyph_in_the_character_map(face: Face) -> None:
    assert set(map(ord, ACCENTED + PLAIN + SIGNS)) <= characters(face)


@pytest.mark.parametrize("face", Face)
def test_every_letter_and_sign_is_read_back_from_a_paper(face: Face, tmp_path: Path) -> None:
    signs = ACCENTED + PLAIN + SIGNS
    rows = [" ".join(signs[start : start + 16]) for start in range(0, len(signs), 16)]
    file = BytesIO()
    canvas = open_canvas(file, page_size=A4, title="", author="", dated=date(2026, 11, 23))
    for number, row in enumerate(rows):
        check_drawable(row, face)
        draw_line(canvas, [Run(row, face)], 50, 780 - 24 * number, 14)
    canvas.save()
    paper = tmp_path / "letters.pdf"
    paper.write_bytes(file.getvalue())
    command = [pdftotext_path(), "-layout", str(paper), "-"]
    read = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert "".join(read.split()) == "".join(signs)


@pytest.mark.parametrize("face", Face)
def test_widths_are_those_of_the_face_that_the_decree_names(face: Face) -> None:
    # Times New Roman: a figure is half the size wide, a space a quarter, in all four styles.
    assert text_width("0", face, 100) == pytest.approx(50)
    assert text_width(" ", face, 100) == pytest.approx(25)


def test_the_licence_lies_beside_the_files() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


@pytest.mark.parametrize("face", Face)
def test_no_face_keeps_a_reserved_name(face: Face) -> None:
    family = "Tap Huan Serif".encode("utf-16-be")
    data = (FONTS / f"{face}.ttf").read_bytes()
    assert family in data
    for reserved in ("Liberation Serif", "LiberationSerif", "Tinos"):
        assert reserved.encode("utf-16-be") not in data


def test_loose_tone_marks_are_refused() -> None:
    with pytest.raises(UndrawableTextError, match="dấu rời"):
        check_drawable(unicodedata.normalize("NFD", "Đỗ Thị Hường"), Face.BOLD)


@pytest.mark.parametrize("text", ["Nguyễn 明", "một\tdòng", "☑ đạt", "a\u200bb"])
def test_a_character_without_a_glyph_is_refused(text: str) -> None:
    with pytest.raises(UndrawableTextError, match="U\\+"):
        check_drawable(text, Face.REGULAR)


def test_a_text_that_fits_keeps_its_size() -> None:
    setting = fit(Run("Lê Ý"), width=200, largest=20, smallest=10)
    assert (setting.size, setting.lines) == (20, ((Run("Lê Ý"),),))


def test_a_longer_text_shrinks_before_it_is_refused() -> None:
    text = "Nguyễn Thị Minh Nguyệt"
    setting = fit(Run(text), width=text_width(text, Face.REGULAR, 14), largest=20, smallest=10)
    assert setting.size == 14
    with pytest.raises(TextTooLongError, match=text):
        fit(Run(text), width=text_width(text, Face.REGULAR, 9.4), largest=20, smallest=10)


def test_lines_are_of_about_one_length_and_lose_no_word() -> None:
    text = "Nâng cao hiệu quả công tác truyền thông khoa học, công nghệ và đổi mới sáng tạo"
    setting = fit(Run(text), width=300, largest=14, most_lines=3)
    lines = ["".join(run.text for run in line) for line in setting.lines]
    widths = [text_width(line, Face.REGULAR, 14) for line in lines]
    assert " ".join(lines) == text
    assert max(widths) <= 300
    assert min(widths) > max(widths) * 0.7


def test_a_no_break_space_ends_no_line() -> None:
    setting = fit(Run("ngày\N{NO-BREAK SPACE}05 tháng 6"), width=40, largest=12, most_lines=3)
    assert setting.lines[0][0].text == "ngày\N{NO-BREAK SPACE}05"


def test_a_word_wider_than_the_line_is_refused() -> None:
    with pytest.raises(TextTooLongError):
        fit(Run("https://" + "x" * 90), width=200, largest=12, smallest=8, most_lines=9)
