"""Take the pictures of the README from a running demo, whose dates and answers are fresh.

    ./taphuan demo
    .venv/bin/python tools/take_screenshots.py http://127.0.0.1:8000 PASSWORD docs/screenshots

Needs Chromium and, for the picture of a certificate, ``pdftoppm`` (poppler-utils). One learner of
the demo is left with an open test.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

LARGEST: Final = 120_000
FIRST_CLASS: Final = "/learn/ttcs-01-2026"
SECOND_CLASS: Final = "/learn/ttcs-02-2026"
PRE_TEST: Final = "kiem-tra-dau-khoa"
_HERE: Final[Mapping[str, Any]] = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
PHONE: Final[Mapping[str, Any]] = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    **_HERE,
}
DESKTOP: Final[Mapping[str, Any]] = {
    "viewport": {"width": 1280, "height": 860},
    "device_scale_factor": 1.25,
    **_HERE,
}


@dataclass(frozen=True, slots=True)
class Studio:
    """A browser, the demo it looks at, and where its pictures go."""

    browser: Browser
    url: str
    password: str
    folder: Path

    def open(self, path: str, look: Mapping[str, Any], username: str = "") -> Page:
        """Return a page of the demo, signed in as somebody when a name is given."""
        page = self.browser.new_context(base_url=self.url, **look).new_page()
        if username:
            page.goto("/login")
            form = page.locator("form:has(input[type=password])")
            form.locator("input[type=text]").fill(username)
            form.locator("input[type=password]").fill(self.password)
            form.locator("input[type=password]").press("Enter")
            page.wait_for_url(lambda url: not url.endswith("/login"))
        page.goto(path)
        return page

    def keep(self, name: str, picture: bytes) -> None:
        """Store a picture as WebP, small enough for a README on a thin link."""
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        for quality in (82, 70, 55, 40):
            buffer = io.BytesIO()
            image.save(buffer, "WEBP", quality=quality, method=6)
            if buffer.tell() <= LARGEST:
                break
        (self.folder / f"{name}.webp").write_bytes(buffer.getvalue())
        print(f"{name}.webp {image.width} × {image.height}, {buffer.tell() / 1000:.0f} kB")


def learner_pages(studio: Studio) -> None:
    """Take sign-in, outline, lesson and result."""
    studio.keep("login", studio.open("/login", PHONE).screenshot())
    page = studio.open(FIRST_CLASS, PHONE, "hocvien31")
    studio.keep("outline", page.screenshot())
    page.goto(f"{FIRST_CLASS}/t10-bai-hoc")
    studio.keep("lesson", page.screenshot())
    page.goto(f"{FIRST_CLASS}/{PRE_TEST}")
    page.locator("a[href^='/attempts/']").first.click()
    studio.keep("result", page.screenshot())


def test_page(studio: Studio) -> None:
    """Take a test with two answers and their receipts."""
    page = studio.open(f"{SECOND_CLASS}/{PRE_TEST}", PHONE, "hocvien62")
    page.locator("main form button, main .note a").first.click()  # begin, or go on
    page.wait_for_url("**/attempts/**")
    choices = page.locator("form[data-save]:has(input[type=radio])")
    for place in range(2):
        question = choices.nth(place)
        question.locator("label:has(input[type=radio])").first.click()
        question.locator(".receipt", has_text="Đã lưu").wait_for()
    choices.first.scroll_into_view_if_needed()
    choices.first.evaluate("form => scrollTo(0, form.offsetTop - 70)")
    studio.keep("test", page.screenshot())


def staff_pages(studio: Studio) -> None:
    """Take the board."""
    page = studio.open("/teach/ttcs-01-2026", DESKTOP, "giangvien")
    studio.keep("board", page.screenshot())


def certificate_pages(studio: Studio) -> None:
    """Take the paper and what anybody sees who scans it."""
    page = studio.open(f"{FIRST_CLASS}/certificate", PHONE, "hocvien01")
    link = page.locator("a[href*='/verify/']").first.get_attribute("href")
    paper = page.request.get(f"{FIRST_CLASS}/certificate.pdf").body()
    studio.keep("verify", studio.open(link or "/verify", PHONE).screenshot())
    drawer = shutil.which("pdftoppm")
    if drawer is None:
        print("pdftoppm is not installed: sudo apt install poppler-utils")
        return
    command = [drawer, "-r", "110", "-png", "-singlefile", "-"]
    done = subprocess.run(command, input=paper, capture_output=True, check=True)
    studio.keep("certificate", done.stdout)


def main(url: str, password: str, folder: str) -> None:
    """Take all pictures."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        studio = Studio(browser, url, password, Path(folder))
        for take in (learner_pages, test_page, staff_pages, certificate_pages):
            take(studio)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
