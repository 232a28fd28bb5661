"""The server behind TLS 1.3 and HTTP/2, as browsers meet it in a department.

Run by the stories: ``python -m tests.stories.tls_server PORT CERTIFICATE KEY``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

if __name__ == "__main__":
    port, certificate, key = sys.argv[1:]
    Granian(
        "wsgi:app",
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=4,
        log_access=False,
        websockets=False,
        ssl_cert=Path(certificate),
        ssl_key=Path(key),
    ).serve()
