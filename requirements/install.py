"""Make `.venv` from the hash-locked files beside this one.

Started by `taphuan` with any Python that is new enough, before a single package is there: it uses
the standard library only. Two calls at once wait for each other, an interrupted one is repaired by
the next, and what is printed stands in both languages because nobody could choose one yet.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

LOCKS = Path(__file__).resolve().parent
ROOT = LOCKS.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MADE_FOR = VENV / "made-for"
UNFINISHED = VENV / "unfinished"


class InstallError(Exception):
    """A sentence for the person at the keyboard: what went wrong and what to do."""


def main(names: list[str]) -> int:
    """Install the named locks and return the exit status."""
    started = time.monotonic()
    try:
        with (ROOT / ".venv.lock").open("w") as lock:
            _wait_for(lock.fileno())
            _install([name for name in names if not _is_installed(name)], names)
    except KeyboardInterrupt:
        _say("Đã dừng. Lần gọi sau sẽ cài lại từ đầu.", "Stopped. The next call starts again.")
        return 130
    except InstallError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        _say(
            f"Không ghi được vào {ROOT}: hãy xem quyền của thư mục và chỗ trống trên đĩa.",
            f"Cannot write to {ROOT}: check its permissions and the free space. ({error})",
        )
        return 1
    _say(
        f"Xong sau {time.monotonic() - started:.0f} giây.",
        f"Done in {time.monotonic() - started:.0f} seconds.",
    )
    return 0


def _install(missing: list[str], wanted: list[str]) -> None:
    if not missing:
        return
    if UNFINISHED.exists() or not _is_usable():
        _make_venv()
        missing = wanted
    UNFINISHED.touch()
    for name in missing:
        lock = LOCKS / f"{name}.txt"
        count = sum(1 for line in lock.read_text().splitlines() if "==" in line)
        _say(f"Đang cài {count} gói ({name})…", f"Installing {count} packages ({name})…")
        if not (_install_with_uv(lock) or _run("pip", "install", "--require-hashes", "-r", lock)):
            raise InstallError(
                "Chưa cài được các gói. Hãy xem kết nối mạng (hoặc đặt HTTPS_PROXY, PIP_INDEX_URL)"
                " rồi gọi lại.\n"
                "The packages could not be installed. Check the network (or set HTTPS_PROXY,"
                " PIP_INDEX_URL), then call again."
            )
        shutil.copyfile(lock, VENV / f"installed-{name}.txt")
    UNFINISHED.unlink()


def _make_venv() -> None:
    _say("Đang tạo môi trường Python (.venv)…", "Making the Python environment (.venv)…")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        check=False,
        capture_output=True,
        text=True,
    )
    if made.returncode != 0:
        raise InstallError(
            "Chưa tạo được .venv: Python trên máy này thiếu mô-đun venv, hoặc thư mục không ghi"
            " được.\nTrên Debian hoặc Ubuntu, hãy chạy:\n    sudo apt install python3-venv\n"
            "The environment .venv could not be made: the module venv is missing (see the line"
            " above), or the folder cannot be written.\n" + made.stdout[-600:] + made.stderr[-600:]
        )
    UNFINISHED.touch()
    MADE_FOR.write_text(f"{PYTHON.resolve()}\n")


def _install_with_uv(lock: Path) -> bool:
    """Install with uv, which is many times faster; say no where it cannot be had."""
    uv = VENV / "bin" / "uv"
    options = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
    if not uv.exists() and not _run("pip", "install", *options, "-r", LOCKS / "uv.txt", quiet=True):
        return False
    environment = os.environ.copy()
    if "PIP_INDEX_URL" in environment:
        environment.setdefault("UV_DEFAULT_INDEX", environment["PIP_INDEX_URL"])
    command = [str(uv), "pip", "install", "--quiet", "--python", str(PYTHON)]
    command += ["--require-hashes", "-r", str(lock)]
    return subprocess.run(command, env=environment, check=False).returncode == 0


def _run(module: str, *arguments: str | Path, quiet: bool = False) -> bool:
    """Run a module of the environment's Python and say whether it succeeded."""
    command = [str(PYTHON), "-m", module, "--disable-pip-version-check", "--no-input", "--quiet"]
    command += [str(argument) for argument in arguments]
    stderr = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, stderr=stderr, check=False).returncode == 0


def _is_installed(name: str) -> bool:
    copy = VENV / f"installed-{name}.txt"
    return (
        _is_usable() and copy.exists() and copy.read_bytes() == (LOCKS / f"{name}.txt").read_bytes()
    )


def _is_usable() -> bool:
    """Say whether the environment was completed for a Python that is still there."""
    return (
        os.access(PYTHON, os.X_OK)
        and MADE_FOR.exists()
        and MADE_FOR.read_text().strip() == str(PYTHON.resolve())
    )


def _wait_for(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        _say("Đang chờ một lần cài đặt khác…", "Waiting for another installation…")
        fcntl.flock(lock, fcntl.LOCK_EX)


def _say(vietnamese: str, english: str) -> None:
    """Print progress on standard error, so that the output of a command stays its own."""
    print(f"{vietnamese}  {english}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
