"""Pages of refusals: the heading says what the sentence says."""

from __future__ import annotations

from collections.abc import Callable

from tests.pages import Browser


def test_a_post_from_another_site_is_not_blamed_on_the_account(
    browser: Callable[[], Browser],
) -> None:
    sent = {"Sec-Fetch-Site": "cross-site"}
    page = browser().post("/language", {"lang": "en"}, status=403, headers=sent)
    assert page.one("h1").get_text() == "Chưa nhận yêu cầu này"
    assert "không đến từ trang của hệ thống" in page.text
