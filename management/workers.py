"""Load the application once, then let the server's workers be copies of this process."""

from __future__ import annotations

import gc
import multiprocessing
from importlib import import_module

from app.core.server import run_server


def run_workers(host: str, port: int, *, workers: int) -> None:
    """Run the production server until it is told to stop.

    Where a worker is forked, it finds the modules already there and shares their memory: one import
    instead of one a worker. Only modules are loaded, nothing is opened and no thread begun; each
    worker makes its own application. Elsewhere each worker imports for itself.
    """
    if multiprocessing.get_start_method() == "fork":
        import_module("app.factory")
        gc.freeze()  # the collector would touch, and so copy, what the workers share
    run_server(host, port, workers=workers)
