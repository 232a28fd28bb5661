"""Verification by anybody: what is said, and what is not."""

from __future__ import annotations

import secrets

import pytest

from app.certificates.domain.codes import BITS, code_from_number, grouped
from tests.certificates.factories import issue, issued, make_ready_cohort, reissue, revoke

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture(autouse=True)
def nobody_has_failed_yet(app):
    app.extensions.pop("wrong_codes", None)
    yield
    app.extensions.pop("wrong_codes", None)


@pytest.fixture
def anybody(browser):
    return browser()


@pytest.fixture
def row():
    cohort = make_ready_cohort(["Nguyễn Thị Minh Nguyệt"])
    issue(cohort)
    return issued(cohort)[0]


def random_code() -> str:
    return code_from_number(secrets.randbits(BITS))


def test_a_valid_one_shows_enough_to_compare_and_no_full_name(anybody, row):
    page = anybody.get(f"/verify/{row.code}")
    assert "Giấy chứng nhận hợp lệ" in page.text
    assert "Nguyễn T. M. N." in page.text
    assert "Nguyệt" not in page.html
    assert "1986" not in page.html
    for text in ("Truyền thông chính sách", "Sở Khoa học và Công nghệ", "001/2026/GCN-SKHCN"):
        assert text in page.text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "typed",
    [
        grouped,
        lambda code: grouped(code).lower(),
        lambda code: f"  {' '.join(code)} ",
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("0", "o").replace("1", "I"),
    ],
)
def test_a_code_typed_without_care_is_found(anybody, row, typed):
    page = anybody.follow(anybody.get("/verify", 303, query_string={"code": typed(row.code)}))
    assert "Giấy chứng nhận hợp lệ" in page.text


def test_a_revocation_shows_at_once_without_its_reason(anybody, row):
    anybody.get(f"/verify/{row.code}")
    revoke(row.id, "Gian lận khi làm bài")
    page = anybody.get(f"/verify/{row.code}")
    assert "Giấy chứng nhận đã bị thu hồi" in page.text
    assert "không còn giá trị từ ngày 23/11/2026" in page.text
    assert "Gian lận" not in page.html


def test_a_replaced_one_names_the_number_that_stands_in_its_place(anybody, row):
    reissue(row.id, "In sai tên", full_name="Nguyễn Thị Minh Nguyên")
    page = anybody.get(f"/verify/{row.code}")
    assert "Giấy chứng nhận đã được thay" in page.text
    assert "002/2026/GCN-SKHCN" in page.text
    assert "In sai tên" not in page.html


def test_every_unknown_code_gets_the_same_page(anybody, row):
    near = row.code[:-1] + ("0" if row.code[-1] != "0" else "1")
    typed = (near, random_code(), "abc", "%3F", "%F0%9F%99%82")
    pages = [str(anybody.get(f"/verify/{code}", 404).one("main")) for code in typed]
    assert len(set(pages)) == 1
    assert "so từng nhóm chữ với giấy" in pages[0]


def test_guessing_finds_nothing_and_is_stopped(anybody, row):
    replies = [anybody.client.get(f"/verify/{random_code()}") for _each in range(2_000)]
    statuses = [reply.status_code for reply in replies]
    assert statuses[:60] == [404] * 60
    assert set(statuses[60:]) == {429}
    assert 0 < int(replies[-1].headers["Retry-After"]) <= 3
    assert "Hãy chờ" in replies[-1].get_data(as_text=True)


def test_who_holds_a_true_code_is_answered_behind_the_address_of_a_guesser(anybody, row):
    for _each in range(61):
        anybody.client.get(f"/verify/{random_code()}")
    anybody.get(f"/verify/{random_code()}", 429)
    assert "Giấy chứng nhận hợp lệ" in anybody.get(f"/verify/{row.code}").text


def test_after_the_wait_a_code_may_be_typed_again(anybody, clock):
    for _each in range(61):
        anybody.client.get(f"/verify/{random_code()}")
    clock.forward(seconds=3)
    anybody.get(f"/verify/{random_code()}", 404)
    anybody.get(f"/verify/{random_code()}", 429)


def test_seventy_people_behind_one_address_scan_in_a_minute(anybody, row):
    for _each in range(200):
        assert anybody.client.get(f"/verify/{row.code}").status_code == 200


def test_the_page_asks_two_things_of_the_database_at_most(anybody, row, count_queries):
    with count_queries() as seen:
        anybody.get(f"/verify/{row.code}")
    assert len(seen) == 1


def test_the_form_stands_alone(anybody):
    page = anybody.get("/verify")
    assert page.one("#code")
    assert page.all("link[rel=stylesheet]") == []
