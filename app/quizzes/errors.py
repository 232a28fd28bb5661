"""What the quiz engine refuses, in a sentence that says what to do."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from app.core.errors import InvalidInputError, NotFoundError, RuleBrokenError
from app.core.formatting import local_clock, local_date
from app.core.i18n import gettext as _


class AttemptFinishedError(RuleBrokenError):
    """The attempt was handed in before; what came now does not count."""

    def __init__(self, finished_at: datetime) -> None:
        super().__init__(
            _(
                "Bài đã nộp lúc %(time)s ngày %(day)s. Lần gửi này không được tính. "
                "Mở lại trang để xem kết quả.",
                time=local_clock(finished_at),
                day=local_date(finished_at),
            )
        )


class TimeOverError(RuleBrokenError):
    """The server's deadline has passed."""

    status = HTTPStatus.GONE

    def __init__(self, due_at: datetime) -> None:
        super().__init__(
            _(
                "Đã hết giờ lúc %(time)s. Các câu lưu trước đó được tự nộp. "
                "Mở lại trang để xem kết quả.",
                time=local_clock(due_at),
            )
        )


class SlotGradedError(RuleBrokenError):
    """The question was answered and graded; practice gives one answer a question."""

    def __init__(self) -> None:
        super().__init__(_("Câu này đã trả lời và đã chấm. Hãy sang câu tiếp theo."))


class NoAttemptsLeftError(RuleBrokenError):
    """All attempts are used."""

    def __init__(self, allowed: int) -> None:
        super().__init__(
            _("Đã dùng hết %(n)s lượt làm bài. Hãy liên hệ giảng viên nếu cần làm lại.", n=allowed)
        )


class KeyReleasedError(RuleBrokenError):
    """The learner has done the test and may see its key: another attempt would prove nothing."""

    def __init__(self) -> None:
        super().__init__(
            _("Đáp án của bài này đã công bố cho lớp nên không làm thêm lượt mới. Hãy xem kết quả.")
        )


class NothingToAskError(RuleBrokenError):
    """The quiz has no question."""

    def __init__(self) -> None:
        super().__init__(_("Bài này chưa có câu hỏi. Hãy báo cho giảng viên."))


class MissingAnswerError(InvalidInputError):
    """Nothing was chosen or written."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có câu trả lời nào để lưu. Hãy chọn hoặc điền rồi lưu lại."))


class BadReceiptDataError(InvalidInputError):
    """The client's id or sequence number is unreadable."""

    def __init__(self) -> None:
        super().__init__(
            _("Máy chủ không đọc được lần gửi này. Hãy tải lại trang rồi trả lời lại.")
        )


class SlotNotFoundError(NotFoundError):
    """The attempt has no such question, or is not the asker's."""

    def __init__(self) -> None:
        super().__init__(_("Không có câu hỏi này trong bài của anh, chị. Hãy mở lại bài làm."))


class StillOpenError(RuleBrokenError):
    """The result of an attempt that still runs was asked for."""

    def __init__(self) -> None:
        super().__init__(_("Bài chưa nộp nên chưa có kết quả. Hãy nộp bài trước."))
