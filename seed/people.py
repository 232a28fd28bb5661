"""The people of the demo, all invented.

The seventy learners are chosen to try what a list of names has to stand: every tone, every vowel
letter, one syllable and six, an apostrophe, names of several peoples, two namesakes, two
pairs that differ in spelling only, and years of birth without a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner of the demo; ``number`` is the STT of the class and the account's number.

    ``birth`` is a day or, where the papers say no more, a year; ``unit`` is a key of
    ``places.UNITS``.
    """

    number: int
    full_name: str
    birth: date | int
    unit: str
    position: str

    @property
    def username(self) -> str:
        """Return the account's name: ``hocvien07``."""
        return f"hocvien{self.number:02}"

    @property
    def birth_on(self) -> date | None:
        """Return the day of birth where it is known."""
        return self.birth if isinstance(self.birth, date) else None

    @property
    def birth_year(self) -> int:
        """Return the year of birth."""
        return self.birth.year if isinstance(self.birth, date) else self.birth


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works for the class; ``sees`` says in two languages what the account shows."""

    username: str
    full_name: str
    role_name: str
    sees: str
    sees_in_english: str


STAFF: Final = (
    Staff(
        "canbo",
        "Phạm Thị Diễm Hương",
        "OFFICER",
        "mở lớp, in phiếu đăng nhập, cấp giấy chứng nhận",
        "officer: classes, sign-in slips, certificates",
    ),
    Staff(
        "giangvien",
        "Đoàn Quốc Khải",
        "TRAINER",
        "bảng theo dõi lớp, câu hay sai, công bố đáp án",
        "trainer: the board, most missed questions",
    ),
    Staff(
        "diemcau01",
        "Tống Thị Mỹ Lệ",
        "COORDINATOR",
        "học viên của điểm cầu xã Suối Mẫu",
        "coordinator of one site",
    ),
    Staff(
        "vanthu",
        "Khổng Văn Nghĩa",
        "CLERK",
        "sổ cấp giấy chứng nhận",
        "clerk: the register of certificates",
    ),
    Staff(
        "kiemtra",
        "Mạc Thị Bảo Quyên",
        "AUDITOR",
        "chỉ xem, không sửa",
        "auditor: reads only",
    ),
)

_CV = "Chuyên viên"
_VHXH = "Công chức văn hóa - xã hội"
_PV = "Phóng viên"
_BTV = "Biên tập viên"
_VC = "Viên chức"

_LINES: Final[tuple[tuple[str, date | int, str, str], ...]] = (
    ("Nguyễn Thị Ánh Tuyết", date(1986, 2, 5), "skhcn", _CV),
    ("Trần Văn Ngữ", date(1979, 11, 23), "suoi", "Phó Chủ tịch Ủy ban nhân dân xã"),
    ("Lê Thị Hòa", date(1988, 7, 14), "svhttdl", _CV),
    ("Lê Thị Hoà", date(1991, 3, 30), "cau", _VHXH),
    ("Nguyễn Văn Hùng", date(1983, 5, 19), "bao", _PV),
    ("Nguyễn Văn Hùng", date(1975, 12, 1), "nui", "Chủ tịch Ủy ban nhân dân xã"),
    ("Phạm Thị Thuý Hằng", date(1990, 8, 9), "skhcn", "Chuyên viên chính"),
    ("Phan Đình Đường", 1972, "bao", "Phó Tổng Biên tập"),
    ("H'Lăng Niê", date(1994, 4, 21), "ruong", _VHXH),
    ("Công Tằng Tôn Nữ Diệu Hiền", date(1981, 10, 10), "svhttdl", "Phó Trưởng phòng"),
    ("Vũ Ngọc Quỳnh", date(1993, 1, 17), "bao", _BTV),
    ("Đặng Hữu Nghị", date(1985, 6, 6), "snnmt", _CV),
    ("Hyưk", 1989, "thac", _VHXH),
    ("Lò Văn Phớ", date(1982, 9, 3), "deo", "Phó Chủ tịch Ủy ban nhân dân xã"),
    ("Bùi Thị Ngẫm", date(1987, 12, 28), "suoi", _VHXH),
    ("Hồ Sỹ Lượng", date(1978, 2, 20), "vpub", "Phó Trưởng phòng"),
    ("Đỗ Mỹ Ý", date(1996, 5, 25), "bao", _PV),
    ("Lý Thị Thúy", date(1992, 11, 11), "cho", _VHXH),
    ("Lí Thị Thuý", date(1984, 3, 8), "ban", _VHXH),
    ("Giàng A Sùng", date(1990, 1, 1), "deo", _VHXH),
    ("Võ Hoài Bảo", date(1995, 7, 7), "skhcn", _CV),
    ("Dương Thị Hảo", date(1980, 4, 15), "syt", _CV),
    ("Trịnh Xuân Kỷ", date(1976, 8, 31), "vpub", "Chuyên viên chính"),
    ("Cao Thị Mận", date(1989, 10, 2), "dao", _VHXH),
    ("Tạ Quang Nhẫn", date(1991, 6, 18), "ben", _VC),
    ("Huỳnh Thị Phượng", date(1986, 9, 27), "ben", _VHXH),
    ("Thạch Sa Rươl", 1985, "vung", _VHXH),
    ("Nông Thị Pẻn", date(1993, 2, 14), "ban", _VHXH),
    ("Mai Trọng Quế", date(1974, 5, 5), "snnmt", "Phó Trưởng phòng"),
    ("Tôn Nữ Thị Quỳnh Như", date(1997, 12, 12), "svhttdl", _CV),
    ("Ngô Tấn Sỡ", date(1982, 7, 22), "cat", "Cán bộ"),
    ("Quách Thị Ước", date(1988, 4, 4), "thac", _VHXH),
    ("Đinh Thị Thắm", date(1990, 9, 16), "vung", _VHXH),
    ("Hà Văn Thưởng", date(1977, 1, 29), "skhcn", "Trưởng phòng"),
    ("Chu Thị Sen", date(1994, 10, 20), "dao", _CV),
    ("La Văn Ủy", date(1981, 3, 13), "nui", _VHXH),
    ("Kiều Thị Vẻ", date(1987, 6, 24), "cho", _VHXH),
    ("Lương Thế Tĩnh", date(1979, 8, 17), "btg", _CV),
    ("Triệu Mùi Mẩy", 1992, "ban", _VHXH),
    ("Tô Thị Yến", date(1996, 1, 26), "bao", _BTV),
    ("Lưu Đức Bằng", date(1984, 12, 9), "snnmt", _CV),
    ("Thân Thị Bích", date(1989, 5, 31), "syt", _VC),
    ("Âu Dương Chấn", date(1980, 2, 11), "ruong", "Phó Chủ tịch Ủy ban nhân dân xã"),
    ("Y Thuyên Êban", date(1991, 11, 3), "ruong", _VHXH),
    ("Nghiêm Thị Dẫn", date(1978, 6, 30), "cau", _VHXH),
    ("Phùng Khắc Tốn", date(1986, 8, 8), "skhcn", _CV),
    ("Vàng Thị Dợ", 1995, "deo", _VHXH),
    ("Đào Thị Ẩn", date(1983, 10, 25), "svhttdl", _CV),
    ("Từ Minh Giỏi", date(1990, 3, 19), "bao", _PV),
    ("Lục Thị Giữ", date(1987, 7, 1), "suoi", "Văn thư"),
    ("Tăng Bá Hiển", date(1975, 9, 9), "btg", "Trưởng phòng"),
    ("Sơn Thị Sóc Kha", date(1993, 4, 12), "vung", _VHXH),
    ("Danh Quýt", 1988, "dao", _VHXH),
    ("Ông Thị Hè", date(1992, 12, 24), "ben", _VHXH),
    ("Thái Duy Lãm", date(1981, 5, 8), "skhcn", _CV),
    ("Mã Thị Hẹ", date(1994, 8, 21), "nui", _VC),
    ("Châu Ngọc Mẫn", date(1985, 1, 6), "cau", _CV),
    ("Sùng A Chử", 1990, "ban", _VHXH),
    ("Lâm Thị Nở", date(1979, 11, 30), "dao", "Phó Chủ tịch Ủy ban nhân dân đặc khu"),
    ("Vi Thị Ổn", date(1986, 2, 28), "thac", _VC),
    ("Trương Công Lộc", date(1989, 9, 13), "skhcn", _CV),
    ("Đàm Thị Quyền", date(1991, 7, 4), "dvc", _VC),
    ("Cù Xuân Rạng", date(1977, 3, 22), "cau", "Phó Chủ tịch Ủy ban nhân dân phường"),
    ("Hứa Thị Sáu", date(1982, 10, 15), "vung", "Văn thư"),
    ("Khuất Duy Tiễn", date(1995, 6, 2), "bao", _PV),
    ("Doãn Thị Tưởng", date(1988, 5, 17), "vpub", _CV),
    ("Ma Văn Uyển", date(1984, 4, 29), "ruong", _VHXH),
    ("Lại Thị Vững", date(1990, 12, 18), "ben", _VC),
    ("Nguyễn Tự Xướng", 1973, "cho", "Chủ tịch Ủy ban nhân dân phường"),
    ("Trần Bỉnh Thẳng", date(1997, 2, 3), "bao", _PV),
)

LEARNERS: Final = tuple(Learner(number, *line) for number, line in enumerate(_LINES, start=1))
