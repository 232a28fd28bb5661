"""The learner's own certificate."""

from __future__ import annotations

from flask import Response, make_response, render_template

from app.auth.models import Role
from app.auth.session import current_user, requires_role
from app.certificates import queries
from app.certificates.routes.blueprint import base_url, bp, paper_reply
from app.certificates.view_models.papers import CertificatePage
from app.core.navigation import find_destination


@bp.get("/learn/<string:cohort>/certificate")
@requires_role(Role.LEARNER)
def show_mine(cohort: str) -> Response:
    """Show the learner's certificate with its QR and the way to the file."""
    row = queries.get_mine(current_user().id, cohort)
    page = CertificatePage.of(row, base_url())
    back_url = find_destination("cohort_outline", cohort=cohort)
    return make_response(
        render_template("certificates/mine.html", page=page, cohort=cohort, back_url=back_url)
    )


@bp.get("/learn/<string:cohort>/certificate.pdf")
@requires_role(Role.LEARNER)
def show_my_paper(cohort: str) -> Response:
    """Give the learner the file, by a plain address that any browser can follow."""
    row = queries.get_mine(current_user().id, cohort)
    return paper_reply(queries.get_paper(row.id))
