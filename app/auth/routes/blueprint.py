"""The blueprint, and what its pages share."""

from __future__ import annotations

from urllib.parse import unquote

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import HTTPException

from app.auth.domain.devices import device_name
from app.auth.domain.paths import own_path
from app.core.navigation import destination, menu_for

bp = Blueprint("auth", __name__, template_folder="../templates")
_NOWHERE = frozenset({"auth.show_home", "auth.show_sign_in", "auth.sign_out"})


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """Forbid every copy: these pages hold passwords, codes and where somebody is signed in."""
    response.headers["Cache-Control"] = "no-store"
    return response


def known_path(text: str | None) -> str | None:
    """Return a posted ``next`` if it is the path of a page of this site that can be opened."""
    path = own_path(text)
    if path is None:
        return None
    try:
        endpoint, _values = current_app.create_url_adapter(request).match(  # type: ignore[union-attr]
            unquote(path.partition("?")[0]), method="GET"
        )
    except HTTPException:
        return None
    return None if endpoint in _NOWHERE else path


def first_page(roles: object) -> str:
    """Return where somebody with these roles begins: the first page of their menu."""
    menu = menu_for(roles)
    return menu[0].url if menu else "/account"


def verify_url() -> str:
    """Return the address of the public check of certificates, or nothing while there is none."""
    known = current_app.extensions.get("destinations", {})
    return destination("verify") if "verify" in known else ""


def device() -> str:
    """Return the short name of the browser that asks."""
    return device_name(request.headers.get("User-Agent", ""))


def address() -> str:
    """Return the address the request comes from, as told by the trusted proxies."""
    return request.remote_addr or ""
