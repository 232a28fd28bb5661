"""Files to download: the papers of a cohort, the register as a book."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

from app.certificates.domain.file_names import distinct, paper_name
from app.certificates.queries import CertificateRow, Paper
from app.certificates.view_models.words import period, remark
from app.core.clock import to_local
from app.core.formatting import local_date
from app.core.i18n import gettext as _
from app.core.sheets import Column, make_sheet


def zip_of(papers: Sequence[Paper]) -> bytes:
    """Return the files in one ZIP, named by number and name; same papers, same bytes."""
    names = (paper_name(p.register_number, p.register_year, p.printed_name) for p in papers)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, paper in zip(distinct(names, ".pdf"), papers, strict=True):
            made = to_local(paper.issued_at).timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(name, made), paper.content)
    return file.getvalue()


def register_book(rows: Sequence[CertificateRow], year: int) -> bytes:
    """Return the register of a year as XLSX, with the columns of the paper book."""
    columns = (
        Column(_("STT"), 5),
        Column(_("Số vào sổ"), 20),
        Column(_("Số hiệu"), 12),
        Column(_("Họ và tên"), 26),
        Column(_("Ngày sinh"), 12),
        Column(_("Đơn vị công tác"), 30),
        Column(_("Khóa, lớp"), 34),
        Column(_("Thời gian"), 24),
        Column(_("Kết quả"), 12),
        Column(_("Quyết định"), 22),
        Column(_("Ngày cấp"), 12),
        Column(_("Ký nhận"), 14),
        Column(_("Ghi chú"), 30),
    )
    lines = [
        (
            place,
            row.register_no,
            row.serial_no,
            row.printed_name,
            row.born,
            row.unit_name,
            f"{row.course_title} ({row.cohort_code})",
            period(row),
            row.outcome,
            f"{row.decision_number}, {local_date(row.decision_on)}",
            row.issued_on,
            "",
            remark(row),
        )
        for place, row in enumerate(rows, start=1)
    ]
    title = _("Sổ cấp giấy chứng nhận năm %(year)s", year=year)
    return make_sheet(name=str(year), title=title, columns=columns, rows=lines)
