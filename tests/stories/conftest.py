"""What the stories in a browser share: the demo on the real server, and browsers of many kinds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.needs import chromium_path
from tests.stories.site import Site, copy_of, free_port, prepared_demo, serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}


class Device:
    """A browser of its own with one page; remembers what went wrong in it."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.faults: list[str] = []
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(f"{message.text} ({message.location.get('url', '')})")

    def forgive(self, pattern: str) -> None:
        """Take faults that the story meant to happen off the list."""
        self.faults = [each for each in self.faults if not re.search(pattern, each)]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the demo's data, made once a run for all processes."""
    chromium_path()
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    return prepared_demo(base / "demo")


@pytest.fixture(scope="session")
def site(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the real server on a copy of the demo; each story has learners of its own in it."""
    folder = copy_of(demo, tmp_path_factory.mktemp("site") / "instance")
    port = free_port()
    with serving(folder, port):
        yield Site(f"http://localhost:{port}", folder)


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    """Start Playwright for a file: there is one at a time in a process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def chromium(driver: Playwright) -> Iterator[Browser]:
    """Start one Chromium for a file."""
    browser = driver.chromium.launch(executable_path=chromium_path(), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def device(chromium: Browser) -> Iterator[Callable[..., Device]]:
    """Give a maker of devices (phones unless told otherwise); at the end none may have a fault."""
    made: list[Device] = []

    def make(**options: Any) -> Device:
        made.append(Device(chromium.new_context(**{**PHONE, **options})))
        return made[-1]

    yield make
    for each in made:
        each.context.close()
    assert [each.faults for each in made] == [[] for _each in made]
