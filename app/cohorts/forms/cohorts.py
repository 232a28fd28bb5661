"""What may be posted to open a cohort."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import DateField, Field, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from app.cohorts.commands import is_code
from app.cohorts.forms.refusals import RefusableForm
from app.core.forms import at_most, required
from app.core.i18n import gettext as _
from app.core.i18n import lazy
from app.core.text import clean_line
from app.courses.models import VersionState
from app.courses.queries import CourseRow

_DAY = ["%Y-%m-%d", "%d/%m/%Y"]
_LONGEST_SITE = 160
_MOST_SITES = 200


class CohortForm(RefusableForm):
    """A cohort to be opened."""

    code = StringField(
        lazy("Mã lớp"),
        [required(lazy("Hãy điền mã lớp, ví dụ TTCS-01/2026.")), at_most(40)],
        description=lazy("Ví dụ TTCS-01/2026. Địa chỉ của lớp làm từ mã này, không đổi về sau."),
    )
    version = SelectField(lazy("Khóa học"), description=lazy("Phiên bản này giữ nguyên cho lớp."))
    title = StringField(
        lazy("Tên lớp"),
        [at_most(200)],
        description=lazy("In trên giấy chứng nhận. Để trống thì lấy tên khóa học."),
    )
    starts_on = DateField(
        lazy("Từ ngày"), [InputRequired(lazy("Hãy điền ngày bắt đầu."))], format=_DAY
    )
    ends_on = DateField(
        lazy("Đến ngày"), [InputRequired(lazy("Hãy điền ngày kết thúc."))], format=_DAY
    )
    place = StringField(lazy("Địa điểm"), [at_most(200)])
    organiser = StringField(
        lazy("Cơ quan tổ chức"),
        [required(lazy("Hãy điền cơ quan tổ chức lớp.")), at_most(200)],
        description=lazy("Ví dụ Sở Khoa học và Công nghệ tỉnh Thái Nguyên"),
    )
    sites = TextAreaField(
        lazy("Điểm cầu"),
        [required(lazy("Hãy ghi ít nhất một điểm cầu."))],
        description=lazy("Mỗi dòng một điểm cầu. Dòng đầu là điểm chính."),
        render_kw={"rows": 4},
    )

    def offer(self, courses: Sequence[CourseRow]) -> None:
        """Let the published versions of these courses be chosen, the newest of each first."""
        versions = [
            version
            for course in courses
            for version in course.versions
            if version.state is VersionState.PUBLISHED
        ]
        self.titles = {str(each.id): each.title for each in versions}
        self.version.choices = [
            (str(each.id), _("%(title)s, phiên bản %(n)s", title=each.title, n=each.number))
            for each in versions
        ]

    def validate_code(self, field: Field) -> None:
        """Refuse a code that gives no address of its own."""
        if not is_code(field.data):
            raise ValidationError(_("Hãy đặt mã lớp có chữ hoặc số, ví dụ TTCS-01/2026."))

    def validate_ends_on(self, field: Field) -> None:
        """Refuse a cohort that ends before it begins."""
        if self.starts_on.data and field.data and field.data < self.starts_on.data:
            raise ValidationError(_("Ngày kết thúc trước ngày bắt đầu. Hãy kiểm tra lại hai ngày."))

    def validate_sites(self, _field: Field) -> None:
        """Refuse names of sites that are too long, too many or the same."""
        names = self.site_names()
        if any(len(each) > _LONGEST_SITE for each in names):
            raise ValidationError(
                _("Tên điểm cầu dài nhất %(n)s ký tự. Hãy rút ngắn.", n=_LONGEST_SITE)
            )
        if len(names) > _MOST_SITES:
            raise ValidationError(_("Một lớp có nhiều nhất %(n)s điểm cầu.", n=_MOST_SITES))
        if len(set(names)) < len(names):
            raise ValidationError(_("Hai điểm cầu trùng tên. Hãy đặt tên khác nhau."))

    def site_names(self) -> list[str]:
        """Return the lines that hold a name."""
        lines = (clean_line(each) for each in (self.sites.data or "").splitlines())
        return [each for each in lines if each]

    def values(self) -> dict[str, Any]:
        """Return the cohort of a valid form; without a title it has the course's."""
        names = ("code", "starts_on", "ends_on", "place", "organiser")
        return {
            **{name: self[name].data or "" for name in names},
            "title": self.title.data or self.titles[self.version.data],
            "version_id": uuid.UUID(self.version.data),
            "sites": self.site_names(),
        }
