"""The officer's pages of cohorts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.auth.models import LoginSlip, Role
from app.cohorts import commands
from app.cohorts.models import Cohort, Enrolment
from app.core.clock import utc_now
from app.core.db import db, transaction
from tests.factories import make_cohort, make_enrolment, make_staff, make_user, sites_of
from tests.pages import Browser

Browsers = Callable[[], Browser]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(sites=("Hội trường", "UBND xã Ba Bể"))


@pytest.fixture
def officer(browser: Browsers) -> Browser:
    return browser().sign_in(make_user("Hoàng Thị Cán", roles=Role.OFFICER))


def test_the_list_leads_to_the_cohort_and_it_to_what_can_be_done(
    cohort: Cohort, officer: Browser
) -> None:
    url = officer.get("/cohorts").link(cohort.title)
    page = officer.get(url)

    assert "Lớp chưa có học viên" in page.text
    officer.get(page.link("Bảng theo dõi"))
    officer.get(page.link("Điều kiện hoàn thành"))
    officer.get(page.link("In phiếu đăng nhập"))


def test_without_a_cohort_the_list_says_so(officer: Browser) -> None:
    assert "Chưa có lớp nào" in officer.get("/cohorts").text


def test_reported_names_stand_on_top_with_what_the_learner_says(
    cohort: Cohort, officer: Browser
) -> None:
    enrolment = make_enrolment(cohort, make_user("Nguyễn Văn An"))
    with transaction():
        commands.report_name(enrolment_id=enrolment.id, remark="Tên là Ấn", reported_at=utc_now())

    page = officer.get(f"/cohorts/{cohort.slug}")

    assert "1 học viên báo sai họ tên" in page.text
    assert "“Tên là Ấn”" in page.one(".note.warn").get_text()
    assert page.link("Nguyễn Văn An") == f"/cohorts/{cohort.slug}/names/1"


def test_a_name_is_corrected_in_a_form(cohort: Cohort, officer: Browser) -> None:
    enrolment = make_enrolment(cohort, make_user("Nguyễn Văn An"))
    url = f"/cohorts/{cohort.slug}/names/1"
    assert officer.get(url).form("main form") == {"printed_name": "Nguyễn Văn An"}

    officer.follow(officer.post(url, {"printed_name": "Nguyễn Văn Ấn"}))

    row = db.session.get(Enrolment, enrolment.id)
    assert row is not None
    assert row.printed_name == "Nguyễn Văn Ấn"


@pytest.mark.parametrize(
    "name", ["", "...", "x" * 121, "Lê An😀", "Lê \U0001d400n", "Lê ﬁn", "李 An"]
)
def test_a_wrong_correction_is_refused_with_a_sentence(
    cohort: Cohort, officer: Browser, name: str
) -> None:
    make_enrolment(cohort)

    page = officer.post(f"/cohorts/{cohort.slug}/names/1", {"printed_name": name}, status=422)

    assert page.one("#printed_name-error").get_text().strip()


@pytest.mark.parametrize("typed", ["an", "Ấn", "le an", "LE"])
def test_learners_are_found_by_name_with_and_without_marks(
    cohort: Cohort, officer: Browser, typed: str
) -> None:
    for name in ("Lê Ấn", "Hoàng Bình", "Lê An"):
        make_enrolment(cohort, make_user(name))

    page = officer.get(f"/cohorts/{cohort.slug}", query_string={"q": typed})

    assert [each.get_text() for each in page.all("tbody th")] == ["Lê An", "Lê Ấn"]
    assert page.form('form[role="search"]') == {"q": typed}
    assert "3 học viên chưa xác nhận" in page.text


def test_a_name_nobody_has_says_what_to_do(cohort: Cohort, officer: Browser) -> None:
    make_enrolment(cohort, make_user("Lê An"))

    page = officer.get(f"/cohorts/{cohort.slug}?q=Zzz")

    assert "Không có học viên nào tên như vậy" in page.text
    assert page.link("Xem cả lớp") == f"/cohorts/{cohort.slug}"


def test_slips_are_made_only_after_a_question(cohort: Cohort, officer: Browser) -> None:
    make_enrolment(cohort)

    page = officer.get(f"/cohorts/{cohort.slug}/slips")

    assert "sẽ hết hiệu lực" in page.text
    assert db.session.query(LoginSlip).count() == 0


def test_slips_carry_name_unit_site_code_and_a_square_for_the_phone(
    cohort: Cohort, officer: Browser
) -> None:
    for number in range(9):
        make_enrolment(cohort, make_user(f"Nguyễn Văn Lan{number}"))

    page = officer.post(f"/cohorts/{cohort.slug}/slips", {"site": ""}, status=200)

    assert page.headers["Cache-Control"] == "no-store"
    assert [len(each.select(".slip")) for each in page.all(".sheet")] == [8, 1]
    slip = page.all(".slip")[0]
    for words in ("Nguyễn Văn Lan0", "Phòng Văn hóa - Xã hội", "Hội trường", "localhost"):
        assert words in slip.get_text()
    assert slip.select_one(".code").get_text().count("-") == 2  # type: ignore[union-attr]
    assert slip.select_one("svg path")["d"]  # type: ignore[index]
    assert db.session.query(LoginSlip).count() == 9


def test_slips_of_one_site_leave_the_others_alone(cohort: Cohort, officer: Browser) -> None:
    main, other = sites_of(cohort)
    make_enrolment(cohort, make_user("Lê An"), main)
    make_enrolment(cohort, make_user("Lê Bình"), other)

    page = officer.post(f"/cohorts/{cohort.slug}/slips", {"site": "2"}, status=200)

    assert "Lê Bình" in page.text
    assert "Lê An" not in page.text


def test_a_printed_slip_signs_its_learner_in(
    cohort: Cohort, officer: Browser, browser: Browsers
) -> None:
    make_enrolment(cohort, make_user("Lê An"))
    code = officer.post(f"/cohorts/{cohort.slug}/slips", status=200).one(".code").get_text()

    learner = browser()
    learner.post("/login/code", {"code": code})

    assert cohort.title in learner.get("/learn").text


def test_the_pages_are_for_officers_only(cohort: Cohort, browser: Browsers) -> None:
    trainer = browser().sign_in(make_staff(cohort))

    for path in ("", f"/{cohort.slug}", f"/{cohort.slug}/slips", f"/{cohort.slug}/names/1"):
        trainer.get(f"/cohorts{path}", status=403)
    trainer.post(f"/cohorts/{cohort.slug}/slips", status=403)
    browser().get("/cohorts", status=401)


def test_unknown_cohorts_and_learners_are_not_found(cohort: Cohort, officer: Browser) -> None:
    officer.get("/cohorts/khong-co", status=404)
    officer.get(f"/cohorts/{cohort.slug}/names/5", status=404)
