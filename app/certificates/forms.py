"""What may be posted about certificates."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import request
from wtforms import BooleanField, DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from app.certificates.commands import IssueOrder, IssuerValues
from app.certificates.models import Issuer
from app.core.clock import to_local
from app.core.forms import BaseForm, at_most, required
from app.core.i18n import lazy

_DAY = ["%Y-%m-%d", "%d/%m/%Y"]


class DecisionForm(BaseForm):
    """The decision a batch rests on, and whether the other names are confirmed on paper."""

    decision_number = StringField(
        lazy("Số quyết định"),
        [required(lazy("Hãy điền số quyết định, ví dụ 128/QĐ-SKHCN.")), at_most(60)],
        description=lazy("Ví dụ 128/QĐ-SKHCN"),
    )
    decision_on = DateField(
        lazy("Ngày quyết định"),
        [InputRequired(lazy("Hãy điền ngày quyết định."))],
        format=_DAY,
    )
    on_paper = BooleanField(lazy("Những người chưa xác nhận trên máy đã xác nhận tên trên giấy"))

    def order(
        self, *, cohort_id: uuid.UUID, issued_by_id: uuid.UUID, issued_at: datetime
    ) -> IssueOrder:
        """Return the order of a valid form: everybody who may have a certificate."""
        return IssueOrder(
            cohort_id=cohort_id,
            decision_number=self.decision_number.data or "",
            decision_on=self.decision_on.data or to_local(issued_at).date(),
            issued_at=issued_at,
            issued_by_id=issued_by_id,
            confirmed_on_paper=bool(self.on_paper.data),
        )


class IssueForm(DecisionForm):
    """What the officer has seen and confirms: the decision, the people, the first number."""

    first_number = IntegerField(validators=[InputRequired()], widget=HiddenInput())

    def order(
        self, *, cohort_id: uuid.UUID, issued_by_id: uuid.UUID, issued_at: datetime
    ) -> IssueOrder:
        """Return the order of a valid form: exactly who and what was shown."""
        order = super().order(cohort_id=cohort_id, issued_by_id=issued_by_id, issued_at=issued_at)
        return replace(
            order, enrolment_ids=self.enrolment_ids(), first_number=self.first_number.data
        )

    @staticmethod
    def enrolment_ids() -> frozenset[uuid.UUID]:
        """Return who was shown, as far as the posted ids are ids."""
        found = set()
        for text in request.form.getlist("who"):
            try:
                found.add(uuid.UUID(text))
            except ValueError:
                continue
        return frozenset(found)


def _reason() -> TextAreaField:
    return TextAreaField(
        lazy("Lý do"),
        [required(lazy("Hãy ghi lý do.")), at_most(300)],
        description=lazy("Lý do được lưu trong sổ, không hiện ở trang xác minh công khai."),
        render_kw={"rows": 3, "maxlength": 300},
    )


class RevokeForm(BaseForm):
    """Why a certificate is revoked; ticked because it cannot be undone."""

    reason = _reason()
    is_sure = BooleanField(
        lazy("Tôi hiểu giấy chứng nhận này sẽ hết giá trị và không khôi phục được"),
        [required(lazy("Hãy đánh dấu ô xác nhận."))],
    )


class ReissueForm(BaseForm):
    """What is printed on the new certificate, and why there is one."""

    full_name = StringField(
        lazy("Họ và tên sẽ in"), [required(lazy("Hãy điền họ và tên.")), at_most(120)]
    )
    unit_name = StringField(lazy("Đơn vị công tác"), [at_most(200)])
    position_title = StringField(lazy("Chức vụ"), [at_most(120)])
    born_on = DateField(lazy("Ngày sinh"), [Optional()], format=_DAY)
    reason = _reason()
    is_sure = BooleanField(
        lazy("Tôi đã đối chiếu với giấy tờ của học viên và thu lại giấy cũ"),
        [required(lazy("Hãy đánh dấu ô xác nhận."))],
    )

    def corrections(self) -> dict[str, Any]:
        """Return what is printed anew, and the reason."""
        names = ("full_name", "unit_name", "position_title", "born_on", "reason")
        return {name: self[name].data for name in names}


class IssuerForm(BaseForm):
    """Who issues and who signs, as printed from now on."""

    parent_body = StringField(lazy("Cơ quan chủ quản"), [at_most(200)])
    issuing_body = StringField(lazy("Cơ quan cấp"), [required(), at_most(200)])
    label = StringField(lazy("Tên giấy"), [required(), at_most(80)])
    grantor = StringField(
        lazy("Người cấp"),
        [required(), at_most(200)],
        description=lazy("Ví dụ: Giám đốc Sở Khoa học và Công nghệ tỉnh Thái Nguyên"),
    )
    achievement = StringField(
        lazy("Nội dung chứng nhận"),
        [required(), at_most(120)],
        description=lazy("Đứng trước tên lớp, ví dụ: đã hoàn thành hội nghị tập huấn"),
    )
    place = StringField(lazy("Địa danh"), [required(), at_most(80)])
    authority = StringField(
        lazy("Quyền hạn ký"),
        [at_most(80)],
        description=lazy("Ví dụ: KT. Giám đốc. Để trống khi người đứng đầu ký."),
    )
    signatory_title = StringField(lazy("Chức vụ người ký"), [required(), at_most(120)])
    signatory_name = StringField(lazy("Họ tên người ký"), [required(), at_most(120)])
    register_pattern = StringField(
        lazy("Cách đánh số vào sổ"),
        [required(), at_most(60)],
        description=lazy("Ví dụ {number:03d}/{year}/GCN-SKHCN. Số bắt đầu lại từ 1 mỗi năm."),
    )
    serial_pattern = StringField(
        lazy("Cách đánh số hiệu"),
        [required(), at_most(60)],
        description=lazy("Ví dụ {number:07d}. Số chạy liên tục, không bắt đầu lại."),
    )
    certificate_type = StringField(
        lazy("Ký hiệu loại giấy"),
        [required(), at_most(16)],
        description=lazy("Mỗi loại giấy có sổ riêng, ví dụ GCN"),
    )

    @classmethod
    def of(cls, issuer: Issuer | None) -> IssuerForm:
        """Return the form filled with the settings as they are, or with what most use."""
        if issuer is not None:
            return cls(obj=issuer)
        usual = IssuerValues(
            issuing_body="",
            grantor="",
            place="",
            signatory_title="",
            signatory_name="",
            register_pattern="{number:03d}/{year}/GCN",
        )
        return cls(obj=usual)

    def values(self) -> IssuerValues:
        """Return what was posted."""
        return IssuerValues(**{name: field.data or "" for name, field in self._fields.items()})
