"""An instance in a folder of its own and the real server on it, in a process group of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from app.core.db import Base
from app.core.schema import upgrade_schema
from app.core.server import APPLICATION
from app.factory import create_app
from config import Config, secret_in

HOST = "127.0.0.1"
_ROOT = Path(__file__).resolve().parent.parent.parent
_PROBE = f"GET /s/none.js HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
_TICK = os.sysconf("SC_CLK_TCK")


def new_instance(folder: Path, database_url: str = "") -> Flask:
    """Return the application of a new instance in that folder, its database made and empty.

    On SQLite the file is in WAL mode and every commit is on the disk (``synchronous=FULL``).
    """
    config = Config(
        data_dir=folder,
        secret_key=secret_in(folder),
        base_url=f"http://{HOST}",
        database_url=database_url,
        testing=True,
    )
    upgrade_schema(config.sqlalchemy_url)
    engine = sa.create_engine(config.sqlalchemy_url)
    Base.metadata.create_all(engine)
    engine.dispose()
    return create_app(config)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class _Stat:
    """What ``/proc/<pid>`` says of one process.

    ``seconds``: processor time of its threads (counted in nanoseconds) and of its ended children.
    """

    pid: int
    state: str
    group: int
    seconds: float


def _stat(pid: int) -> _Stat | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    nanoseconds = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            nanoseconds += int(task.read_text().split()[0])
    of_children = (int(fields[13]) + int(fields[14])) / _TICK
    return _Stat(pid, fields[0], int(fields[2]), nanoseconds / 1e9 + of_children)


class Server:
    """A running server: the parent process and its workers, which are one process group."""

    def __init__(self, group: int, port: int, log: Path) -> None:
        self._group = group
        self._log = log
        self.port = port

    def _members(self) -> list[_Stat]:
        stats = (_stat(int(each.name)) for each in Path("/proc").iterdir() if each.name.isdigit())
        return [each for each in stats if each and each.group == self._group]

    def _is_running(self) -> bool:
        return any(each.state not in "ZX" for each in self._members())

    def cpu_seconds(self) -> float:
        """Return the processor time used so far by all processes, ended workers included."""
        return sum(each.seconds for each in self._members())

    def kill(self) -> None:
        """End all processes at once without a chance to tidy up (SIGKILL) and wait for the end."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._group, signal.SIGKILL)
        assert _within(10, lambda: not self._is_running()), "the workers did not end"

    def stop(self) -> None:
        """Ask the server to stop, wait for the end, and kill it if it does not come."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._group, signal.SIGTERM)
        _within(10, lambda: not self._is_running())
        self.kill()

    def _answers(self) -> bool:
        try:
            with socket.create_connection((HOST, self.port), timeout=10) as probe:
                probe.sendall(_PROBE)
                return probe.recv(9) == b"HTTP/1.1 "
        except OSError:
            return False

    def wait_until_ready(self) -> None:
        """Wait until the server answers.

        :raises RuntimeError: it ended, or did not answer in a minute
        """
        _within(60, lambda: self._answers() or not self._is_running())
        if not self._answers():
            said = self._log.read_text(errors="replace")[-2000:] if self._log.exists() else ""
            message = f"the server did not start:\n{said}"
            raise RuntimeError(message)


def _within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.005)
    return True


class Launcher:
    """A process that has the application imported and forks servers from itself."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.reliability.launcher"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Launcher:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def start(self, folder: Path, *, workers: int = 2, target: str = APPLICATION) -> Server:
        """Start the server on an instance and return it once it answers; its log is beside."""
        assert self._process.stdin
        assert self._process.stdout
        port = free_port()
        order = {
            "port": port,
            "workers": workers,
            "target": target,
            "log": str(folder / "server.log"),
            "environment": {"TAPHUAN_DATA": str(folder), "TAPHUAN_BASE_URL": f"http://{HOST}"},
        }
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        server = Server(int(self._process.stdout.readline()), port, folder / "server.log")
        try:
            server.wait_until_ready()
        except BaseException:
            server.kill()
            raise
        return server

    @contextmanager
    def serving(self, folder: Path, *, target: str = APPLICATION) -> Iterator[Server]:
        """Run the server on an instance for the length of the block."""
        server = self.start(folder, target=target)
        try:
            yield server
        finally:
            server.stop()
