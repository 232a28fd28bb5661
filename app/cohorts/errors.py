"""What can be refused about cohorts."""

from __future__ import annotations

from app.core.errors import InvalidInputError, NotFoundError, RuleBrokenError
from app.core.i18n import gettext as _


class CohortNotFoundError(NotFoundError):
    """There is no such cohort, or the asker has no part in it."""

    def __init__(self) -> None:
        super().__init__(
            _("Không có lớp này, hoặc anh, chị không thuộc lớp. Kiểm tra lại địa chỉ.")
        )


class EnrolmentNotFoundError(NotFoundError):
    """There is no such learner in the cohort."""

    def __init__(self) -> None:
        super().__init__(_("Không có học viên này trong lớp. Mở lại danh sách lớp để chọn."))


class VersionNotPublishedError(RuleBrokenError):
    """A cohort is taught a published version only."""

    def __init__(self) -> None:
        super().__init__(_("Phiên bản khóa học này chưa công bố. Công bố rồi mới mở lớp."))


class CodeTakenError(RuleBrokenError):
    """Two cohorts cannot share a code."""

    def __init__(self, code: str) -> None:
        super().__init__(_("Đã có lớp mang mã %(code)s. Hãy đặt mã khác.", code=code))


class CohortInvalidError(InvalidInputError):
    """A value of a new cohort is missing or contradicts another."""


class AlreadyEnrolledError(RuleBrokenError):
    """One learner has one enrolment in a cohort."""

    def __init__(self) -> None:
        super().__init__(_("Người này đã có trong lớp."))


class PersonUnclearError(RuleBrokenError):
    """Somebody alike has an account, and nobody has said yet whether it is the same person."""

    def __init__(self) -> None:
        super().__init__(
            _("Có người trùng họ tên hoặc liên hệ. Hãy chọn đúng người này hay người khác.")
        )


class SiteNotInCohortError(InvalidInputError):
    """The site belongs to another cohort."""

    def __init__(self) -> None:
        super().__init__(
            _("Điểm cầu này không thuộc lớp. Hãy chọn điểm cầu trong danh sách của lớp.")
        )


class NameMissingError(InvalidInputError):
    """A name on paper cannot be empty or longer than its line."""

    def __init__(self) -> None:
        super().__init__(_("Hãy điền họ và tên, tối đa 120 ký tự."))


class RemarkMissingError(InvalidInputError):
    """Who says that the name is wrong has to say what is right."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi họ và tên đúng, tối đa 300 ký tự."))


class NumberTakenError(RuleBrokenError):
    """A number of the official list names one person, also after cancelling."""

    def __init__(self, number: int) -> None:
        super().__init__(
            _(
                "STT %(n)s đã có người. Hãy nhập số khác hoặc để trống để lấy số tiếp theo.",
                n=number,
            )
        )


class ReasonMissingError(InvalidInputError):
    """Taking somebody out of a cohort needs a reason that a reader of the log understands."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do, tối đa 300 ký tự."))


class StaffNotFoundError(NotFoundError):
    """Nobody has this duty in the cohort."""

    def __init__(self) -> None:
        super().__init__(_("Người này không còn nhiệm vụ ở lớp. Mở lại danh sách để xem."))
