"""HTTP by hand over one kept connection: light enough not to disturb what is measured."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from tests.reliability.server import HOST


class BrokenWireError(ConnectionError):
    """The connection ended before the whole reply was here: nothing is acknowledged."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole reply; the body as it came over the wire."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, or an empty text."""
        for line in self.head.split(b"\r\n")[1:]:
            found, _colon, value = line.partition(b":")
            if found.decode().lower() == name.lower():
                return value.decode().strip()
        return ""

    @property
    def wire_bytes(self) -> int:
        """Return the size of the reply with its headers."""
        return len(self.head) + 4 + len(self.body)


def get(path: str, cookie: str = "", **headers: str) -> bytes:
    """Return the bytes of a GET request; ``if_none_match="…"`` becomes ``If-None-Match: …``."""
    return _request("GET", path, cookie, headers, b"")


def post(path: str, fields: Mapping[str, str], cookie: str = "", **headers: str) -> bytes:
    """Return the bytes of a posted form, as htmx on a page of this site sends it."""
    body = urlencode(fields).encode()
    ours = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Length": str(len(body)),
        "HX-Request": "true",
        **headers,
    }
    return _request("POST", path, cookie, ours, body)


def _request(method: str, path: str, cookie: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        f"Host: {HOST}",
        "Accept-Encoding: gzip, br",
        "Sec-Fetch-Site: same-origin",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    if cookie:
        lines.append(f"Cookie: th={cookie}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Wire:
    """One kept connection; a request at a time."""

    def __init__(self, port: int, timeout: float = 30.0) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=timeout)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest = b""

    def fileno(self) -> int:
        """Return the number to wait on."""
        return self._socket.fileno()

    def send(self, request: bytes) -> None:
        """Send a request."""
        try:
            self._socket.sendall(request)
        except OSError as error:
            raise BrokenWireError from error

    def receive(self) -> Reply:
        """Return the whole reply to the request sent.

        :raises BrokenWireError: the connection ended or stood still before
        """
        data = self._rest
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _gap, body = data.partition(b"\r\n\r\n")
        length = 0
        for line in head.split(b"\r\n"):
            if line[:15].lower() == b"content-length:":
                length = int(line[15:])
        while len(body) < length:
            body += self._more()
        self._rest = body[length:]
        return Reply(int(head[9:12]), head, body[:length])

    def ask(self, request: bytes) -> Reply:
        """Send a request and return its reply."""
        self.send(request)
        return self.receive()

    def _more(self) -> bytes:
        try:
            data = self._socket.recv(65536)
        except OSError as error:
            raise BrokenWireError from error
        if not data:
            raise BrokenWireError
        return data

    def close(self) -> None:
        """End the connection."""
        self._socket.close()
