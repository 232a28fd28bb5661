"""What can be refused about progress."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import InvalidInputError, NotAllowedError, NotFoundError
from app.core.i18n import gettext as _


class ActivityNotFoundError(NotFoundError):
    """The course of the cohort has no such activity."""

    def __init__(self) -> None:
        super().__init__(_("Khóa học không có bài này. Về trang lớp để chọn bài."))


class ActivityLockedError(NotAllowedError):
    """Something else has to be done first.

    :param titles: of the activities to be done first
    """

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(
            _("Bài này chưa mở. Cần làm xong trước: %(titles)s.", titles="; ".join(titles))
        )
        self.titles = tuple(titles)


class RuleEmptyError(InvalidInputError):
    """A rule that asks for nothing would certify everybody."""

    def __init__(self) -> None:
        super().__init__(_("Hãy chọn ít nhất một bài mà học viên phải làm xong."))
