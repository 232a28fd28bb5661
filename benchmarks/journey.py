"""The bytes of a learner's journey, counted on the wire between a real browser and the real server.

A proxy on loopback stands in front of the server and counts what goes through it, both ways:
handshake, headers, bodies. Twice: HTTP/2 over TLS 1.3, as a department serves it (a certificate of
a public authority adds 1 to 3 kB to each handshake), and plain HTTP/1.1.

Cold is a new browser profile; warm is the same profile on the next visit, signing in anew.

Run: ``.venv/bin/python -m benchmarks.journey``
"""

from __future__ import annotations

import contextlib
import re
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.needs import chromium_path
from tests.stories.answering import answer
from tests.stories.conftest import FLAGS
from tests.stories.site import (
    FIRST_CLASS,
    PASSWORD,
    Certificate,
    free_port,
    prepared_demo,
    serving,
)

LEARNER = "hocvien22"
LESSON = "t10-bai-hoc"
TEST = "kiem-tra-cuoi-khoa"
COLD_GOAL = 40_000
WARM_GOAL = 8_000


class CountingProxy:
    """Passes bytes between a browser and a server and counts them."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.up = 0
        self.down = 0
        self.connections = 0
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            self.connections += 1
            threading.Thread(target=self._pump, args=(client, server, "up"), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, "down"), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, way: str) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                with self._lock:
                    setattr(self, way, getattr(self, way) + len(data))
                sink.sendall(data)
        for each in (sink, source):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def close(self) -> None:
        """Accept no more."""
        self._listener.close()


@dataclass(slots=True)
class Journey:
    """What each step of one visit cost: (name, bytes down, bytes up)."""

    steps: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def down(self) -> int:
        """Return all bytes towards the browser."""
        return sum(each[1] for each in self.steps)

    @property
    def up(self) -> int:
        """Return all bytes towards the server."""
        return sum(each[2] for each in self.steps)


class Walk:
    """One visit, step by step."""

    def __init__(self, page: Page, proxy: CountingProxy, url: str) -> None:
        self._page = page
        self._url = url
        self._proxy = proxy
        self._before = (proxy.down, proxy.up)
        self.journey = Journey()

    def _step(self, name: str) -> None:
        self._page.wait_for_load_state("networkidle")
        now = (self._proxy.down, self._proxy.up)
        self.journey.steps.append((name, now[0] - self._before[0], now[1] - self._before[1]))
        self._before = now

    def run(self) -> Journey:
        """Log in → classes → outline → lesson → ten answers → result."""
        page = self._page
        page.goto(f"{self._url}/login")
        self._step("sign-in page")
        page.fill("#login", LEARNER)
        page.fill("#password", PASSWORD)
        page.locator("form[action='/login'] button:not([type])").click()
        page.wait_for_url("**/learn")
        self._step("sign in, my classes")
        page.click(f"a[href='/learn/{FIRST_CLASS}']")
        self._step("outline")
        page.click(f"a[href$='/{LESSON}']")
        self._step("lesson")
        page.click(".back")
        page.click(f"a[href$='/{TEST}']")
        self._step("outline again, door of the test")
        page.locator("main form button").click()
        page.wait_for_url("**/attempts/*")
        self._step("test page of ten questions")
        for number in range(1, 11):
            answer(page.locator(f"#q{number}"))
            expect(page.locator(f"#r{number}")).to_have_text(re.compile("Đã lưu"))
        self._step("ten answers")
        page.locator("#finish button").click()
        page.wait_for_url("**/result")
        self._step("hand in, result")
        return self.journey

    def go_home(self) -> None:
        """Go back to the class as people do after a result; counted in no journey."""
        self._page.click(".back")
        self._page.wait_for_load_state("networkidle")


@contextmanager
def _profile(folder: Path, certificate: Certificate | None) -> Iterator[BrowserContext]:
    trust = [f"--ignore-certificate-errors-spki-list={certificate.spki}"] if certificate else []
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(folder),
            executable_path=chromium_path(),
            args=[*FLAGS, *trust],
            viewport={"width": 360, "height": 740},
        )
        yield context
        context.close()


def measure(demo: Path, folder: Path, *, tls: bool) -> tuple[Journey, Journey]:
    """Return the cold and the warm journey of a learner of the demo.

    :param demo: a prepared demo that may be changed
    :param folder: for the browser's profile and the certificate
    :param tls: HTTP/2 over TLS; else plain HTTP/1.1
    """
    port = free_port()
    proxy = CountingProxy(port)
    certificate = Certificate.new(folder) if tls else None
    url = f"{'https' if tls else 'http'}://localhost:{proxy.port}"
    journeys = []
    with serving(demo, port, url, certificate):
        proxy.down = proxy.up = 0
        for _visit in ("cold", "warm"):
            with _profile(folder / "profile", certificate) as context:
                walk = Walk(context.pages[0], proxy, url)
                journeys.append(walk.run())
                walk.go_home()
                context.clear_cookies()
    proxy.close()
    return journeys[0], journeys[1]


def table(title: str, cold: Journey, warm: Journey) -> str:
    """Return both journeys side by side."""
    lines = [f"{title:<34}{'cold down':>10}{'up':>8}{'warm down':>12}{'up':>8}"]
    for (name, *first), (_name, *next_day) in zip(cold.steps, warm.steps, strict=True):
        lines.append(f"{name:<34}{first[0]:>10}{first[1]:>8}{next_day[0]:>12}{next_day[1]:>8}")
    lines.append(f"{'whole journey':<34}{cold.down:>10}{cold.up:>8}{warm.down:>12}{warm.up:>8}")
    lines.append(f"{'goal':<34}{COLD_GOAL:>10}{'':>8}{WARM_GOAL:>12}")
    return "\n".join(lines)


def main() -> None:
    """Measure both ways and print the tables."""
    for tls, title in ((True, "bytes, HTTP/2 over TLS"), (False, "bytes, HTTP/1.1")):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            cold, warm = measure(prepared_demo(folder / "demo"), folder, tls=tls)
        sys.stdout.write(table(title, cold, warm) + "\n\n")


if __name__ == "__main__":
    main()
