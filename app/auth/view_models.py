"""What the pages of signing in and of the account show."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from app.auth.domain.contacts import phone_text
from app.auth.forms import CodeSignInForm, PasswordSignInForm
from app.auth.models import Role, User
from app.auth.queries import OpenSession, SlipState
from app.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The sign-in page: alone, as the home page, or in the place of a page that needs it.

    ``notice`` says why it is shown, ``errors`` what was wrong with what was posted: (id of the
    input or nothing, sentence).
    """

    heading: str
    form: PasswordSignInForm
    code_form: CodeSignInForm
    is_home: bool = False
    notice: str = ""
    verify_url: str = ""
    errors: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SlipPage:
    """The page a slip's QR opens: whose slip it is, and one button."""

    full_name: str
    token: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One place where the reader is signed in."""

    id: uuid.UUID
    device: str
    created_at: datetime
    expires_at: datetime
    is_this: bool
    is_shared_computer: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """The reader's own account."""

    full_name: str
    username: str
    email: str
    phone: str
    roles: str
    has_password: bool
    sessions: list[SessionRow]

    @classmethod
    def of(cls, user: User, sessions: list[OpenSession], this: uuid.UUID) -> AccountPage:
        """Return the page for a person, who reads it in the login session ``this``."""
        return cls(
            full_name=user.full_name,
            username=user.username,
            email=user.email or "",
            phone=phone_text(user.phone),
            roles=", ".join(role_words(user.roles)),
            has_password=user.password_hash is not None,
            sessions=[
                SessionRow(
                    id=each.id,
                    device=each.device or _("Thiết bị chưa rõ"),
                    created_at=each.created_at,
                    expires_at=each.expires_at,
                    is_this=each.id == this,
                    is_shared_computer=each.is_shared_computer,
                )
                for each in sessions
            ],
        )


def role_words(roles: Role) -> list[str]:
    """Return what the roles are called."""
    words = {
        Role.LEARNER: _("Học viên"),
        Role.TRAINER: _("Giảng viên"),
        Role.COORDINATOR: _("Cán bộ điểm cầu"),
        Role.OFFICER: _("Cán bộ quản lý lớp"),
        Role.CLERK: _("Văn thư"),
        Role.AUDITOR: _("Người kiểm tra"),
    }
    return [words[each] for each in roles]


def slip_trouble(state: SlipState) -> str:
    """Return why a slip cannot be used and what to do."""
    return {
        SlipState.USED: _("Phiếu này đã dùng. Hãy xin phiếu mới hoặc đăng nhập bằng mật khẩu."),
        SlipState.EXPIRED: _("Phiếu này đã hết hạn. Hãy xin phiếu mới ở cán bộ quản lý lớp."),
        SlipState.CANCELLED: _("Phiếu này đã được thay bằng phiếu mới. Hãy dùng phiếu mới nhất."),
    }.get(state, _("Không tìm thấy mã này. Kiểm tra lại từng ký tự trên phiếu."))
