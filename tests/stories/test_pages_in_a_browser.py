"""Every page, light and dark, narrow and wide: readable by all, nothing sticks out, no fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.stories.answering import answer
from tests.stories.conftest import Device
from tests.stories.site import FIRST_CLASS, SECOND_CLASS, Site

pytestmark = [pytest.mark.browser, pytest.mark.story]
ColorScheme = Literal["light", "dark"]

ALL_RULES = [
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
]
"""Tags of axe-core's rules: WCAG 2.2 AA and what is good practice beside it."""
LOOKS: tuple[tuple[int, ColorScheme, tuple[str, ...]], ...] = (
    (320, "light", ()),
    (320, "dark", ("color-contrast",)),
    (1280, "dark", ("color-contrast", "target-size")),
    (1280, "light", ("target-size", "region", "heading-order", "skip-link")),
)
"""Width, scheme, and the rules to hold there: all rules in the first look, and in the others those
whose answer depends on colour or width."""
LEARNER = {
    "classes": "/learn",
    "outline": f"/learn/{FIRST_CLASS}",
    "lesson": f"/learn/{FIRST_CLASS}/t10-bai-hoc",
    "door": f"/learn/{FIRST_CLASS}/kiem-tra-dau-khoa",
    "locked": f"/learn/{SECOND_CLASS}/t10-bai-hoc",
    "account": "/account",
    "password": "/account/password",
    "not-found": "/learn/khong-co",
    "not-allowed": "/teach",
}
CERTIFIED = {
    "certificate": f"/learn/{FIRST_CLASS}/certificate",
    "complete-outline": f"/learn/{FIRST_CLASS}",
}
TRAINER = {
    "taught": "/teach",
    "board": f"/teach/{FIRST_CLASS}?site=3",
    "projector": f"/teach/{FIRST_CLASS}?names=0&site=2",
    "learner": f"/teach/{FIRST_CLASS}/learners/1",
    "questions": f"/teach/{FIRST_CLASS}/questions",
    "courses": "/courses",
    "course": "/courses/truyen-thong-chinh-sach",
    "version": "/courses/truyen-thong-chinh-sach/versions/1",
    "preview": "/courses/truyen-thong-chinh-sach/versions/1/t10-bai-hoc",
}
OFFICER = {
    "cohorts": "/cohorts",
    "cohort": f"/cohorts/{FIRST_CLASS}",
    "rule": f"/cohorts/{FIRST_CLASS}/rule",
    "name": f"/cohorts/{FIRST_CLASS}/names/7",
    "slips-question": f"/cohorts/{FIRST_CLASS}/slips",
    "certificates": f"/cohorts/{FIRST_CLASS}/certificates",
    "register": "/certificates/register",
    "issuer": "/certificates/settings",
}
PUBLIC = {"home": "/", "sign-in": "/login", "verify": "/verify", "unknown-code": "/verify/K7MP"}
STATUS = {"not-found": 404, "not-allowed": 403, "locked": 403, "unknown-code": 404}


