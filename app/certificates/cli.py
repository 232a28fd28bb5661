"""Certificates from the command line: ``certificate issue``, ``certificate verify``."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

import click

from app.auth.queries import find_user_by_login
from app.certificates import commands, queries
from app.certificates.commands import IssueOrder
from app.certificates.domain.register import CertificateState
from app.certificates.view_models.words import state_word
from app.cohorts.queries import find_cohort_by_code, get_cohort
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.errors import NotFoundError
from app.core.i18n import gettext as _

group = click.Group("certificate", help="giấy chứng nhận (certificates)")


@group.command("issue", help="cấp cho cả lớp (issue to a cohort)")
@click.argument("cohort")
@click.option("--decision", "decision_number", required=True, help="số quyết định (its number)")
@click.option(
    "--on",
    "decision_on",
    required=True,
    type=click.DateTime(["%d/%m/%Y", "%Y-%m-%d"]),
    help="ngày quyết định (day of the decision), dd/mm/yyyy",
)
@click.option("--officer", default=None, help="tên đăng nhập của người cấp (officer)")
@click.option("--on-paper", is_flag=True, help="tên còn lại xác nhận trên giấy (on paper)")
def issue(
    cohort: str, decision_number: str, decision_on: datetime, officer: str | None, *, on_paper: bool
) -> None:
    """Issue to everybody of a cohort who may have a certificate and has none."""
    found = find_cohort_by_code(cohort) or get_cohort(cohort)
    user = find_user_by_login(officer) if officer else None
    if officer and user is None:
        raise NotFoundError(_("Không có tài khoản “%(name)s”.", name=officer))
    batch = commands.issue_drawn_ahead(
        IssueOrder(
            cohort_id=found.id,
            decision_number=decision_number,
            decision_on=decision_on.date(),
            issued_at=utc_now(),
            issued_by_id=user.id if user else None,
            confirmed_on_paper=on_paper,
        ),
        transaction,
    )
    numbers = [row.register_no for row in queries.list_of_batch(batch.id)]
    values = {"n": len(numbers), "first": numbers[0], "last": numbers[-1]}
    click.echo(_("Đã cấp %(n)s giấy, số vào sổ %(first)s đến %(last)s.", **values))


@group.command("verify", help="kiểm tra một tệp PDF (check a PDF file)")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Say whether a file is, byte for byte, a certificate of this instance that is valid."""
    row = queries.find_by_digest(sha256(file.read_bytes()).hexdigest())
    if row is None:
        raise NotFoundError(
            _("Tệp này không trùng với giấy nào đã cấp ở đây. Hãy kiểm tra bằng mã trên giấy.")
        )
    click.echo(f"{row.register_no}: {state_word(row.state)}")
    if row.state is not CertificateState.VALID:
        raise click.exceptions.Exit(1)
