"""What may be posted about the learners of a cohort."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import (
    EmailField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional

from app.auth.domain.contacts import parse_email, parse_phone
from app.auth.errors import BadEmailError, BadPhoneError
from app.cohorts.commands import LearnerEntry
from app.cohorts.domain.births import Birth, parse_birth
from app.cohorts.forms.refusals import RefusableForm
from app.cohorts.queries import AlikePerson, SiteRow
from app.core.clock import to_local, utc_now
from app.core.forms import BaseForm, at_most, required, trimmed
from app.core.i18n import gettext as _
from app.core.i18n import lazy


def _unit_field() -> StringField:
    return StringField(
        lazy("Đơn vị"),
        [required(lazy("Hãy điền đơn vị công tác.")), at_most(200)],
        description=lazy("Ghi đủ tên, ví dụ Phòng Văn hóa - Xã hội xã Ba Bể"),
        render_kw={"list": "units"},
    )


class PlaceForm(RefusableForm):
    """Where a learner of a cohort belongs: unit, position, site."""

    unit_name = _unit_field()
    position_title = StringField(lazy("Chức vụ"), [at_most(120)])
    site = SelectField(lazy("Điểm cầu"))

    def offer(self, sites: Sequence[SiteRow]) -> None:
        """Let the sites of this cohort be chosen."""
        self.site.choices = [(str(each.id), each.name) for each in sites]

    def values(self) -> dict[str, Any]:
        """Return the place of a valid form."""
        return {
            "unit_name": self.unit_name.data or "",
            "position_title": self.position_title.data or "",
            "site_id": uuid.UUID(self.site.data),
        }


class LearnerForm(PlaceForm):
    """One learner to be enrolled.

    ``who`` is the answer to who is meant: the id of an account, or ``new``; ``asked`` are the ids
    that the question named.
    """

    full_name = StringField(
        lazy("Họ và tên"),
        [required(lazy("Hãy điền họ và tên.")), at_most(120)],
        description=lazy("Viết đủ dấu, đúng như trên giấy tờ của học viên."),
    )
    birth = StringField(
        lazy("Ngày sinh"),
        [required(lazy("Hãy điền ngày sinh, hoặc năm sinh."))],
        description=lazy("Ví dụ 05/02/1985. Giấy tờ chỉ có năm thì ghi 1985."),
    )
    unit_name = _unit_field()
    position_title = StringField(lazy("Chức vụ"), [at_most(120)])
    phone = TelField(lazy("Số điện thoại (không bắt buộc)"))
    email = EmailField(lazy("Thư điện tử (không bắt buộc)"), filters=[trimmed])
    site = SelectField(lazy("Điểm cầu"))
    number = IntegerField(
        lazy("STT trong danh sách chính thức (không bắt buộc)"),
        [
            Optional(),
            NumberRange(1, 99_999, lazy("Hãy nhập STT từ 1 đến 99999.")),
        ],
        description=lazy("Để trống thì lấy số tiếp theo."),
    )
    who = StringField()
    asked = StringField()

    def born(self) -> Birth | None:
        """Return the birth that was typed, or None when it is none."""
        return parse_birth(self.birth.data or "", today=to_local(utc_now()).date())

    def validate_birth(self, _field: Field) -> None:
        """Refuse what is neither a day nor a year of birth."""
        if self.born() is None:
            raise ValidationError(
                _("Hãy nhập ngày sinh theo dạng ngày/tháng/năm, hoặc chỉ năm, ví dụ 1985.")
            )

    def validate_phone(self, field: Field) -> None:
        """Refuse what is no number."""
        if field.data and parse_phone(field.data) is None:
            raise ValidationError(BadPhoneError().sentence)

    def validate_email(self, field: Field) -> None:
        """Refuse what is no address."""
        if field.data and parse_email(field.data) is None:
            raise ValidationError(BadEmailError().sentence)

    def is_decided(self, alike: Sequence[AlikePerson]) -> bool:
        """Say whether the officer, who saw all of these people, said which one is meant.

        An answer to an earlier question does not count: somebody may have come in between.
        """
        shown = {str(each.user_id) for each in alike}
        if not shown:
            return True
        if shown <= set((self.asked.data or "").split()):
            seatless = {str(each.user_id) for each in alike if each.number is None}
            if self.who.data in {"new", *seatless}:
                return True
            self.who.errors = [_("Hãy chọn đúng người này hay người khác.")]
        return False

    def ask_again(self) -> None:
        """Forget who was meant: it was said before somebody else came in."""
        self.who.data = None

    def entry(self, alike: Sequence[AlikePerson]) -> LearnerEntry:
        """Return the learner of a valid form that is decided."""
        known = [each.user_id for each in alike if str(each.user_id) == self.who.data]
        birth = self.born()
        return LearnerEntry(
            **self.values(),
            full_name=self.full_name.data or "",
            birth_on=birth.on if birth else None,
            birth_year=birth.year if birth else None,
            phone=self.phone.data or "",
            email=self.email.data or "",
            number=self.number.data,
            user_id=known[0] if known else None,
            told_apart=frozenset(each.user_id for each in alike),
        )


class CancelForm(BaseForm):
    """Why a learner is taken out of a cohort."""

    reason = TextAreaField(
        lazy("Lý do"),
        [required(lazy("Hãy ghi lý do.")), at_most(300)],
        description=lazy("Lý do được ghi vào nhật ký."),
        render_kw={"rows": 3, "maxlength": 300},
    )
