"""The application with a bare Flask reply beside it, in the same process of the same server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from app.auth.session import requires_sign_in
from app.core.access import public
from benchmarks.data import BARE_PATH, INSIDE_PATH, SIGNED_IN_PATH
from wsgi import app as taphuan

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

bare = Flask("bare")


@bare.get(BARE_PATH)
def hello() -> str:
    """Return the least that a Flask view can."""
    return "Hello, World!"


taphuan.add_url_rule(INSIDE_PATH, "bare_inside", public(hello))
taphuan.add_url_rule(SIGNED_IN_PATH, "bare_signed_in", requires_sign_in(hello))


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer ``/bare`` by the bare application and everything else by the real one."""
    chosen = bare if environ["PATH_INFO"] == BARE_PATH else taphuan
    return chosen.wsgi_app(environ, start_response)
