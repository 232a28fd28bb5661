"""Login slips: paper that works once."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from app.auth import commands
from app.auth.models import LoginSession, LoginSlip, SignInThrottle
from app.core.clock import utc_now
from app.core.db import read, transaction
from tests.auth.factories import make_person, make_slip


@pytest.fixture
def learner():
    return make_person(password=None)


def count_sessions() -> int:
    return int(read(sa.select(sa.func.count()).select_from(LoginSession)).scalar_one())


def guess_a_code(address: str) -> None:
    with transaction():
        commands.sign_in_by_slip(
            code="K7MP-4TX9-QH",
            address=address,
            device="",
            is_shared_computer=False,
            at=utc_now(),
        )


def test_a_scanned_slip_shows_whose_it_is_and_one_button_lets_them_in(browser, learner):
    here = browser()
    slip = make_slip(learner)
    page = here.get(slip.path)
    assert "Phiếu này của Nguyễn Văn An." in page.text
    here.post(page.one("main form")["action"], page.form("main form"))
    assert "Nguyễn Văn An" in here.get("/account").text


def test_looking_at_a_slip_does_not_spend_it(browser, learner):
    slip = make_slip(learner)
    for _each in range(3):  # a chat's preview, twice, and an idle look
        browser().get(slip.path)
    assert count_sessions() == 0
    browser().post(slip.path)


def test_a_slip_works_once(browser, learner):
    slip = make_slip(learner)
    browser().post(slip.path)
    again = browser()
    assert "Phiếu này đã dùng." in again.post(slip.path, status=410).text
    assert "Phiếu này đã dùng." in again.get(slip.path, status=410).text
    assert "Phiếu này đã dùng." in again.post("/login/code", {"code": slip.code}, status=401).text
    assert count_sessions() == 1


def test_who_is_in_by_a_slip_and_scans_it_again_goes_on(browser, learner):
    here = browser()
    slip = make_slip(learner)
    first = here.post(slip.path).location
    assert here.get(slip.path, status=303).location == first


def test_a_slip_expires(browser, learner, clock):
    slip = make_slip(learner, valid_days=2)
    clock.forward(days=2)
    assert "Phiếu này đã hết hạn." in browser().get(slip.path, status=410).text
    assert "Phiếu này đã hết hạn." in browser().post(slip.path, status=410).text
    assert (
        "Phiếu này đã hết hạn."
        in browser().post("/login/code", {"code": slip.code}, status=401).text
    )
    assert count_sessions() == 0


def test_a_new_slip_takes_the_place_of_the_unused_one(browser, learner):
    old = make_slip(learner)
    new = make_slip(learner)
    page = browser().post(old.path, status=410)
    assert "Phiếu này đã được thay bằng phiếu mới." in page.text
    browser().post(new.path)


def test_the_code_is_typed_in_any_way(browser, learner):
    slip = make_slip(learner)
    typed = slip.code.lower().replace("-", " ")
    here = browser()
    here.post("/login/code", {"code": typed, "next": "/account"})
    assert "Nguyễn Văn An" in here.get("/account").text


@pytest.mark.parametrize("code", ["K7MP-4TX9-QH", "x", "mã của tôi", "\x00", "%", "1" * 40])
def test_an_unknown_code_is_told_in_place_and_kept(browser, code: str):
    page = browser().post("/login/code", {"code": code}, status=None)
    assert page.status in {401, 422}
    if page.status == 401:
        assert (
            "Không tìm thấy mã này. Kiểm tra lại từng ký tự trên phiếu." in page.one("#errors").text
        )
        assert page.one("#code")["value"] == code.replace("\x00", "\ufffd")


def test_a_missing_code_is_named_in_place(browser):
    page = browser().post("/login/code", {}, status=422)
    assert "Hãy nhập mã trên phiếu." in page.one("#code-error").text


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "K7MP-4TX9-QH"])
def test_an_unknown_slip_is_not_found(browser, token: str):
    assert "Không tìm thấy mã này." in browser().get(f"/login/slip/{token}", status=404).text
    assert "Không tìm thấy mã này." in browser().post(f"/login/slip/{token}", status=404).text


def test_guessing_codes_is_slowed_but_a_qr_still_works(browser, learner, clock):
    here = browser()
    for _each in range(121):
        guess_a_code("127.0.0.1")
    slip = make_slip(learner)
    page = here.post("/login/code", {"code": slip.code}, status=429)
    assert "Đã nhập sai nhiều lần." in page.one("#errors").text
    assert "Retry-After" in page.headers
    here.post(slip.path)


def test_a_slip_of_a_closed_account_is_unknown(browser, learner):
    slip = make_slip(learner)
    with transaction():
        commands.deactivate_user(user_id=learner.id)
    browser().get(slip.path, status=404)
    browser().post(slip.path, status=404)


def test_a_closed_account_gets_no_slip(learner):
    with transaction():
        commands.deactivate_user(user_id=learner.id)
    with transaction():
        made = commands.make_slips(
            user_ids=[learner.id, uuid.uuid4()], made_by_id=None, at=utc_now(), valid_days=1
        )
    assert made == []


def test_slips_come_in_the_order_of_given_names_and_differ():
    people = [
        make_person(name, f"nguoi{number}", password=None)
        for number, name in enumerate(["Lê Ân", "Nguyễn Văn An", "Nguyễn Thị Ánh", "Trần Văn An"])
    ]
    with transaction():
        slips = commands.make_slips(
            user_ids=[each.id for each in people], made_by_id=None, at=utc_now(), valid_days=7
        )
    names = [each.full_name for each in slips]
    assert names == ["Nguyễn Văn An", "Trần Văn An", "Nguyễn Thị Ánh", "Lê Ân"]
    assert len({each.code for each in slips} | {each.token for each in slips}) == 8


def test_neither_token_nor_code_is_stored(learner):
    slip = make_slip(learner)
    row = read(sa.select(LoginSlip.token_hash, LoginSlip.code_hash)).one()
    stored = bytes(row.token_hash) + bytes(row.code_hash)
    assert len(stored) == 64
    assert slip.token.encode() not in stored
    assert slip.code.replace("-", "").encode() not in stored


def test_on_a_shared_computer_the_session_is_short(browser, learner, clock):
    here = browser()
    here.post(make_slip(learner).path, {"is_shared_computer": "y"})
    clock.forward(hours=3)
    here.get("/account", status=401)


def test_a_used_slip_is_no_guess(browser, learner):
    slip = make_slip(learner)
    browser().post(slip.path)
    browser().post("/login/code", {"code": slip.code}, status=401)
    assert read(sa.select(sa.func.count()).select_from(SignInThrottle)).scalar_one() == 0
