"""How a certificate stands, in words."""

from __future__ import annotations

from app.certificates.domain.register import CertificateState
from app.certificates.queries import CertificateRow
from app.core.formatting import local_date
from app.core.i18n import gettext as _


def state_word(state: CertificateState) -> str:
    """Return how a certificate stands, in a word or two."""
    return {
        CertificateState.VALID: _("Còn hiệu lực"),
        CertificateState.REPLACED: _("Đã thay"),
        CertificateState.REVOKED: _("Đã thu hồi"),
    }[state]


def state_tag(state: CertificateState) -> str:
    """Return the kind of tag that goes with the word."""
    return {
        CertificateState.VALID: "ok",
        CertificateState.REPLACED: "warn",
        CertificateState.REVOKED: "err",
    }[state]


def period(row: CertificateRow) -> str:
    """Return from when to when the class was held."""
    if row.starts_on == row.ends_on:
        return local_date(row.starts_on)
    return f"{local_date(row.starts_on)} – {local_date(row.ends_on)}"


def remark(row: CertificateRow) -> str:
    """Return the remark of the register: issued again for, replaced by, revoked on."""
    parts = []
    if row.replaces_no:
        parts.append(_("Cấp lại, thay số %(no)s", no=row.replaces_no))
    if row.successor_no:
        parts.append(_("Đã thay bằng số %(no)s", no=row.successor_no))
    if row.revoked_at:
        parts.append(_("Thu hồi ngày %(day)s", day=local_date(row.revoked_at)))
    return "; ".join(parts)
