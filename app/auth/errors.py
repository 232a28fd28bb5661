"""What can be wrong about people and their signing in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.auth.domain.passwords import LONGEST, SHORTEST, Weakness
from app.core.errors import InvalidInputError, RuleBrokenError, TooManyRequestsError
from app.core.formatting import local_clock
from app.core.i18n import gettext as _


class UsernameTakenError(RuleBrokenError):
    """Another account has this user name (in its folded form)."""

    def __init__(self, username: str) -> None:
        super().__init__(
            _("Tên đăng nhập “%(name)s” đã có người dùng. Hãy chọn tên khác.", name=username)
        )


class ContactTakenError(RuleBrokenError):
    """Another account has this mail address or telephone number."""

    def __init__(self, contact: str) -> None:
        self.contact = contact
        super().__init__(
            _("“%(contact)s” đã thuộc tài khoản khác. Hãy kiểm tra lại.", contact=contact)
        )


class BadUsernameError(InvalidInputError):
    """The user name is too short, too long or holds a sign that it may not."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Tên đăng nhập cần từ 3 đến 64 ký tự: chữ cái, chữ số, dấu chấm, gạch nối, "
                "có ít nhất một chữ cái."
            )
        )


class BadFullNameError(InvalidInputError):
    """The name has no letter or is too long."""

    def __init__(self) -> None:
        super().__init__(_("Hãy nhập họ và tên như trên giấy tờ, tối đa 120 ký tự."))


class UnprintableNameError(InvalidInputError):
    """The name holds signs that no paper could print.

    :param signs: those that have to go
    """

    def __init__(self, signs: Sequence[str]) -> None:
        super().__init__(
            _(
                "Họ và tên có ký tự không in được: %(signs)s. Hãy gõ lại bằng chữ cái, "
                "dấu cách, dấu nháy, gạch nối hoặc dấu chấm.",
                signs=" ".join(f"“{each}”" for each in signs),
            )
        )


class BadEmailError(InvalidInputError):
    """The text has not the form of a mail address."""

    def __init__(self) -> None:
        super().__init__(_("Hãy nhập thư điện tử theo dạng ten@donvi.gov.vn."))


class BadPhoneError(InvalidInputError):
    """The text is no Vietnamese telephone number."""

    def __init__(self) -> None:
        super().__init__(_("Hãy nhập số điện thoại Việt Nam, ví dụ 0912 345 678."))


class WeakPasswordError(InvalidInputError):
    """The password would be guessed."""

    def __init__(self, weakness: Weakness) -> None:
        sentences = {
            Weakness.TOO_SHORT: _("Mật khẩu cần ít nhất %(n)s ký tự.", n=SHORTEST),
            Weakness.TOO_LONG: _("Mật khẩu dài nhất %(n)s ký tự. Hãy rút ngắn.", n=LONGEST),
            Weakness.HOLDS_USERNAME: _("Mật khẩu không được chứa tên đăng nhập. Hãy đặt khác."),
            Weakness.GUESSED_FIRST: _(
                "Mật khẩu này dễ bị đoán. Hãy đặt khác, ví dụ bốn từ không liên quan."
            ),
        }
        super().__init__(sentences[weakness])


class TooManyFailuresError(TooManyRequestsError):
    """Signing in failed too often here lately."""

    def __init__(self, until: datetime, at: datetime) -> None:
        super().__init__(
            _(
                "Đã nhập sai nhiều lần. Hãy thử lại sau %(time)s hoặc nhờ cán bộ quản lý lớp giúp.",
                time=local_clock(until),
            ),
            retry_after_seconds=max(1, round((until - at).total_seconds()) + 1),
        )
