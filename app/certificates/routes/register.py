"""The register and what is done with one certificate; the settings of the paper."""

from __future__ import annotations

import uuid

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.certificates import commands, queries
from app.certificates.forms import IssuerForm, ReissueForm, RevokeForm
from app.certificates.queries import CertificateRow
from app.certificates.routes.blueprint import base_url, bp, file_reply, paper_reply
from app.certificates.view_models.files import register_book
from app.certificates.view_models.lists import RegisterLine
from app.certificates.view_models.papers import CertificatePage
from app.core.clock import to_local, utc_now
from app.core.db import transaction
from app.core.errors import InvalidInputError
from app.core.forms import stored_number
from app.core.htmx import redirect
from app.core.sheets import XLSX

_READERS = Role.OFFICER | Role.CLERK | Role.AUDITOR


def _chosen_year() -> int:
    return request.args.get("year", type=stored_number) or to_local(utc_now()).year


@bp.get("/certificates/register")
@requires_role(_READERS)
def show_register() -> Response:
    """Show the register of a year."""
    year = _chosen_year()
    lines = [RegisterLine.of(row) for row in queries.list_register(year)]
    years = sorted({year, *queries.list_register_years()}, reverse=True)
    html = render_template(
        "certificates/register.html",
        lines=lines,
        year=year,
        years=[(str(each), str(each)) for each in years],
    )
    return make_response(html)


@bp.get("/certificates/register.xlsx")
@requires_role(_READERS)
def show_register_book() -> Response:
    """Give the register of a year with the columns of the paper book."""
    year = _chosen_year()
    content = register_book(queries.list_register(year), year)
    return file_reply(content, XLSX, f"so-cap-chung-nhan-{year}.xlsx")


@bp.get("/certificates/<uuid:certificate_id>")
@requires_role(_READERS)
def show_certificate(certificate_id: uuid.UUID) -> Response:
    """Show one certificate and its way through the register."""
    page = CertificatePage.of(queries.get_row(certificate_id), base_url())
    html = render_template(
        "certificates/certificate.html",
        page=page,
        certificate_id=certificate_id,
        may_change=current_user().has(Role.OFFICER),
    )
    return make_response(html)


@bp.get("/certificates/<uuid:certificate_id>/paper.pdf")
@requires_role(_READERS)
def show_paper(certificate_id: uuid.UUID) -> Response:
    """Give the stored file of one certificate."""
    return paper_reply(queries.get_paper(certificate_id), inline=True)


def _revoke_page(row: CertificateRow, form: RevokeForm, status: int = 200) -> Response:
    page = CertificatePage.of(row, base_url())
    html = render_template("certificates/revoke.html", page=page, form=form, certificate_id=row.id)
    return make_response(html, status)


@bp.get("/certificates/<uuid:certificate_id>/revoke")
@requires_role(Role.OFFICER)
def show_revocation(certificate_id: uuid.UUID) -> Response:
    """Ask why, and whether the officer is sure."""
    return _revoke_page(queries.get_row(certificate_id), RevokeForm())


@bp.post("/certificates/<uuid:certificate_id>/revoke")
@requires_role(Role.OFFICER)
def revoke_certificate(certificate_id: uuid.UUID) -> Response:
    """Make a certificate invalid from now on."""
    form = RevokeForm.posted()
    if not form.validate():
        return _revoke_page(queries.get_row(certificate_id), form, 422)
    with transaction():
        commands.revoke(
            certificate_id=certificate_id,
            reason=form.reason.data or "",
            revoked_by_id=current_user().id,
            revoked_at=utc_now(),
        )
    return redirect("certificates.show_certificate", certificate_id=certificate_id)


def _reissue_page(
    row: CertificateRow, form: ReissueForm, status: int = 200, sentence: str = ""
) -> Response:
    page = CertificatePage.of(row, base_url())
    html = render_template(
        "certificates/reissue.html",
        page=page,
        form=form,
        certificate_id=row.id,
        sentence=sentence,
    )
    return make_response(html, status)


@bp.get("/certificates/<uuid:certificate_id>/reissue")
@requires_role(Role.OFFICER)
def show_reissue(certificate_id: uuid.UUID) -> Response:
    """Show what would be printed on the new certificate, to be corrected."""
    row = queries.get_row(certificate_id)
    form = ReissueForm(
        full_name=row.printed_name, unit_name=row.unit_name, position_title=row.position_title
    )
    return _reissue_page(row, form)


@bp.post("/certificates/<uuid:certificate_id>/reissue")
@requires_role(Role.OFFICER)
def create_reissue(certificate_id: uuid.UUID) -> Response:
    """Put a new certificate with its own numbers in the place of the old one."""
    row = queries.get_row(certificate_id)
    form = ReissueForm.posted()
    if not form.validate():
        return _reissue_page(row, form, 422)
    try:
        with transaction():
            commands.reissue(
                certificate_id=certificate_id,
                reissued_by_id=current_user().id,
                reissued_at=utc_now(),
                **form.corrections(),
            )
    except InvalidInputError as error:
        return _reissue_page(row, form, 422, error.sentence)
    new_id = queries.get_row(certificate_id).successor_id
    return redirect("certificates.show_certificate", certificate_id=new_id)


def _settings_page(form: IssuerForm, status: int = 200, sentence: str = "") -> Response:
    saved = "saved" in request.args
    html = render_template("certificates/settings.html", form=form, saved=saved, sentence=sentence)
    return make_response(html, status)


@bp.get("/certificates/settings")
@requires_role(Role.OFFICER)
def show_settings() -> Response:
    """Show who issues and who signs, as printed from now on."""
    return _settings_page(IssuerForm.of(queries.find_issuer()))


@bp.post("/certificates/settings")
@requires_role(Role.OFFICER)
def save_settings() -> Response:
    """Keep the settings; papers issued before stay as they are."""
    form = IssuerForm.posted()
    if not form.validate():
        return _settings_page(form, 422)
    try:
        with transaction():
            commands.save_issuer(
                form.values(), changed_by_id=current_user().id, changed_at=utc_now()
            )
    except InvalidInputError as error:
        return _settings_page(form, 422, error.sentence)
    return redirect("certificates.show_settings", saved=1)
