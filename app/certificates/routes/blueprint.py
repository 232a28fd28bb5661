"""The blueprint, and what its replies share."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from app.certificates.domain.file_names import paper_name
from app.certificates.queries import Paper
from app.core.allowance import Allowance

bp = Blueprint("certificates", __name__, template_folder="../templates")

PDF = "application/pdf"
ZIP = "application/zip"


@bp.after_request
def keep_no_copy(response: Response) -> Response:
    """Forbid copies: these pages hold names, and a revocation must show at once."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def base_url() -> str:
    """Return where this instance is reached, as printed in QR codes."""
    return str(current_app.config["BASE_URL"])


def wrong_codes() -> Allowance:
    """Return who may still type a wrong code: 60 at once from one address, then one in 3 s.

    Only codes that are none of ours count, so that 70 people behind one address scan in peace.
    """
    allowance: Allowance = current_app.extensions.setdefault(
        "wrong_codes", Allowance(most=60, per_minute=20)
    )
    return allowance


def file_reply(content: bytes, mimetype: str, name: str, *, inline: bool = False) -> Response:
    """Return a file under a plain ASCII name.

    :param inline: shown by a browser that can, saved by others
    """
    response = Response(content, mimetype=mimetype)
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


def paper_reply(paper: Paper, *, inline: bool = False) -> Response:
    """Return the stored bytes of a certificate, to the last one."""
    name = paper_name(paper.register_number, paper.register_year, paper.printed_name)
    response = file_reply(paper.content, PDF, f"{name}.pdf", inline=inline)
    response.set_etag(paper.sha256)
    response.make_conditional(request)
    return response
