"""Certificates through the browser: the officer issues, the learner fetches, the clerk reads."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.auth.models import Role
from app.certificates import queries
from app.cohorts.commands import report_name
from app.cohorts.models import Cohort
from app.core.clock import to_local, utc_now
from app.core.db import db, transaction
from tests.certificates.factories import (
    VALUES,
    finish,
    issue,
    issued,
    make_issuer,
    make_officer,
    make_ready,
    make_ready_cohort,
    reissue,
    revoke,
)
from tests.factories import make_cohort, make_enrolment, make_user
from tests.needs import pdftotext_path

pytestmark = pytest.mark.usefixtures("clock")

DECISION = {"decision_number": "128/QĐ-SKHCN", "decision_on": "2026-11-20"}


@pytest.fixture
def officer(browser):
    return browser().sign_in(make_officer())


def home(cohort) -> str:
    return f"/cohorts/{cohort.slug}/certificates"


def test_the_officer_sees_before_issuing_how_many_and_which_numbers(officer):
    cohort = make_ready_cohort(["Nguyễn Văn An", "Trần Thị Bích"])
    make_ready(cohort, "Lê Ấn", confirmed=False)
    make_enrolment(cohort, make_user("Vũ Lười"))
    page = officer.get(home(cohort))
    assert "Vũ Lười" in page.text
    assert "Còn thiếu: Hoạt động bai-1, Hoạt động bai-2" in page.text
    page = officer.get(f"{home(cohort)}/confirm", query_string=DECISION)
    assert "Cấp 2 giấy chứng nhận" in page.text
    assert "001/2026/GCN-SKHCN – 002/2026/GCN-SKHCN" in page.text
    assert issued(cohort) == []
    page = officer.get(f"{home(cohort)}/confirm", query_string={**DECISION, "on_paper": "y"})
    assert "Cấp 3 giấy chứng nhận" in page.text


def test_a_paper_can_be_looked_at_before_it_has_a_number(officer, tmp_path: Path):
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    page = officer.get(f"{home(cohort)}/confirm", query_string=DECISION)
    path = tmp_path / "preview.pdf"
    path.write_bytes(officer.get(page.link("Xem trước giấy")).response.data)
    done = subprocess.run([pdftotext_path(), path, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert "Nguyễn Văn An" in text
    assert "BẢN XEM TRƯỚC" in text
    assert "GCN-SKHCN" not in text
    assert issued(cohort) == []
    officer.get(f"{home(cohort)}/preview.pdf", 422)


def test_a_name_reported_as_wrong_leads_to_where_it_is_corrected(officer):
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    (person,) = queries.list_candidates(cohort.id)
    with transaction():
        report_name(enrolment_id=person.enrolment_id, remark="Ân", reported_at=utc_now())
    page = officer.get(home(cohort))
    assert "Báo sai tên: Ân" in page.text
    assert "Nguyễn Văn An" in officer.get(page.link("Nguyễn Văn An")).html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_stands_in_both_languages(officer, language):
    cohort = make_ready_cohort()
    issue(cohort)
    row = issued(cohort)[0]
    officer.client.set_cookie("lang", language)
    officer.post("/language", {"lang": language, "next": "/certificates/register"})
    card = f"/certificates/{row.id}"
    pages = (home(cohort), card, f"{card}/revoke", f"{card}/reissue", "/verify")
    for address in (*pages, f"/verify/{row.code}", "/certificates/register"):
        assert officer.get(address).one("html")["lang"] == language
    assert officer.get("/verify/khong-co", 404).one("html")["lang"] == language


@pytest.mark.parametrize(
    ("begins", "ends", "decided", "warned"),
    [
        (-2, -1, -1, ()),
        (-1, 0, -1, ()),
        (-1, 1, 0, ("Lớp chưa kết thúc",)),
        (-2, -1, -3, ("trước ngày lớp bắt đầu",)),
        (0, 1, -1, ("Lớp chưa kết thúc", "trước ngày lớp bắt đầu")),
    ],
)
def test_an_unusual_day_is_pointed_out_and_refuses_nothing(
    officer, begins: int, ends: int, decided: int, warned: tuple[str, ...]
) -> None:
    cohort = make_ready_cohort()
    today = to_local(utc_now()).date()
    with transaction():
        db.session.execute(
            sa.update(Cohort)
            .where(Cohort.id == cohort.id)
            .values(starts_on=today + timedelta(begins), ends_on=today + timedelta(ends))
        )
    decision = {**DECISION, "decision_on": (today + timedelta(decided)).isoformat()}

    page = officer.get(f"{home(cohort)}/confirm", query_string=decision)

    said = " ".join(each.get_text() for each in page.all(".note.warn"))
    assert [each for each in ("Lớp chưa kết thúc", "trước ngày lớp bắt đầu") if each in said] == [
        *warned
    ]
    fields = page.form("form.panel")
    fields["who"] = [str(each["value"]) for each in page.all("input[name=who]")]
    officer.post(home(cohort), fields)


def test_what_was_confirmed_is_issued_and_listed(officer):
    cohort = make_ready_cohort()
    page = officer.get(f"{home(cohort)}/confirm", query_string=DECISION)
    fields = page.form("form.panel")
    fields["who"] = [str(each["value"]) for each in page.all("input[name=who]")]
    page = officer.follow(officer.post(home(cohort), fields))
    assert "Đã cấp 2 giấy chứng nhận." in page.text
    assert "001/2026/GCN-SKHCN" in page.text
    assert len(issued(cohort)) == 2
    page = officer.post(home(cohort), fields, status=409)
    assert "mở lại trang cấp để xem số mới" in page.text
    assert len(issued(cohort)) == 2


def test_the_officer_cannot_issue_to_more_than_was_shown(officer):
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    lazy = make_enrolment(cohort, make_user("Vũ Lười"), name_confirmed_at=None)
    fields = {**DECISION, "first_number": "1", "who": [str(lazy.id), "không phải mã"]}
    page = officer.post(home(cohort), fields, status=409)
    assert "Chưa đủ điều kiện: Vũ Lười" in page.text
    officer.post(home(cohort), {**fields, "who": [str(uuid.uuid4())]}, status=422)
    officer.post(home(cohort), {**fields, "who": []}, status=409)
    assert issued(cohort) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"decision_number": ""}, "Hãy điền số quyết định"),
        ({"decision_on": ""}, "Hãy điền ngày quyết định"),
        ({"decision_on": "31/31/2026"}, "Hãy nhập ngày theo dạng ngày/tháng/năm"),
        ({"decision_on": "2026-12-20"}, "Ngày quyết định ở sau ngày cấp"),
    ],
)
def test_a_decision_that_is_wrong_is_answered_with_a_sentence(officer, wrong, sentence):
    cohort = make_ready_cohort()
    page = officer.get(f"{home(cohort)}/confirm", 422, query_string={**DECISION, **wrong})
    assert sentence in page.text
    officer.post(home(cohort), {**DECISION, "first_number": "1", **wrong}, status=422)
    assert issued(cohort) == []


def test_without_settings_the_page_leads_to_them(officer):
    cohort = make_cohort()
    make_ready(cohort)
    page = officer.get(home(cohort))
    assert page.link("Mẫu giấy chứng nhận") == "/certificates/settings"
    page = officer.get(f"{home(cohort)}/confirm", 409, query_string=DECISION)
    assert "Chưa có thông tin cơ quan cấp" in page.text


def test_the_settings_are_kept_and_a_bad_pattern_is_refused(officer):
    page = officer.get("/certificates/settings")
    fields = {name: getattr(VALUES, name) for name in VALUES.__slots__}
    bad = {**fields, "register_pattern": "{number.__class__}/{year}"}
    page = officer.post("/certificates/settings", bad, status=422)
    assert "Cách đánh số vào sổ cần có {number} và {year}" in page.text
    assert queries.find_issuer() is None
    page = officer.post("/certificates/settings", {**fields, "place": " "}, status=422)
    assert "Hãy điền mục này." in page.text
    page = officer.follow(officer.post("/certificates/settings", fields))
    assert "Đã lưu" in page.text
    assert page.one("#signatory_name")["value"] == "Trần Văn Đức"


def test_the_learner_sees_and_fetches_the_stored_file(browser):
    cohort = make_cohort()
    make_issuer()
    learner = make_user("Đặng Ngọc Ánh")
    finish(cohort, make_enrolment(cohort, learner))
    me = browser().sign_in(learner)
    address = f"/learn/{cohort.slug}/certificate"
    page = me.get(address, status=404)
    assert "Chưa có giấy chứng nhận của lớp này" in page.text
    issue(cohort, confirmed_on_paper=True)
    page = me.get(address)
    assert "Đặng Ngọc Ánh" in page.text
    assert page.one("#qr path[fill='#000']")
    (row,) = issued(cohort)
    reply = me.get(page.link("Tải PDF")).response
    assert hashlib.sha256(reply.data).hexdigest() == row.sha256
    assert reply.headers["Content-Disposition"] == (
        'attachment; filename="001-2026-Dang-Ngoc-Anh.pdf"'
    )
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    known = me.client.get(f"{address}.pdf", headers={"If-None-Match": reply.headers["ETag"]})
    assert (known.status_code, known.data) == (304, b"")


def test_another_learners_certificate_is_not_found(browser):
    cohort, other = make_ready_cohort(["Nguyễn Văn An"]), make_cohort()
    issue(cohort)
    (row,) = issued(cohort)
    neighbour = make_user("Trần Thị Bích")
    make_enrolment(cohort, neighbour)
    me = browser().sign_in(neighbour)
    me.get(f"/learn/{cohort.slug}/certificate", 404)
    me.get(f"/learn/{cohort.slug}/certificate.pdf", 404)
    me.get(f"/learn/{other.slug}/certificate", 404)
    me.get(f"/certificates/{row.id}/paper.pdf", 403)


@pytest.mark.parametrize(
    "role", [Role.LEARNER, Role.TRAINER, Role.COORDINATOR, Role.CLERK, Role.AUDITOR]
)
def test_only_officers_issue_revoke_and_set(browser, role):
    cohort = make_ready_cohort()
    issue(cohort)
    row = issued(cohort)[0]
    me = browser().sign_in(make_user(roles=role))
    for address in (home(cohort), f"{home(cohort)}/confirm", "/certificates/settings"):
        me.get(address, 403)
    for address in (f"{home(cohort)}.pdf", f"{home(cohort)}.zip"):
        me.get(address, 403)
    for address in (f"/certificates/{row.id}/revoke", f"/certificates/{row.id}/reissue"):
        me.get(address, 403)
        me.post(address, {"reason": "x", "is_sure": "y"}, status=403)
    me.post(home(cohort), DECISION, status=403)
    reads = 200 if role in Role.CLERK | Role.AUDITOR else 403
    me.get("/certificates/register", reads)
    me.get("/certificates/register.xlsx", reads)
    me.get(f"/certificates/{row.id}", reads)
    assert queries.get_row(row.id).revoked_at is None


def test_one_file_for_the_printer_and_one_archive_of_the_stored_files(officer, tmp_path: Path):
    cohort = make_ready_cohort(["Nguyễn Văn An", "Nguyễn Văn Ân", "Lê Ấn"])
    officer.get(f"{home(cohort)}.pdf", 404)
    officer.get(f"{home(cohort)}.zip", 404)
    issue(cohort)
    rows = issued(cohort)
    revoke(rows[2].id)
    archive = zipfile.ZipFile(io.BytesIO(officer.get(f"{home(cohort)}.zip").response.data))
    assert archive.namelist() == ["001-2026-Nguyen-Van-An.pdf", "002-2026-Nguyen-Van-An.pdf"]
    assert [hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()] == [
        row.sha256 for row in rows[:2]
    ]
    path = tmp_path / "all.pdf"
    path.write_bytes(officer.get(f"{home(cohort)}.pdf").response.data)
    done = subprocess.run([pdftotext_path(), path, "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    assert ["Nguyễn Văn An" in pages[0], "Nguyễn Văn Ân" in pages[1]] == [True, True]
    assert len(pages) == 2


def test_revoking_needs_a_reason_and_a_tick(officer):
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    issue(cohort)
    (row,) = issued(cohort)
    address = f"/certificates/{row.id}/revoke"
    page = officer.post(address, {"reason": " ", "is_sure": "y"}, status=422)
    assert "Hãy ghi lý do." in page.text
    page = officer.post(address, {"reason": "Cấp nhầm"}, status=422)
    assert "Hãy đánh dấu ô xác nhận." in page.text
    assert issued(cohort)[0].revoked_at is None
    page = officer.follow(officer.post(address, {"reason": "Cấp nhầm", "is_sure": "y"}))
    assert "Thu hồi ngày 23/11/2026: Cấp nhầm" in page.text
    page = officer.post(address, {"reason": "Cấp nhầm", "is_sure": "y"}, status=409)
    assert "đã bị thu hồi từ trước" in page.text


def test_a_reissue_carries_the_corrected_name_and_its_own_number(officer):
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    issue(cohort)
    (row,) = issued(cohort)
    address = f"/certificates/{row.id}/reissue"
    fields = officer.get(address).form("main form")
    assert fields["full_name"] == "Nguyễn Văn An"
    page = officer.post(address, {**fields, "reason": "In sai tên"}, status=422)
    assert "Hãy đánh dấu ô xác nhận." in page.text
    good = {**fields, "full_name": "Nguyễn Văn Ân", "reason": "In sai tên", "is_sure": "y"}
    page = officer.post(address, {**good, "full_name": "李"}, status=422)
    assert "Phông chữ in không có ký tự" in page.text
    page = officer.follow(officer.post(address, good))
    assert "002/2026/GCN-SKHCN" in page.text
    assert "Nguyễn Văn Ân" in page.text
    page = officer.post(address, good, status=409)
    assert "đã được thay bằng số 002/2026/GCN-SKHCN" in page.text


def test_the_register_book_holds_texts_as_texts(browser):
    cohort = make_ready_cohort(["=1+1", "Trần Thị Bích"])
    issue(cohort)
    first, second = issued(cohort)
    reissue(second.id)
    revoke(first.id)
    clerk = browser().sign_in(make_user(roles=Role.CLERK))
    page = clerk.get("/certificates/register")
    assert "Cấp lại, thay số 002/2026/GCN-SKHCN" in page.text
    assert "Thu hồi ngày 23/11/2026" in page.text
    reply = clerk.get("/certificates/register.xlsx", query_string={"year": 2026}).response
    book = zipfile.ZipFile(io.BytesIO(reply.data))
    strings = book.read("xl/sharedStrings.xml").decode()
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", strings)
    assert {"=1+1", "0000001", "001/2026/GCN-SKHCN", "Ghi chú", "05/02/1986"} <= set(texts)
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_register_of_a_year_without_any_says_so(browser):
    auditor = browser().sign_in(make_user(roles=Role.AUDITOR))
    assert (
        "Năm này chưa cấp giấy chứng nhận nào."
        in auditor.get("/certificates/register?year=1999").text
    )


def test_pages_of_seventy_ask_no_more_of_the_database(officer, count_queries):
    small, large = make_ready_cohort(), make_ready_cohort([f"Lê Ấn {n}" for n in range(70)])
    issue(small)
    issue(large)
    db.session.expire_all()
    with count_queries() as few:
        officer.get(home(small))
    with count_queries() as many:
        officer.get(home(large))
    assert len(many) == len(few) <= 8
