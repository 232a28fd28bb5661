"""The picture of a certificate: what it says, that it fits, that it never changes."""

import hashlib
import re
import subprocess
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
import segno

from app.certificates.domain.face import CertificateFace, PrintOffset
from app.certificates.drawing import draw, draw_all
from app.core.pdf import Face, TextTooLongError, UndrawableTextError, check_drawable
from app.core.text import signs_not_in_names
from tests.needs import pdftotext_path

MOST_BYTES = 26_000
FRAME = 16 * 72 / 25.4  # from the edge of the page to the inside of the border, points

FACE = CertificateFace(
    parent_body="Ủy ban nhân dân tỉnh Thái Nguyên",
    issuing_body="Sở Khoa học và Công nghệ",
    grantor="Giám đốc Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
    honorific="Bà",
    full_name="Nguyễn Thị Minh Nguyệt",
    born_on=date(1986, 2, 5),
    unit_name="Ủy ban nhân dân phường Phan Đình Phùng",
    position="Phó Trưởng phòng Văn hóa – Xã hội",
    achievement="đã hoàn thành hội nghị tập huấn",
    course_title="Kiến thức, kỹ năng, nghiệp vụ truyền thông chính sách năm 2026",
    starts_on=date(2026, 6, 17),
    ends_on=date(2026, 6, 18),
    venue="phường Phan Đình Phùng",
    periods=16,
    outcome="Đạt",
    decision_number="128/QĐ-SKHCN",
    decision_on=date(2026, 6, 1),
    place="Thái Nguyên",
    issued_on=date(2026, 6, 18),
    authority="KT. Giám đốc",
    signatory_title="Phó Giám đốc",
    signatory_name="Trần Văn Đức",
    serial_no="0000015",
    register_no="015/2026/GCN-SKHCN",
    verify_url="https://taphuan.example.vn/verify/K7QM-4X2P-9R",
    verify_address="taphuan.example.vn/verify",
    verify_code="K7QM-4X2P-9R",
)
LONG_NAME = "Công Tằng Tôn Nữ Thị Hoàng Nguyễn Phương Khánh Quỳnh Nghiêm"
LONG_UNIT = (
    "Trung tâm Văn hóa, Thể thao và Truyền thông thuộc Ủy ban nhân dân "
    "liên xã vùng cao Thượng Quảng, Hạ Quảng và Nghĩa Thuận"
)
LONG_TITLE = (
    "Nâng cao hiệu quả công tác truyền thông khoa học, công nghệ và đổi mới sáng tạo "
    "cho cán bộ đầu mối các cơ quan, đơn vị và báo chí địa phương"
)
LONG = replace(
    FACE,
    parent_body="Ủy ban nhân dân thành phố trực thuộc trung ương Thành phố Hồ Chí Minh",
    issuing_body="Trung tâm Nghiên cứu và Phát triển truyền thông khoa học và công nghệ",
    grantor="Giám đốc Trung tâm Nghiên cứu và Phát triển truyền thông khoa học và công nghệ",
    full_name=LONG_NAME,
    unit_name=LONG_UNIT,
    course_title=LONG_TITLE,
    position="Phó Giám đốc phụ trách, kiêm Trưởng ban Biên tập Trang thông tin điện tử tổng hợp",
    venue="Hội trường lớn Trung tâm Hội nghị tỉnh, số 18 đường Nha Trang, tỉnh Thái Nguyên",
)
SHORT = replace(
    FACE,
    parent_body="",
    full_name="Lê Ý",
    born_on=None,
    birth_year=1990,
    unit_name="",
    position="",
    venue="",
    periods=None,
    outcome="",
    decision_number="",
    authority="",
)


@dataclass(frozen=True)
class Box:
    """Where one word lies, in points from the upper left corner."""

    word: str
    left: float
    top: float
    right: float
    bottom: float

    def share_covered_by(self, other: "Box") -> float:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        area = (self.right - self.left) * (self.bottom - self.top)
        return max(across, 0) * max(down, 0) / area


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., str]:
    """Give a reader of the text of a PDF."""

    def read(pdf: bytes, *options: str) -> str:
        paper = tmp_path / "paper.pdf"
        paper.write_bytes(pdf)
        command = [pdftotext_path(), *options, str(paper), "-"]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout

    return read


def boxes(page: str) -> list[Box]:
    """Return the words of ``pdftotext -bbox``."""
    pattern = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.+?)</word>'
    return [Box(word, *map(float, sides)) for *sides, word in re.findall(pattern, page)]


def streams(pdf: bytes) -> Iterator[bytes]:
    """Yield the content of every compressed part of a PDF."""
    for data in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        yield zlib.decompress(data)


@pytest.mark.parametrize("name", ["Nguyễn Thị Minh Nguyệt", "Đỗ Ữ Ỷ", "Hoàng Thuỷ Ẵm", LONG_NAME])
def test_the_name_is_read_back_as_it_was_given(name: str, read: Callable[..., str]) -> None:
    lines = read(draw(replace(FACE, full_name=name))).splitlines()
    assert name in lines
    assert unicodedata.is_normalized("NFC", name)


def test_the_paper_says_all_of_it(read: Callable[..., str]) -> None:
    text = " ".join(read(draw(FACE)).split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "GIẤY CHỨNG NHẬN",
        "GIÁM ĐỐC SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH THÁI NGUYÊN chứng nhận Bà",
        "Sinh ngày 05 tháng 02 năm 1986",
        "Chức vụ: Phó Trưởng phòng Văn hóa – Xã hội",
        "Đơn vị công tác: Ủy ban nhân dân phường Phan Đình Phùng",
        f"đã hoàn thành hội nghị tập huấn “{FACE.course_title}”",
        "từ ngày 17 đến ngày 18 tháng 6 năm 2026, tại phường Phan Đình Phùng",
        "Thời lượng: 16 tiết – Kết quả: Đạt",
        "Theo Quyết định số 128/QĐ-SKHCN ngày 01 tháng 6 năm 2026",
        "Thái Nguyên, ngày 18 tháng 6 năm 2026",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Trần Văn Đức",
        "Số hiệu: 0000015",
        "Số vào sổ: 015/2026/GCN-SKHCN",
        "K7QM-4X2P-9R",
        "taphuan.example.vn/verify",
    ):
        assert words in text


