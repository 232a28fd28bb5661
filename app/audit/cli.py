"""The log from the command line: ``taphuan audit verify``."""

from __future__ import annotations

import click

from app.audit import commands, queries
from app.core.errors import RuleBrokenError
from app.core.i18n import gettext as _

group = click.Group("audit", help="nhật ký hệ thống (the audit log)")


@group.command("verify", help="kiểm tra nhật ký nguyên vẹn (check the log is whole)")
def verify() -> None:
    """Check that nobody changed the log; print its newest seal, which may be kept elsewhere."""
    broken = commands.verify_chain()
    if broken is not None:
        raise RuleBrokenError(
            _(
                "Nhật ký đã bị sửa từ mục số %(n)s. Giữ nguyên máy chủ, đối chiếu với bản sao lưu.",
                n=broken,
            )
        )
    last = queries.find_last()
    if last is None:
        click.echo(_("Nhật ký chưa có mục nào."))
        return
    click.echo(_("Nhật ký nguyên vẹn: %(n)s mục.", n=last.number))
    click.echo(_("Dấu niêm của mục cuối: %(seal)s", seal=last.hash))
