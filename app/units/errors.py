"""What can be wrong about units and memberships."""

from __future__ import annotations

from app.core.errors import InvalidInputError, RuleBrokenError
from app.core.i18n import gettext as _


class BadUnitNameError(InvalidInputError):
    """The name is empty or too long."""

    def __init__(self) -> None:
        super().__init__(_("Hãy nhập tên đơn vị, tối đa 200 ký tự."))


class UnitAmbiguousError(InvalidInputError):
    """Several units have this name, and nothing says which is meant."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Có nhiều đơn vị tên “%(name)s”. Hãy ghi rõ hơn, ví dụ thêm tên xã.", name=name)
        )


class UnitEndedError(RuleBrokenError):
    """The unit has ended, or would end before it began."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Đơn vị “%(name)s” đã kết thúc hoặc ngày chưa đúng. Hãy kiểm tra lại.", name=name)
        )


class WrongSuccessorError(RuleBrokenError):
    """A unit cannot be followed by itself or by one that it follows."""

    def __init__(self) -> None:
        super().__init__(_("Đơn vị kế thừa phải là một đơn vị khác. Hãy chọn lại."))


class MembershipOverlapsError(RuleBrokenError):
    """The person already works somewhere from that day or later."""

    def __init__(self) -> None:
        super().__init__(
            _("Người này đã có nơi công tác từ ngày đó hoặc sau đó. Hãy kiểm tra ngày bắt đầu.")
        )