class Inspector:
    """Looks at the page that is open in every look and writes down what is wrong."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.page: Page = device.page
        self.wrong: list[str] = []

    def look(self, name: str) -> None:
        """Check the open page, light and dark, at 320 and 1280 pixels."""
        page = self.page
        for width, scheme, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme)
            for finding in self._axe(rules):
                self.wrong.append(f"{name} {width} {scheme}: {finding}")
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                self.wrong.append(f"{name} {width}: {over} px stick out")
            for small in page.evaluate(SMALL_TARGETS):
                self.wrong.append(f"{name} {width}: small target {small}")

    def _axe(self, rules: tuple[str, ...]) -> list[str]:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        only = {"type": "rule", "values": rules} if rules else ALL_RULES
        options = {"runOnly": only, "resultTypes": ["violations"]}
        found = self.page.evaluate("options => axe.run(options)", options)["violations"]
        return [
            f"{each['id']}: {node['target']} {node['failureSummary'][:300]}"
            for each in found
            for node in each["nodes"][:3]
        ]

    def open_all(self, site: Site, pages: dict[str, str]) -> None:
        """Open each address and look at it."""
        for name, path in pages.items():
            reply = self.page.goto(f"{site.url}{path}")
            assert reply
            if reply.status != STATUS.get(name, 200):
                self.wrong.append(f"{name}: status {reply.status}")
            self.look(name)
            self.device.forgive(r"status of 40[34]")


SMALL_TARGETS = """() => [...document.querySelectorAll(
  'a, button, input:not([type=hidden]), select, textarea, summary')]
  .filter(each => !each.closest('p, li, td, th, dd, label, .vh, .skip') && !each.matches('.skip'))
  .map(each => [each, each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
  .map(([each, box]) => `${each.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""


@pytest.fixture
def inspector(device: Callable[..., Device]) -> Iterator[Inspector]:
    """Give an inspector; at the end nothing may be wrong."""
    it = Inspector(device(viewport={"width": 320, "height": 740}, is_mobile=False))
    it.page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
    )
    yield it
    assert not it.wrong, "\n".join(it.wrong)


def test_public_pages(site: Site, inspector: Inspector):
    inspector.open_all(site, PUBLIC)
    page = inspector.page
    site.go(page, "/login")
    page.fill("#login", "khong-co-ai")
    page.fill("#password", "sai")
    page.locator("form[action='/login'] button:not([type])").click()
    inspector.look("sign-in-error")
    inspector.device.forgive("status of 401")


def test_a_learners_pages(site: Site, inspector: Inspector):
    page = inspector.page
    site.sign_in(page, "hocvien61")
    inspector.open_all(site, LEARNER)
    site.go(page, f"/learn/{SECOND_CLASS}/kiem-tra-dau-khoa")
    page.locator("main form button").click()
    page.wait_for_url("**/attempts/*")
    answer(page.locator("#q1"))
    inspector.look("test")
    page.locator("#finish button").click()
    inspector.look("confirm")
    page.locator("main form button").click()
    page.wait_for_url("**/result")
    inspector.look("result")


def test_the_pages_of_a_practice_and_of_a_released_result(site: Site, inspector: Inspector):
    page = inspector.page
    site.sign_in(page, "hocvien31")
    site.go(page, f"/learn/{FIRST_CLASS}/t10-luyen-tap")
    page.locator("main form button").click()
    page.wait_for_url("**/attempts/*")
    inspector.look("practice")
    answer(page.locator("#card"))
    page.locator("#card button:not([type])").click()
    page.locator("#card .note").wait_for()
    inspector.look("feedback")
    site.go(page, f"/learn/{FIRST_CLASS}/kiem-tra-dau-khoa")
    page.locator("main .tasks a").first.click()
    inspector.look("released-result")


def test_the_pages_of_who_has_a_certificate(site: Site, inspector: Inspector):
    site.sign_in(inspector.page, "hocvien02")
    inspector.open_all(site, CERTIFIED)
    address = inspector.page.goto(f"{site.url}{CERTIFIED['certificate']}")
    assert address
    inspector.page.get_by_role("link", name="Mở trang xác minh").click()
    inspector.look("verification")


def test_a_trainers_pages(site: Site, inspector: Inspector):
    site.sign_in(inspector.page, "giangvien")
    inspector.open_all(site, TRAINER)


def test_an_officers_pages(site: Site, inspector: Inspector):
    page = inspector.page
    site.sign_in(page, "canbo")
    inspector.open_all(site, OFFICER)
    site.go(page, OFFICER["certificates"])
    page.locator("table tbody tr a").first.click()
    inspector.look("certificate-card")
    card = page.url
    page.goto(f"{card}/revoke")
    inspector.look("revoke")
    page.goto(f"{card}/reissue")
    inspector.look("reissue")
    site.go(page, OFFICER["slips-question"])
    page.select_option("select", index=2)
    page.locator("main form button").click()
    page.locator(".slip").first.wait_for()
    inspector.look("slips")
