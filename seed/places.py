"""The invented province of the demo: its units and the five sites of its class.

No such province exists; every name says "Mẫu" (sample), so that no printed sheet of the demo can be
taken for a real one.
"""

from __future__ import annotations

from typing import Final

ORGANISER: Final = "Sở Khoa học và Công nghệ tỉnh Mẫu"
PLACE: Final = "Hội trường Sở Khoa học và Công nghệ tỉnh Mẫu"
PROVINCE: Final = "Ủy ban nhân dân tỉnh Mẫu"

SITES: Final = (
    "Hội trường Sở (điểm cầu chính)",
    "Điểm cầu xã Suối Mẫu",
    "Điểm cầu phường Cầu Mẫu",
    "Điểm cầu xã Núi Mẫu",
    "Điểm cầu đặc khu Đảo Mẫu",
)
"""The first is the main one."""

UNITS: Final = {
    "skhcn": ORGANISER,
    "svhttdl": "Sở Văn hóa, Thể thao và Du lịch tỉnh Mẫu",
    "snnmt": "Sở Nông nghiệp và Môi trường tỉnh Mẫu",
    "syt": "Sở Y tế tỉnh Mẫu",
    "bao": "Báo và Phát thanh, Truyền hình tỉnh Mẫu",
    "vpub": "Văn phòng Ủy ban nhân dân tỉnh Mẫu",
    "btg": "Ban Tuyên giáo và Dân vận Tỉnh ủy Mẫu",
    "cat": "Công an tỉnh Mẫu",
    "suoi": "Ủy ban nhân dân xã Suối Mẫu",
    "ruong": "Ủy ban nhân dân xã Ruộng Mẫu",
    "thac": "Ủy ban nhân dân xã Thác Mẫu",
    "cau": "Ủy ban nhân dân phường Cầu Mẫu",
    "cho": "Ủy ban nhân dân phường Chợ Mẫu",
    "ben": "Ủy ban nhân dân phường Bến Mẫu",
    "nui": "Ủy ban nhân dân xã Núi Mẫu",
    "deo": "Ủy ban nhân dân xã Đèo Mẫu",
    "ban": "Ủy ban nhân dân xã Bản Mẫu",
    "dao": "Ủy ban nhân dân đặc khu Đảo Mẫu",
    "vung": "Ủy ban nhân dân xã Vũng Mẫu",
    "dvc": "Trung tâm Cung ứng dịch vụ công xã Suối Mẫu",
}

SITE_OF_UNIT: Final = {
    "suoi": 1,
    "ruong": 1,
    "thac": 1,
    "dvc": 1,
    "cau": 2,
    "cho": 2,
    "ben": 2,
    "nui": 3,
    "deo": 3,
    "ban": 3,
    "dao": 4,
    "vung": 4,
}
"""Position of the site where the people of a unit sit; everybody else sits at the main one."""
