"""What can be refused about certificates."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import InvalidInputError, NotFoundError, RuleBrokenError, TooManyRequestsError
from app.core.i18n import gettext as _

_NAMED = 5


def _some(names: Sequence[str]) -> str:
    """Return the first few of many names, and how many more there are."""
    shown = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return shown
    return _("%(names)s và %(n)s người nữa", names=shown, n=len(names) - _NAMED)


class CertificateNotFoundError(NotFoundError):
    """There is no such certificate, or it is not the asker's."""

    def __init__(self) -> None:
        super().__init__(_("Không có giấy chứng nhận này. Mở lại danh sách để chọn."))


class NotIssuedYetError(NotFoundError):
    """The learner has no certificate of this cohort yet."""

    def __init__(self) -> None:
        super().__init__(
            _("Chưa có giấy chứng nhận của lớp này. Hoàn thành các phần bắt buộc rồi chờ đợt cấp.")
        )


class IssuerNotSetError(RuleBrokenError):
    """Nobody has said yet who issues."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có thông tin cơ quan cấp. Hãy điền ở trang Mẫu giấy chứng nhận."))


class IssuerInvalidError(InvalidInputError):
    """A setting is missing or of no use."""


class DecisionMissingError(InvalidInputError):
    """Certificates rest on a decision with a number and a day."""

    def __init__(self) -> None:
        super().__init__(_("Hãy điền số quyết định, ví dụ 128/QĐ-SKHCN, tối đa 60 ký tự."))


class DecisionTooLateError(InvalidInputError):
    """A certificate cannot rest on a decision that is not made yet."""

    def __init__(self) -> None:
        super().__init__(_("Ngày quyết định ở sau ngày cấp. Hãy kiểm tra lại ngày."))


class NobodyToIssueError(RuleBrokenError):
    """Everybody who may have a certificate has one."""

    def __init__(self) -> None:
        super().__init__(
            _("Không có ai chờ cấp: người đủ điều kiện đều đã có giấy hoặc chưa xác nhận tên.")
        )


class NotInCohortError(InvalidInputError):
    """Somebody chosen has no active place in the cohort."""

    def __init__(self) -> None:
        super().__init__(_("Có người không còn trong lớp. Mở lại trang cấp để xem danh sách mới."))


class AlreadyIssuedError(RuleBrokenError):
    """Somebody chosen has a certificate already; another one is a reissue, with a reason."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Đã có giấy: %(names)s. Bỏ chọn, hoặc dùng Cấp lại nếu giấy sai.", names=_some(names))
        )


class NotEligibleError(RuleBrokenError):
    """Somebody chosen does not meet the cohort's rule."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _(
                "Chưa đủ điều kiện: %(names)s. Bỏ chọn, hoặc chờ học viên hoàn thành.",
                names=_some(names),
            )
        )


class NameNotConfirmedError(RuleBrokenError):
    """Somebody chosen has not said that the name to be printed is right."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _(
                "Chưa xác nhận tên: %(names)s. Nhờ học viên xác nhận trên máy, "
                "hoặc đánh dấu đã xác nhận trên giấy.",
                names=_some(names),
            )
        )


class NameReportedError(RuleBrokenError):
    """Somebody chosen has said that the name is wrong, and nobody has corrected it."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Đã báo sai tên: %(names)s. Sửa tên trong lớp trước khi cấp.", names=_some(names))
        )


class NumbersMovedError(RuleBrokenError):
    """Another batch took the numbers that were shown."""

    def __init__(self) -> None:
        super().__init__(
            _("Các số vừa xem đã dùng cho đợt khác. Chưa cấp gì; mở lại trang cấp để xem số mới.")
        )


class DrawnFacesStaleError(Exception):
    """What was drawn ahead no longer fits; nothing was written, and it is drawn again."""


class ReasonMissingError(InvalidInputError):
    """A paper is revoked or issued again for a reason that the register keeps."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi lý do, tối đa 300 ký tự. Lý do được lưu trong sổ."))


class PrintedTextInvalidError(InvalidInputError):
    """A corrected text is empty or does not fit its place."""

    def __init__(self) -> None:
        super().__init__(_("Hãy điền họ và tên sẽ in, tối đa 120 ký tự."))


class AlreadyRevokedError(RuleBrokenError):
    """A certificate is revoked once."""

    def __init__(self) -> None:
        super().__init__(_("Giấy này đã bị thu hồi từ trước."))


class AlreadyReplacedError(RuleBrokenError):
    """Another certificate stands in this one's place."""

    def __init__(self, register_no: str) -> None:
        super().__init__(
            _("Giấy này đã được thay bằng số %(no)s. Hãy mở giấy mới để làm.", no=register_no)
        )


class TooManyCodesError(TooManyRequestsError):
    """Too many codes from one address were none of ours."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            _(
                "Nhập sai mã quá nhiều lần. Hãy chờ %(n)s giây rồi kiểm tra lại mã trên giấy.",
                n=retry_after_seconds,
            ),
            retry_after_seconds,
        )
