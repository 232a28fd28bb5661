"""Everything that is printed on one certificate, as plain values, and the wording of its lines.

The words of the paper are Vietnamese whatever the language of the screen, and are kept here and not
in the catalogue: a paper drawn again must not change because somebody reads the program in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PrintOffset:
    """A correction in millimetres, right and down, for a printer that feeds blanks askew."""

    x_mm: float = 0.0
    y_mm: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFace:
    """Say what one certificate shows; every text is NFC and final, an empty one is left out.

    :param parent_body: cơ quan chủ quản, printed in capitals above the issuing body
    :param issuing_body: cơ quan cấp, under the name it had on the day of issue
    :param label: name of the paper, a setting; empty on blanks that carry it already
    :param grantor: who certifies: "Giám đốc Sở Khoa học và Công nghệ tỉnh Thái Nguyên"
    :param honorific: "Ông", "Bà" or "Ông/Bà"
    :param full_name: exactly as the learner confirmed it
    :param birth_year: printed when only the year is known; ignored with ``born_on``
    :param achievement: "đã hoàn thành hội nghị tập huấn"; the course title follows it
    :param periods: teaching periods (tiết), left out when None
    :param outcome: "Đạt", "Giỏi"; left out when empty
    :param decision_number: number and symbol of the decision, "128/QĐ-SKHCN"
    :param place: địa danh before the date of issue, "Thái Nguyên"
    :param authority: prefix of signing, "KT. GIÁM ĐỐC"; empty when the head signs
    :param signatory_title: title of the person who signs, "PHÓ GIÁM ĐỐC"
    :param serial_no: số hiệu, never used twice
    :param register_no: số vào sổ, "015/2026/GCN-SKHCN"
    :param verify_url: what the QR holds, with the code
    :param verify_address: where the code is typed by hand, "taphuan.tinh.gov.vn/verify"
    :param verify_code: printed under the QR
    """

    issuing_body: str
    grantor: str
    full_name: str
    course_title: str
    starts_on: date
    ends_on: date
    place: str
    issued_on: date
    signatory_title: str
    signatory_name: str
    serial_no: str
    register_no: str
    verify_url: str
    verify_address: str
    verify_code: str
    parent_body: str = ""
    label: str = "GIẤY CHỨNG NHẬN"
    honorific: str = "Ông/Bà"
    born_on: date | None = None
    birth_year: int | None = None
    unit_name: str = ""
    position: str = ""
    achievement: str = "đã hoàn thành khóa tập huấn"
    venue: str = ""
    periods: int | None = None
    outcome: str = ""
    decision_number: str = ""
    decision_on: date | None = None
    authority: str = ""

    @property
    def born(self) -> str:
        """Return the words about the birth, or an empty text when nothing is known."""
        if self.born_on is not None:
            return f"Sinh ngày {formal_date(self.born_on)}"
        return f"Sinh năm {self.birth_year}" if self.birth_year is not None else ""

    @property
    def held(self) -> str:
        """Return when and where it was held."""
        when = formal_period(self.starts_on, self.ends_on)
        return f"{when}, tại {self.venue}" if self.venue else when

    @property
    def result(self) -> str:
        """Return the teaching periods and the outcome, as far as they are printed."""
        parts = []
        if self.periods is not None:
            parts.append(f"Thời lượng: {self.periods:02d} tiết")
        if self.outcome:
            parts.append(f"Kết quả: {self.outcome}")
        return " – ".join(parts)

    @property
    def decision(self) -> str:
        """Return the decision that the certificate rests on, or an empty text."""
        if not self.decision_number:
            return ""
        dated = f" ngày {formal_date(self.decision_on)}" if self.decision_on else ""
        return f"Theo Quyết định số {self.decision_number}{dated}"

    @property
    def place_and_date(self) -> str:
        """Return the line above the signature."""
        return f"{self.place}, ngày {formal_date(self.issued_on)}"


def formal_date(day: date) -> str:
    """Return "05 tháng 02 năm 2026": days under 10 and months 1 and 2 take a leading zero.

    So Nghị định 30/2020/NĐ-CP, to keep figures from being added by hand; "15 tháng 6" stays bare.
    """
    return f"{_day_and_month(day)} năm {day.year}"


def formal_period(starts_on: date, ends_on: date) -> str:
    """Return "từ ngày … đến ngày …" without saying a month or a year twice."""
    end = formal_date(ends_on)
    if starts_on == ends_on:
        return f"ngày {end}"
    if starts_on.year != ends_on.year:
        start = formal_date(starts_on)
    elif starts_on.month != ends_on.month:
        start = _day_and_month(starts_on)
    else:
        start = f"{starts_on.day:02d}"
    return f"từ ngày {start} đến ngày {end}"


def _day_and_month(day: date) -> str:
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d} tháng {month}"
