"""Say who issues: what is printed of the department from now on."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from app.certificates.domain.numbers import PatternError, check_pattern
from app.certificates.errors import IssuerInvalidError
from app.certificates.events import IssuerChanged
from app.certificates.models import Issuer
from app.certificates.queries import MAIN_ISSUER, find_issuer
from app.core.db import db
from app.core.events import publish
from app.core.i18n import gettext as _
from app.core.text import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerValues:
    """The settings of the paper; see ``CertificateFace`` for what each text is.

    :param certificate_type: short sign of the kind of paper, which has its own register book
    :param register_pattern: with ``{number}`` and ``{year}``
    :param serial_pattern: with ``{number}``
    """

    issuing_body: str
    grantor: str
    place: str
    signatory_title: str
    signatory_name: str
    register_pattern: str
    parent_body: str = ""
    label: str = "GIẤY CHỨNG NHẬN"
    achievement: str = "đã hoàn thành khóa tập huấn"
    authority: str = ""
    serial_pattern: str = "{number:07d}"
    certificate_type: str = "GCN"


_MAY_BE_EMPTY = {"parent_body", "authority"}


def save_issuer(
    values: IssuerValues, *, changed_by_id: uuid.UUID | None, changed_at: datetime
) -> Issuer:
    """Keep the settings; what was issued before stays as it was printed.

    :raises IssuerInvalidError: a text is missing or too long, or a pattern is of no use
    """
    texts = {name: clean_line(text) for name, text in asdict(values).items()}
    _check_texts(texts)
    _check_patterns(texts["register_pattern"], texts["serial_pattern"])
    issuer = find_issuer()
    if issuer is None:
        issuer = Issuer(key=MAIN_ISSUER)
        db.session.add(issuer)
    for name, text in texts.items():
        setattr(issuer, name, text)
    issuer.updated_at = changed_at
    issuer.updated_by_id = changed_by_id
    db.session.flush()
    publish(
        IssuerChanged(
            issuer.key,
            issuer.issuing_body,
            issuer.signatory_name,
            issuer.register_pattern,
            changed_by_id,
            changed_at,
        )
    )
    return issuer


def _check_texts(texts: dict[str, str]) -> None:
    for field in fields(IssuerValues):
        text = texts[field.name]
        if not text and field.name not in _MAY_BE_EMPTY:
            raise IssuerInvalidError(_("Hãy điền đủ các mục của mẫu giấy chứng nhận."))
        if len(text) > Issuer.__table__.columns[field.name].type.length:  # type: ignore[attr-defined]
            raise IssuerInvalidError(_("“%(text)s” quá dài. Hãy viết gọn lại.", text=text))


def _check_patterns(register_pattern: str, serial_pattern: str) -> None:
    try:
        check_pattern(register_pattern, needs_year=True)
    except PatternError as error:
        raise IssuerInvalidError(
            _("Cách đánh số vào sổ cần có {number} và {year}, ví dụ {number:03d}/{year}/GCN-SKHCN.")
        ) from error
    try:
        check_pattern(serial_pattern, needs_year=False)
    except PatternError as error:
        raise IssuerInvalidError(
            _("Cách đánh số hiệu cần có {number}, ví dụ {number:07d}.")
        ) from error
