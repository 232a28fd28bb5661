"""What may be posted about the staff of a cohort."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from wtforms import SelectField, StringField

from app.cohorts.commands import StaffEntry
from app.cohorts.forms.refusals import RefusableForm
from app.cohorts.models import StaffDuty
from app.cohorts.queries import AlikePerson, SiteRow
from app.core.forms import at_most, required
from app.core.i18n import gettext as _
from app.core.i18n import lazy


def _duty_field() -> SelectField:
    return SelectField(lazy("Nhiệm vụ ở lớp"))


class DutyForm(RefusableForm):
    """What somebody is to do in a cohort: teach it, or coordinate one of its sites."""

    duty = _duty_field()

    def offer(self, sites: Sequence[SiteRow]) -> None:
        """Let the duties of this cohort be chosen."""
        self.duty.choices = [
            (StaffDuty.TRAINER.value, _("Giảng viên")),
            *((str(each.id), _("Cán bộ điểm cầu %(site)s", site=each.name)) for each in sites),
        ]

    def chosen(self) -> tuple[StaffDuty, uuid.UUID | None]:
        """Return the duty of a valid form, and its site."""
        if self.duty.data == StaffDuty.TRAINER.value:
            return StaffDuty.TRAINER, None
        return StaffDuty.COORDINATOR, uuid.UUID(self.duty.data)


class StaffForm(DutyForm):
    """Somebody with an account, for a duty."""

    login = StringField(
        lazy("Tên đăng nhập, thư điện tử hoặc số điện thoại"),
        [required(lazy("Hãy điền tên đăng nhập, thư điện tử hoặc số điện thoại.")), at_most(254)],
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    duty = _duty_field()


class NewStaffForm(DutyForm):
    """Somebody without an account, for a duty."""

    full_name = StringField(
        lazy("Họ và tên"), [required(lazy("Hãy điền họ và tên.")), at_most(120)]
    )
    username = StringField(
        lazy("Tên đăng nhập"),
        [required(lazy("Hãy đặt tên đăng nhập.")), at_most(64)],
        description=lazy("Ví dụ tran.thi.binh"),
        render_kw={"autocapitalize": "none", "spellcheck": "false"},
    )
    duty = _duty_field()
    asked = StringField()

    def entry(self, alike: Sequence[AlikePerson]) -> StaffEntry:
        """Return the person of a valid form; ``alike`` count as told apart if they were shown."""
        duty, site_id = self.chosen()
        shown = set((self.asked.data or "").split())
        return StaffEntry(
            full_name=self.full_name.data or "",
            username=self.username.data or "",
            duty=duty,
            site_id=site_id,
            told_apart=frozenset(each.user_id for each in alike if str(each.user_id) in shown),
        )
