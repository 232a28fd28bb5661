"""What `taphuan test` and `taphuan check` run: the tests, and the tools that read the source.

The tools are started as programs of this environment, so a moved folder and a path with a space
do no harm. Only the standard library is imported: a broken application can still be checked.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LAYERS = "from importlinter.cli import lint_imports_command; lint_imports_command(['--no-logo'])"

# What each tool promises, in the order in which a mistake is cheapest to find.
TOOLS: dict[str, tuple[str, ...]] = {
    "ruff check": ("-m", "ruff", "check", "--output-format=concise", "."),
    "ruff format": ("-m", "ruff", "format", "--check", "--output-format=concise", "."),
    "mypy": ("-m", "mypy"),
    "import-linter": ("-c", LAYERS),
    "djlint": ("-m", "djlint", "--lint", "--quiet", "app"),
}


# The features whose promises must hold on PostgreSQL as well as on SQLite.
ON_BOTH_DATABASES = tuple(
    f"tests/{feature}"
    for feature in (
        "audit",
        "auth",
        "certificates",
        "cohorts",
        "courses",
        "dashboards",
        "progress",
        "quizzes",
        "units",
    )
)


def run_tests(arguments: Sequence[str] = ()) -> int:
    """Run the test suite on all cores and return pytest's exit status.

    The whole suite runs on SQLite; then the tests of the features run again on a private
    PostgreSQL. Each summary names what was skipped with the reason and how to get what is missing.
    ``arguments`` are passed on to pytest; a path or ``-k`` runs a part only, on SQLite.
    """
    parallel = ("-m", "pytest", "--quiet", "--numprocesses=auto", "--dist=loadfile")
    status = _run(*parallel, *arguments)
    if arguments:
        return status
    _say("The same features on PostgreSQL:")
    chosen = ("-m", "not browser and not postgres and not slow", "--ignore-glob=*/domain/*")
    on_postgres = _run(*parallel, *chosen, *ON_BOTH_DATABASES, TAPHUAN_TEST_DATABASE="postgresql")
    return status or on_postgres


def run_tools() -> int:
    """Run every tool that reads the source; 0 when all are content, else 1."""
    failed = []
    for name, command in TOOLS.items():
        started = time.monotonic()
        if _run(*command) != 0:
            failed.append(name)
        _say(f"{name}: {'FAILED' if name in failed else 'ok'}, {time.monotonic() - started:.1f} s")
    if failed:
        _say(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def run_checks() -> int:
    """Run the tools, then the tests, both in any case; 0 when both are content."""
    tools = run_tools()
    return run_tests() or tools


def _run(*arguments: str, **settings: str) -> int:
    """Run this Python at the root of the program, without the settings of an instance."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("TAPHUAN_") or name.startswith("TAPHUAN_TEST_")
    } | settings
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(run_tools())