def test_what_is_unknown_leaves_no_label_behind(read: Callable[..., str]) -> None:
    text = read(draw(SHORT))
    assert "Sinh năm 1990" in text
    for label in ("Chức vụ", "Đơn vị", "Thời lượng", "Kết quả", "Quyết định", "None"):
        assert label not in text


@pytest.mark.parametrize("face", [FACE, LONG, SHORT], ids=["usual", "long", "short"])
def test_every_word_lies_inside_the_border_and_on_no_other(
    face: CertificateFace, read: Callable[..., str]
) -> None:
    words = boxes(read(draw(face), "-bbox"))
    assert words
    for word in words:
        assert word.left > FRAME
        assert word.top > FRAME
        assert word.right < 297 * 72 / 25.4 - FRAME
        assert word.bottom < 210 * 72 / 25.4 - FRAME
    for one, other in combinations(words, 2):
        assert one.share_covered_by(other) < 0.3, (one.word, other.word)


def test_the_long_texts_are_as_long_as_they_get() -> None:
    assert (len(LONG_NAME), len(LONG_UNIT), len(LONG_TITLE)) == (59, 120, 140)


def test_a_text_that_cannot_fit_is_refused_by_name() -> None:
    with pytest.raises(TextTooLongError, match="Rất dài"):
        draw(replace(FACE, course_title="Rất dài " * 90))


@pytest.mark.parametrize("name", [unicodedata.normalize("NFD", "Đỗ Thị Hường"), "Nguyễn 明"])
def test_a_name_that_would_be_misprinted_is_refused(name: str) -> None:
    with pytest.raises(UndrawableTextError):
        draw(replace(FACE, full_name=name))


@pytest.mark.parametrize("face", list(Face))
def test_every_name_that_may_be_entered_can_be_printed(face: Face) -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1)]
    allowed = "".join(each for each in signs if not signs_not_in_names(each))
    assert len(allowed) > 300
    assert unicodedata.normalize("NFKC", allowed) == allowed
    check_drawable(allowed, face)


def test_the_same_face_gives_the_same_bytes() -> None:
    first = draw(FACE)
    draw(LONG)
    assert draw(FACE) == first
    assert hashlib.sha256(draw(SHORT)).digest() != hashlib.sha256(first).digest()


@pytest.mark.parametrize("face", [FACE, LONG, SHORT], ids=["usual", "long", "short"])
def test_a_certificate_is_light(face: CertificateFace) -> None:
    assert len(draw(face)) <= MOST_BYTES


def test_the_file_names_itself_its_language_and_its_day() -> None:
    pdf = draw(FACE)
    title = "Giấy chứng nhận 015/2026/GCN-SKHCN Nguyễn Thị Minh Nguyệt"
    shown = re.search(rb"/Title \((.*?)\) /Trapped", pdf, re.DOTALL)
    assert shown is not None
    octal = re.sub(rb"\\(\d{3})", lambda found: bytes([int(found[1], 8)]), shown[1])
    assert octal.replace(b"\\", b"").decode("utf-16") == title
    assert b"/Lang (vi)" in pdf
    assert b"/CreationDate (D:20260618)" in pdf


def test_every_face_is_embedded() -> None:
    pdf = draw(FACE)
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/BaseFont") == 3


def test_the_qr_holds_the_address_module_by_module() -> None:
    code = segno.make(FACE.verify_url, error="m", mask=3, micro=False)
    side = len(code.matrix)
    drawn = [[0] * side for _row in range(side)]
    for stream in streams(draw(FACE)):
        for x, y, length in re.findall(rb"(?<!\S)(\d+) (\d+) (\d+) 1 re", stream):
            for column in range(int(x), int(x) + int(length)):
                drawn[side - 1 - int(y)][column] = 1
    assert drawn == [list(row) for row in code.matrix]


def test_all_of_a_cohort_are_one_paper_with_a_page_each(read: Callable[..., str]) -> None:
    names = ["Nguyễn Thị Hà", "Trần Đức Ấn", "Lê Ý"]
    faces = [replace(FACE, full_name=name, register_no=f"{name}") for name in names]
    pages = read(draw_all(faces)).split("\f")[:-1]
    assert len(pages) == 3
    for name, page in zip(names, pages, strict=True):
        assert name in page.splitlines()


def test_there_is_no_paper_without_a_certificate() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        draw_all([])


def test_an_offset_moves_every_word_by_as_many_millimetres(read: Callable[..., str]) -> None:
    still = boxes(read(draw(FACE), "-bbox"))
    moved = boxes(read(draw(FACE, offset=PrintOffset(x_mm=2.0, y_mm=3.0)), "-bbox"))
    for before, after in zip(still, moved, strict=True):
        assert after.left - before.left == pytest.approx(2 * 72 / 25.4, abs=0.01)
        assert after.top - before.top == pytest.approx(3 * 72 / 25.4, abs=0.01)


def test_a_blank_with_its_own_border_gets_the_words_alone(read: Callable[..., str]) -> None:
    plain = draw(FACE, background=False)
    assert read(plain) == read(draw(FACE))
    assert b"/FormXob.border" in draw(FACE)
    assert b"/FormXob.border" not in plain
