"""Issuing to a cohort: who is ready, the confirmation, the papers for the printer."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.certificates import commands, queries
from app.certificates.domain.stored_face import face_from_values
from app.certificates.drawing import draw, draw_all
from app.certificates.errors import CertificateNotFoundError
from app.certificates.forms import DecisionForm, IssueForm
from app.certificates.routes.blueprint import PDF, ZIP, base_url, bp, file_reply
from app.certificates.view_models.files import zip_of
from app.certificates.view_models.lists import CohortPage, ConfirmPage, preview_face
from app.cohorts.models import Cohort
from app.cohorts.queries import get_cohort
from app.core.clock import utc_now
from app.core.db import transaction
from app.core.htmx import redirect


def _cohort_page(cohort: Cohort, form: DecisionForm, status: int = 200) -> Response:
    page = CohortPage.of(
        cohort,
        queries.list_candidates(cohort.id),
        queries.list_of_cohort(cohort.id),
        has_issuer=queries.find_issuer() is not None,
    )
    said = request.args.get("issued", type=int)
    html = render_template("certificates/cohort.html", page=page, form=form, issued=said)
    return make_response(html, status)


@bp.get("/cohorts/<string:cohort>/certificates")
@requires_role(Role.OFFICER)
def show_cohort(cohort: str) -> Response:
    """Show who is ready, what others lack, and what was issued."""
    return _cohort_page(get_cohort(cohort), DecisionForm())


@bp.get("/cohorts/<string:cohort>/certificates/confirm")
@requires_role(Role.OFFICER)
def show_confirmation(cohort: str) -> Response:
    """Show how many would be issued and with which numbers; nothing happens yet."""
    found = get_cohort(cohort)
    form = DecisionForm(request.args)
    if not form.validate():
        return _cohort_page(found, form, 422)
    order = form.order(cohort_id=found.id, issued_by_id=current_user().id, issued_at=utc_now())
    page = ConfirmPage.of(found, order, commands.plan(order))
    return make_response(render_template("certificates/confirm.html", page=page))


@bp.get("/cohorts/<string:cohort>/certificates/preview.pdf")
@requires_role(Role.OFFICER)
def show_preview(cohort: str) -> Response:
    """Give the first paper as it would be printed, without a number; nothing happens yet."""
    found = get_cohort(cohort)
    form = DecisionForm(request.args)
    if not form.validate():
        return _cohort_page(found, form, 422)
    order = form.order(cohort_id=found.id, issued_by_id=current_user().id, issued_at=utc_now())
    face = preview_face(commands.plan(order)[0], base_url())
    return file_reply(draw(face), PDF, f"{found.slug}-xem-truoc.pdf", inline=True)


@bp.post("/cohorts/<string:cohort>/certificates")
@requires_role(Role.OFFICER)
def create_batch(cohort: str) -> Response:
    """Issue to exactly those who were shown, with exactly those numbers, or to nobody."""
    found = get_cohort(cohort)
    form = IssueForm.posted()
    if not form.validate():
        return _cohort_page(found, form, 422)
    order = form.order(cohort_id=found.id, issued_by_id=current_user().id, issued_at=utc_now())
    commands.issue_drawn_ahead(order, transaction)
    return redirect("certificates.show_cohort", cohort=cohort, issued=len(form.enrolment_ids()))


@bp.get("/cohorts/<string:cohort>/certificates.pdf")
@requires_role(Role.OFFICER)
def show_print_file(cohort: str) -> Response:
    """Give all valid certificates of a cohort as one PDF for the printer."""
    found = get_cohort(cohort)
    faces = [face_from_values(values) for values in queries.list_faces(found.id)]
    if not faces:
        raise CertificateNotFoundError
    return file_reply(draw_all(faces), PDF, f"{found.slug}-chung-nhan.pdf", inline=True)


@bp.get("/cohorts/<string:cohort>/certificates.zip")
@requires_role(Role.OFFICER)
def show_archive(cohort: str) -> Response:
    """Give the stored file of each valid certificate of a cohort, as one ZIP."""
    found = get_cohort(cohort)
    papers = queries.list_papers(found.id)
    if not papers:
        raise CertificateNotFoundError
    return file_reply(zip_of(papers), ZIP, f"{found.slug}-chung-nhan.zip")
