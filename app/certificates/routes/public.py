"""Verification: anybody who holds a code may ask."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from app.certificates import queries
from app.certificates.domain.codes import find_code, grouped
from app.certificates.errors import TooManyCodesError
from app.certificates.routes.blueprint import bp, wrong_codes
from app.certificates.view_models.papers import VerifyPage
from app.core.access import public
from app.core.allowance import address_key
from app.core.clock import utc_now
from app.core.htmx import redirect


@bp.get("/verify")
@public
def show_verify() -> Response:
    """Ask for a code; one that was sent along is looked up at its own address."""
    typed = request.args.get("code", "").strip()[:80]
    if typed:
        return redirect("certificates.show_verification", code=find_code(typed) or typed)
    return make_response(render_template("certificates/verify.html", page=None, typed=""))


@bp.get("/verify/<string:code>")
@public
def show_verification(code: str) -> Response:
    """Say how a certificate stands; of an unknown code only that it is unknown."""
    known = find_code(code)
    # A text that cannot be a code is looked up all the same: it takes as long as a wrong code.
    row = queries.find_by_code(known or "")
    if row is not None:
        page = VerifyPage.of(row)
        typed = grouped(row.code)
        return make_response(render_template("certificates/verify.html", page=page, typed=typed))
    wait = wrong_codes().spend(address_key(request.remote_addr), utc_now())
    if wait:
        raise TooManyCodesError(wait)
    return make_response(render_template("certificates/unknown.html"), 404)
