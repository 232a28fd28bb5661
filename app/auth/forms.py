"""What may be posted to sign in and on the account page."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import Length, ValidationError

from app.auth.domain.passwords import LONGEST
from app.core.forms import BaseForm, at_most, required
from app.core.i18n import gettext as _
from app.core.i18n import lazy

_AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


class PasswordSignInForm(BaseForm):
    """User name, mail address or telephone number, and the password."""

    login = StringField(
        lazy("Tên đăng nhập, thư điện tử hoặc số điện thoại"),
        [required(lazy("Hãy nhập tên đăng nhập, thư điện tử hoặc số điện thoại.")), at_most(254)],
        render_kw={"autocomplete": "username", **_AS_TYPED},
    )
    password = PasswordField(
        lazy("Mật khẩu"),
        [required(lazy("Hãy nhập mật khẩu.")), at_most(1000)],
        render_kw={"autocomplete": "current-password"},
    )
    is_shared_computer = BooleanField(lazy("Đây là máy dùng chung"))
    next = HiddenField()


class CodeSignInForm(BaseForm):
    """The code on a login slip."""

    code = StringField(
        lazy("Mã trên phiếu"),
        [required(lazy("Hãy nhập mã trên phiếu.")), at_most(40)],
        render_kw={"autocomplete": "off", **_AS_TYPED, "autocapitalize": "characters"},
    )
    is_shared_computer = BooleanField(lazy("Đây là máy dùng chung"), id="code_is_shared_computer")
    next = HiddenField(id="code_next")


class ChangePasswordForm(BaseForm):
    """The old password and the new one; the old is taken out while there is none."""

    old = PasswordField(
        lazy("Mật khẩu hiện tại"),
        [required(lazy("Hãy nhập mật khẩu hiện tại.")), at_most(1000)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        lazy("Mật khẩu mới"),
        [
            required(lazy("Hãy nhập mật khẩu mới.")),
            Length(max=LONGEST, message=lazy("Mật khẩu dài nhất %(max)d ký tự. Hãy rút ngắn.")),
        ],
        render_kw={"autocomplete": "new-password"},
        description=lazy("Ít nhất 8 ký tự. Nên dùng vài từ không liên quan, có dấu cách."),
    )
    again = PasswordField(lazy("Nhập lại mật khẩu mới"), render_kw={"autocomplete": "new-password"})

    def validate_again(self, field: PasswordField) -> None:
        """Refuse a second text that differs."""
        if field.data != self.new.data:
            raise ValidationError(_("Hai lần nhập chưa giống nhau. Hãy nhập lại."))
