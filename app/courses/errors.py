"""What can go wrong with courses, in sentences for the user."""

from __future__ import annotations

from collections.abc import Sequence

from app.core.errors import InvalidInputError, NotFoundError, RuleBrokenError
from app.core.i18n import gettext as _
from app.courses.domain.faults import Fault


class BrokenPackageError(InvalidInputError):
    """A package cannot be imported; ``faults`` says where and what to do."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_("Gói khóa học có %(n)s chỗ phải sửa; chưa nhập gì.", n=len(faults)))
        self.faults = tuple(faults)


class VersionPublishedError(RuleBrokenError):
    """A published version never changes: cohorts are taught from it."""

    def __init__(self) -> None:
        super().__init__(
            _("Phiên bản này đã công bố nên không sửa được. Hãy nhập gói mới thành phiên bản mới.")
        )


class CourseNotFoundError(NotFoundError):
    """There is no such course, version or activity."""

    def __init__(self) -> None:
        super().__init__(_("Không có khóa học hoặc phiên bản này. Hãy mở lại danh sách khóa học."))
