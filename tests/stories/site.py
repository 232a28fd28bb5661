"""The real server on the demo's data, and how a person of the demo uses it in a browser."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from playwright.sync_api import Page

from app.auth.commands import proof
from config import Config, secret_in
from seed.demo import prepare
from tests.needs import openssl_path

PASSWORD = "song-nui-mua-nang-42"
FIRST_CLASS = "ttcs-01-2026"
SECOND_CLASS = "ttcs-02-2026"
_ROOT = Path(__file__).resolve().parents[2]
_CHEAP = {"memory_cost": 64, "time_cost": 1, "parallelism": 1}


def prepared_demo(folder: Path) -> Path:
    """Make the demo's data in the folder; another process that asks for the same waits for them."""
    folder.mkdir(exist_ok=True)
    kept, proof.PARAMETERS = proof.PARAMETERS, _CHEAP
    try:
        config = Config(
            data_dir=folder, secret_key=secret_in(folder), demo=True, demo_password=PASSWORD
        )
        prepare(config, lambda _line: None)
    finally:
        proof.PARAMETERS = kept
    return folder


def copy_of(demo: Path, folder: Path) -> Path:
    """Return a copy of a prepared demo that a story may change."""
    shutil.copytree(demo, folder)
    return folder


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate for ``localhost`` and how a browser is told to trust it."""

    file: Path
    key: Path
    spki: str

    @classmethod
    def new(cls, folder: Path) -> Certificate:
        """Make one that is valid for a day: ECDSA, no chain."""
        file, key = folder / "certificate.pem", folder / "key.pem"
        openssl = openssl_path()
        subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        files = ["-keyout", str(key), "-out", str(file)]
        subprocess.run(
            [openssl, "req", "-x509", *curve, *files, "-days", "1", *subject],
            check=True,
            capture_output=True,
        )
        public = subprocess.run(
            [openssl, "pkey", "-in", str(key), "-pubout", "-outform", "DER"],
            check=True,
            capture_output=True,
        ).stdout
        return cls(file, key, base64.b64encode(hashlib.sha256(public).digest()).decode())


def _answers(port: int, certificate: Certificate | None) -> bool:
    connection: HTTPConnection = HTTPConnection("127.0.0.1", port, timeout=10)
    if certificate:
        trusting = ssl.create_default_context(cafile=str(certificate.file))
        connection = HTTPSConnection("localhost", port, timeout=10, context=trusting)
    with contextlib.suppress(OSError), contextlib.closing(connection):
        connection.request("GET", "/login")
        return connection.getresponse().status == 200
    return False


@contextmanager
def serving(
    folder: Path, port: int, base_url: str = "", certificate: Certificate | None = None
) -> Iterator[None]:
    """Run the server on an instance, in a process group of its own, for the length of the block.

    :param base_url: what the server takes for its own address; default: ``localhost`` and the port
    :param certificate: serve HTTP/2 over TLS with it instead of plain HTTP/1.1
    :raises RuntimeError: the server did not start
    """
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TAPHUAN_")},
        "TAPHUAN_DEMO": "1",
        "TAPHUAN_BASE_URL": base_url or f"http://localhost:{port}",
    }
    command = [sys.executable, "manage.py", "serve", "--data", str(folder), "--port", str(port)]
    if certificate:
        environment["TAPHUAN_DATA"] = str(folder)
        command = [sys.executable, "-m", "tests.stories.tls_server", str(port)]
        command += [str(certificate.file), str(certificate.key)]
    log = folder / "server.log"
    with log.open("w") as file:
        server = subprocess.Popen(
            command,
            cwd=_ROOT,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        until = time.monotonic() + 60
        while not _answers(port, certificate):
            if server.poll() is not None or time.monotonic() > until:
                message = f"the server did not start: {log.read_text()[-2000:]}"
                raise RuntimeError(message)
            time.sleep(0.05)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


@dataclass(frozen=True, slots=True)
class Site:
    """A running instance: its address and its folder."""

    url: str
    folder: Path

    def go(self, page: Page, path: str) -> None:
        """Open a path of the site."""
        page.goto(f"{self.url}{path}")

    def sign_in(self, page: Page, username: str) -> None:
        """Sign in with the password, as a person does."""
        self.go(page, "/login")
        page.fill("#login", username)
        page.fill("#password", PASSWORD)
        page.locator("form[action='/login'] button:not([type])").click()
        page.wait_for_url(lambda url: "/login" not in url)
