"""How a learner answers a question of any kind, right or wrong, by finger or by keyboard."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def answer(question: Locator, choice: int = 0) -> None:
    """Answer by finger; ``choice`` counts from 0 where one of several is touched."""
    selects = question.locator("select")
    picks = question.locator("label.pick")
    if question.locator(".item").count():
        for at in range(selects.count()):
            selects.nth(at).select_option(str(at + 1))
    elif selects.count():
        for at in range(selects.count()):
            selects.nth(at).select_option(index=at + 1)
    elif picks.count():
        picks.nth(choice % picks.count()).click()
    else:
        question.locator("input:not([type=hidden])").fill("12")


def answer_by_keys(page: Page) -> None:
    """Answer the question whose first control has the focus, with keys only."""
    kind = page.evaluate(
        "[document.activeElement.tagName, document.activeElement.type, "
        "!!document.activeElement.closest('.item')]"
    )
    match kind:
        case ["INPUT", "radio" | "checkbox", _]:
            page.keyboard.press("Space")
        case ["SELECT", _, True]:
            page.keyboard.press("ArrowDown")
        case ["SELECT", _, False]:
            selects = page.evaluate(
                "document.activeElement.closest('form,.q').querySelectorAll('select').length"
            )
            for at in range(selects):
                for _each in range(at + 1):
                    page.keyboard.press("ArrowDown")
                if at + 1 < selects:
                    page.keyboard.press("Tab")
        case _:
            page.keyboard.type("12")


def tab_to(page: Page, selector: str, limit: int = 80) -> None:
    """Press Tab until what has the focus matches; fail when it is never reached or not visible.

    :param selector: a CSS selector
    """
    for _each in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            ring = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement);"
                "return s.outlineStyle != 'none' && parseFloat(s.outlineWidth) >= 2 }"
            )
            assert ring, f"no visible focus on {selector}"
            return
    message = f"Tab never came to {selector}"
    raise AssertionError(message)
