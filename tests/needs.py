"""What a test needs from the machine beyond Python: where it is, or how to get it.

Without it the test is skipped by name. Where everything must run (continuous integration sets
``TAPHUAN_TEST_REQUIRE_ALL=1``) a missing part fails instead, so that it cannot go unseen.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

REQUIRE_ALL = "TAPHUAN_TEST_REQUIRE_ALL"


def missing(sentence: str) -> NoReturn:
    """Skip the test with the sentence, or fail it where everything must run."""
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def chromium_path() -> str:
    """Return the path of a Chromium that is installed."""
    for name in ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"):
        if path := shutil.which(name):
            return path
    missing("Chromium is not installed: sudo apt install chromium")


def postgres_bin_dir() -> Path:
    """Return the folder of PostgreSQL's server programs, the newest that is installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if found := sorted(debian, key=lambda path: float(path.parent.parent.name)):
        return found[-1].parent
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    missing("PostgreSQL is not installed: sudo apt install postgresql")


def pdftotext_path() -> str:
    """Return the path of the program that reads the text of a PDF."""
    if path := shutil.which("pdftotext"):
        return path
    missing("pdftotext is not installed: sudo apt install poppler-utils")


def openssl_path() -> str:
    """Return the path of the program that makes certificates."""
    if path := shutil.which("openssl"):
        return path
    missing("openssl is not installed: sudo apt install openssl")
