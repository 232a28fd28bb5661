"""One certificate: for its learner, for the officer, for anybody who holds its code."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.certificates.domain.codes import grouped
from app.certificates.domain.register import CertificateState
from app.certificates.queries import CertificateRow
from app.certificates.view_models.words import period, state_tag, state_word
from app.core.formatting import local_date
from app.core.i18n import gettext as _
from app.core.qr import QrPath, qr_path
from app.core.text import masked_name


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate: its summary, its way through the register."""

    title: str
    name: str
    state: str
    tag: str
    is_valid: bool
    can_be_reissued: bool
    cohort: str
    rows: list[tuple[str, str]]
    history: list[str]
    code: str
    verify_url: str
    verify_text: str
    qr: QrPath
    successor_url: str

    @classmethod
    def of(cls, row: CertificateRow, base_url: str) -> CertificatePage:
        """Return the page of a certificate; ``base_url`` is where the QR leads."""
        path = url_for("certificates.show_verification", code=row.code)
        return cls(
            title=_("Giấy chứng nhận số %(no)s", no=row.register_no),
            name=row.printed_name,
            state=state_word(row.state),
            tag=state_tag(row.state),
            is_valid=row.state is CertificateState.VALID,
            can_be_reissued=row.successor_id is None,
            cohort=row.cohort_slug,
            rows=_summary(row),
            history=_history(row),
            code=grouped(row.code),
            verify_url=path,
            verify_text=f"{base_url}{path}",
            qr=qr_path(f"{base_url}{path}"),
            successor_url=(
                url_for("certificates.show_certificate", certificate_id=row.successor_id)
                if row.successor_id
                else ""
            ),
        )


def _summary(row: CertificateRow) -> list[tuple[str, str]]:
    return [
        (_("Lớp"), f"{row.course_title} ({row.cohort_code})"),
        (_("Thời gian"), period(row)),
        (_("Đơn vị công tác"), row.unit_name),
        (_("Cơ quan cấp"), row.issuing_body),
        (_("Quyết định"), f"{row.decision_number}, {local_date(row.decision_on)}"),
        (_("Ngày cấp"), local_date(row.issued_on)),
        (_("Số hiệu"), row.serial_no),
        (_("Số vào sổ"), row.register_no),
    ]


def _history(row: CertificateRow) -> list[str]:
    lines = [_("Cấp ngày %(day)s", day=local_date(row.issued_on))]
    if row.replaces_no:
        lines[0] += ", " + _("thay số %(no)s", no=row.replaces_no)
    if row.replaced_at:
        values = {
            "day": local_date(row.replaced_at),
            "no": row.successor_no,
            "why": row.replace_reason,
        }
        lines.append(_("Thay ngày %(day)s bằng số %(no)s: %(why)s", **values))
    if row.revoked_at:
        values = {"day": local_date(row.revoked_at), "why": row.revoke_reason}
        lines.append(_("Thu hồi ngày %(day)s: %(why)s", **values))
    return lines


@dataclass(frozen=True, slots=True)
class VerifyPage:
    """What anybody may know of a certificate whose code they hold."""

    kind: str
    title: str
    sentence: str
    rows: list[tuple[str, str]]
    sha256: str

    @classmethod
    def of(cls, row: CertificateRow) -> VerifyPage:
        """Return the answer; of the name only what its bearer recognises, of the reason nothing."""
        title, sentence = _answer(row)
        return cls(
            kind=state_tag(row.state),
            title=title,
            sentence=sentence,
            rows=[
                (_("Người được cấp"), masked_name(row.printed_name)),
                (_("Lớp"), row.course_title),
                (_("Thời gian"), period(row)),
                (_("Cơ quan cấp"), row.issuing_body),
                (_("Ngày cấp"), local_date(row.issued_on)),
                (_("Số vào sổ"), row.register_no),
                (_("Số hiệu"), row.serial_no),
            ],
            sha256=row.sha256,
        )


def _answer(row: CertificateRow) -> tuple[str, str]:
    if row.state is CertificateState.REVOKED:
        day = local_date(row.revoked_at)
        sentence = _("Giấy này không còn giá trị từ ngày %(day)s.", day=day)
        if row.successor_no:
            sentence += " " + _("Giấy cấp lại mang số %(no)s.", no=row.successor_no)
        return _("Giấy chứng nhận đã bị thu hồi"), sentence
    if row.state is CertificateState.REPLACED:
        values = {"day": local_date(row.replaced_at), "no": row.successor_no}
        sentence = _("Từ ngày %(day)s giấy số %(no)s thay cho giấy này.", **values)
        return _("Giấy chứng nhận đã được thay"), sentence
    return (
        _("Giấy chứng nhận hợp lệ"),
        _("Hãy so họ tên, số vào sổ và ngày cấp dưới đây với giấy đang cầm."),
    )
