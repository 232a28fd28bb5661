"""The production server and its flags, in one place for the command line, tests and benchmarks."""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces

APPLICATION = "wsgi:app"


def run_server(host: str, port: int, *, workers: int, target: str = APPLICATION) -> None:
    """Run the production server until it is told to stop.

    The backlog flags keep several thousand open connections from stalling (granian's defaults stall
    above 1,024). Two threads a worker: one may wait for the disk while the other works; more only
    take the interpreter from each other (four cost a third more processor time a request).

    :param target: ``module:name`` of the WSGI application
    """
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        backlog=8192,
        backpressure=4096,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
    ).serve()
