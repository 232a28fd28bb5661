"""Errors that a user is told about: each has a status and one sentence in the user's language."""

from __future__ import annotations

from http import HTTPStatus

from app.core.i18n import gettext as _


class AppError(Exception):
    """Stop what was asked and tell the user why, in one sentence that says what to do next.

    :param sentence: already translated; shown to the user as it is
    :param heading: over the sentence; empty takes that of the status
    """

    status: HTTPStatus = HTTPStatus.BAD_REQUEST

    def __init__(self, sentence: str, heading: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.heading = heading


class NotFoundError(AppError):
    """There is no such thing, or it is not the asker's: both look the same from outside."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(
            sentence or _("Không có trang này. Kiểm tra lại địa chỉ hoặc về trang đầu.")
        )


class NotAllowedError(AppError):
    """The asker may see this thing but not do this with it."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or _("Tài khoản này không có quyền làm việc đó."))


class ForeignRequestError(AppError):
    """Another site's page sent this in the user's name; nothing was changed."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("Yêu cầu này không đến từ trang của hệ thống. Hãy mở lại trang rồi làm lại."),
            heading=_("Chưa nhận yêu cầu này"),
        )


class NotSignedInError(AppError):
    """Nobody is signed in, or the login session is over."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(
            sentence or _("Phiên đăng nhập đã hết. Hãy đăng nhập lại, bài làm vẫn được giữ.")
        )


class RuleBrokenError(AppError):
    """A rule of the field forbids this now; nothing was changed."""

    status = HTTPStatus.CONFLICT


class InvalidInputError(AppError):
    """What was sent cannot be understood or is incomplete; nothing was changed."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyRequestsError(AppError):
    """Asked too often.

    :param retry_after_seconds: when it is worth asking again
    """

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, sentence: str, retry_after_seconds: int) -> None:
        super().__init__(sentence)
        self.retry_after_seconds = retry_after_seconds


class BusyError(AppError):
    """The database could not take the write in time; asking again is safe."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self) -> None:
        super().__init__(_("Máy chủ đang bận, chưa lưu được. Hãy thử lại sau vài giây."))
