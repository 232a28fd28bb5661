"""The application with a bare Flask reply beside it, in the same process of the same server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

from benchmarks.data import BARE_PATH
from wsgi import app as taphuan

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

bare = Flask("bare")


@bare.get(BARE_PATH)
def hello() -> str:
    """Return the least that a Flask view can."""
    return "Hello, World!"


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer ``/bare`` by the bare application and everything else by the real one."""
    chosen = bare if environ["PATH_INFO"] == BARE_PATH else taphuan
    return chosen.wsgi_app(environ, start_response)
