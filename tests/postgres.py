"""A private PostgreSQL for the tests: made in a temporary folder, gone afterwards.

Nothing of a PostgreSQL that already runs on the machine is touched: own folder, own port, own
socket. Durability is switched off, the data live for one test run.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=32MB"


@contextmanager
def private_cluster(bin_dir: Path) -> Iterator[str]:
    """Run a cluster with one empty database and yield its SQLAlchemy address.

    PostgreSQL refuses to run as root; then the user ``postgres`` (or ``nobody``) runs it.
    """
    account = _account()
    # Sockets have short names only, so the folder is directly under the temporary one.
    folder = Path(tempfile.mkdtemp(prefix="taphuan-pg-"))
    data = folder / "data"
    port = _free_port()
    try:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -k {folder} {FAST}"
        control = [bin_dir / "pg_ctl", "--pgdata", data, "--wait", "--silent"]
        made = ["--username=taphuan", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
        _run([bin_dir / "initdb", "--pgdata", data, "--no-sync", *made], account, folder)
        _run([*control, "--log", folder / "log", "--options", options, "start"], account, folder)
        try:
            yield f"postgresql+psycopg://taphuan@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "--mode", "immediate", "stop"], account, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str | Path], account: pwd.struct_passwd | None, folder: Path) -> None:
    """Run a program of PostgreSQL and show what it said if it failed."""
    # The server keeps the output it inherits, so a pipe would never end: a file does.
    output = folder / "output"
    with output.open("ab") as file:
        done = subprocess.run(
            command,
            check=False,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    if done.returncode != 0:
        log = folder / "log"
        said = output.read_text(errors="replace") + (log.read_text() if log.exists() else "")
        raise RuntimeError(f"{Path(command[0]).name} failed ({done.returncode}):\n{said}")


def _account() -> pwd.struct_passwd | None:
    """Return the account to run under when this process is root, else None."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root and there is no user postgres or nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
