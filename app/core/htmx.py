"""Fragments or pages: the only user of htmx-Flask.

The address and the template are the same with and without script; htmx gets the part of the page
that changed. Understands the request headers of htmx 2 and 4.
"""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request, url_for
from htmx_flask import Htmx

VARY = "HX-Request"


def init_htmx(app: Flask) -> None:
    """Teach the application's requests to know htmx."""
    Htmx(app)


def wants_fragment() -> bool:
    """Say whether htmx asks for a part of the page (not for a restored or boosted whole page)."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return (
        bool(htmx)
        and not htmx.boosted
        and not htmx.history_restore_request
        and request.headers.get("HX-Request-Type") != "full"
    )


def render(page: str, fragment: str, status: int = 200, **context: object) -> Response:
    """Render the fragment for htmx, the page that includes it for a plain browser."""
    template = fragment if wants_fragment() else page
    response = make_response(render_template(template, **context), status)
    response.vary.add(VARY)
    return response


def redirect(endpoint: str, **values: object) -> Response:
    """Send the browser on with GET (303); htmx is told to load the whole page.

    :param endpoint: name of a route
    """
    return redirect_to(url_for(endpoint, **values))  # type: ignore[arg-type]


def redirect_to(path: str) -> Response:
    """Send the browser on to a path of this site with GET (303)."""
    if request.htmx:  # type: ignore[attr-defined]
        response = make_response("", 200)
        response.headers["HX-Redirect"] = path
        return response
    response = make_response("", 303)
    response.headers["Location"] = path
    return response


def reload_page() -> Response:
    """Tell htmx to load the page again that it asks for: its parts cannot be brought up to date."""
    response = make_response("", 200)
    response.headers["HX-Refresh"] = "true"
    return response
