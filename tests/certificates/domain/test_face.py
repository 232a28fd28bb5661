"""The wording of the paper."""

from datetime import date

import pytest

from app.certificates.domain.face import CertificateFace, formal_date, formal_period

FACE = CertificateFace(
    issuing_body="Sở Khoa học và Công nghệ",
    grantor="Giám đốc Sở Khoa học và Công nghệ",
    full_name="Nguyễn Thị Minh Nguyệt",
    course_title="Truyền thông chính sách",
    starts_on=date(2026, 6, 17),
    ends_on=date(2026, 6, 17),
    place="Thái Nguyên",
    issued_on=date(2026, 6, 18),
    signatory_title="Giám đốc",
    signatory_name="Trần Văn Đức",
    serial_no="0000015",
    register_no="015/2026/GCN-SKHCN",
    verify_url="https://example.vn/verify/K7QM-4X2P",
    verify_address="example.vn/verify",
    verify_code="K7QM-4X2P",
)


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 2, 5), "05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "31 tháng 01 năm 2026"),
        (date(2026, 6, 15), "15 tháng 6 năm 2026"),
        (date(2026, 3, 9), "09 tháng 3 năm 2026"),
        (date(2026, 12, 10), "10 tháng 12 năm 2026"),
    ],
)
def test_days_under_ten_and_the_first_two_months_take_a_zero(day: date, printed: str) -> None:
    assert formal_date(day) == printed


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "printed"),
    [
        (date(2026, 6, 17), date(2026, 6, 17), "ngày 17 tháng 6 năm 2026"),
        (date(2024, 7, 11), date(2024, 7, 12), "từ ngày 11 đến ngày 12 tháng 7 năm 2024"),
        (date(2026, 1, 30), date(2026, 2, 2), "từ ngày 30 tháng 01 đến ngày 02 tháng 02 năm 2026"),
        (
            date(2025, 12, 31),
            date(2026, 1, 1),
            "từ ngày 31 tháng 12 năm 2025 đến ngày 01 tháng 01 năm 2026",
        ),
    ],
)
def test_a_period_says_nothing_twice(starts_on: date, ends_on: date, printed: str) -> None:
    assert formal_period(starts_on, ends_on) == printed


def test_what_is_unknown_is_left_out() -> None:
    assert (FACE.born, FACE.result, FACE.decision) == ("", "", "")
    assert FACE.held == "ngày 17 tháng 6 năm 2026"
