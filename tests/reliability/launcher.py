"""Import the application once, then fork a server for each order read from standard input.

Importing is nearly all of a start (about 3 seconds of a processor); ``./taphuan`` pays it once in
the parent of the workers, and a test that starts the server many times pays it once here.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from typing import Any

import app.factory  # noqa: F401 -- imported before forking, as the command line does
from app.core.server import run_server
from tests.reliability.server import HOST


def _become_server(order: dict[str, Any]) -> None:
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    silence = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((silence, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    run_server(HOST, order["port"], workers=order["workers"], target=order["target"])


def main() -> None:
    """Serve orders until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended servers leave nothing behind
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                _become_server(order)
            finally:
                os._exit(0)
        with contextlib.suppress(OSError):  # whoever is first; the group exists when it is named
            os.setpgid(pid, pid)
        print(pid, flush=True)  # noqa: T201 -- the answer to the order


if __name__ == "__main__":
    main()
