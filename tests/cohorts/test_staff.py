"""Who teaches a cohort and who coordinates its sites, as an officer arranges it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.audit import queries as audit
from app.auth.models import Role, User
from app.cohorts.models import Cohort, CohortStaff, StaffDuty
from app.core.db import db
from tests.auth.factories import make_person
from tests.factories import make_cohort, make_enrolment, make_staff, make_user, sites_of
from tests.pages import Browser

Browsers = Callable[[], Browser]


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(sites=("Hội trường", "UBND xã Ba Bể"))


@pytest.fixture
def officer(browser: Browsers) -> Browser:
    return browser().sign_in(make_user("Hoàng Thị Cán", roles=Role.OFFICER))


def known(login: str, duty: str = "trainer") -> dict[str, str]:
    return {"known-login": login, "known-duty": duty}


def new(username: str, full_name: str = "Trần Thị Bình", duty: str = "trainer") -> dict[str, str]:
    return {"new-full_name": full_name, "new-username": username, "new-duty": duty}


@pytest.mark.parametrize("login", ["Binh.Tran", "binh@so.gov.vn", "0912 345 678"])
def test_somebody_known_becomes_trainer_by_any_name_of_the_account(
    cohort: Cohort, officer: Browser, browser: Browsers, login: str
) -> None:
    person = make_person(
        "Trần Thị Bình",
        "binh.tran",
        roles=Role.LEARNER,
        email="binh@so.gov.vn",
        phone="0912345678",
    )
    url = officer.get(f"/cohorts/{cohort.slug}").link("Thêm hoặc thôi nhiệm vụ")

    page = officer.follow(officer.post(url, known(login)))

    assert "Trần Thị Bình" in page.one("table").get_text()
    assert "Giảng viên" in page.one("tbody").get_text()
    taught = browser().sign_in(db.session.get_one(User, person.id)).get("/teach")
    assert taught.link(cohort.title).startswith(f"/teach/{cohort.slug}")


def test_a_coordinator_has_one_site_and_a_second_one_takes_its_place(
    cohort: Cohort, officer: Browser
) -> None:
    make_person(username="binh.tran", roles=Role.COORDINATOR)
    url = f"/cohorts/{cohort.slug}/staff"
    for site in sites_of(cohort):
        page = officer.follow(officer.post(url, known("binh.tran", str(site.id))))

    assert "Cán bộ điểm cầu UBND xã Ba Bể" in page.one("tbody").get_text()
    row = db.session.query(CohortStaff).one()
    assert (row.duty, row.site_id) == (StaffDuty.COORDINATOR, sites_of(cohort)[1].id)
    added = [each for each in audit.list_about(str(cohort.id)) if each.action == "StaffAdded"]
    assert [each.detail["site_id"] for each in added] == [str(each.id) for each in sites_of(cohort)]


@pytest.mark.parametrize("login", ["", "khong.co", "0912 000 000"])
def test_an_unknown_person_is_said_in_place(cohort: Cohort, officer: Browser, login: str) -> None:
    page = officer.post(f"/cohorts/{cohort.slug}/staff", known(login), status=422)

    assert page.one("#known-login-error").get_text().strip()
    assert page.form("main form:first-of-type")["known-login"] == login
    assert db.session.query(CohortStaff).count() == 0


def test_a_site_of_another_cohort_cannot_be_chosen(cohort: Cohort, officer: Browser) -> None:
    make_person(username="binh.tran")
    elsewhere = str(sites_of(make_cohort())[0].id)

    page = officer.post(f"/cohorts/{cohort.slug}/staff", known("binh.tran", elsewhere), status=422)

    assert page.one("#known-duty-error").get_text().strip()
    assert db.session.query(CohortStaff).count() == 0


def test_a_new_account_comes_with_a_password_that_is_shown_once_and_must_be_changed(
    cohort: Cohort, officer: Browser, browser: Browsers
) -> None:
    url = f"/cohorts/{cohort.slug}/staff"

    page = officer.post(f"{url}/accounts", new("binh.tran"), status=200)

    assert page.headers["Cache-Control"] == "no-store"
    password = page.all("dd")[2].get_text().strip()
    assert password not in officer.get(url).text
    her = browser()
    signed_in = her.post("/login", {"login": "binh.tran", "password": password})
    assert signed_in.location.startswith("/account/password")
    user = db.session.query(User).filter_by(username="binh.tran").one()
    assert (user.roles, user.must_change_password) == (Role.TRAINER, True)


def test_somebody_who_only_had_slips_gets_a_password_to_sign_in_with(
    cohort: Cohort, officer: Browser, browser: Browsers
) -> None:
    make_person(username="binh.tran", password=None)

    page = officer.post(f"/cohorts/{cohort.slug}/staff", known("binh.tran"), status=200)

    password = page.all("dd")[2].get_text().strip()
    browser().post("/login", {"login": "binh.tran", "password": password})


def test_a_namesake_of_a_new_account_is_asked_about_and_a_second_press_makes_it(
    cohort: Cohort, officer: Browser
) -> None:
    make_person("Trần Thị Bình", "binh.so")
    url = f"/cohorts/{cohort.slug}/staff/accounts"

    page = officer.post(url, new("binh.tran"), status=200)

    assert "tên đăng nhập binh.so" in page.one("main form:last-of-type").get_text()
    assert db.session.query(User).filter_by(username="binh.tran").count() == 0
    asked = page.one("input[name=new-asked]")["value"]
    officer.post(url, {**new("binh.tran"), "new-asked": str(asked)}, status=200)
    assert db.session.query(CohortStaff).count() == 1


def test_the_same_new_account_asked_for_twice_is_made_once(
    cohort: Cohort, officer: Browser
) -> None:
    url = f"/cohorts/{cohort.slug}/staff/accounts"
    officer.post(url, new("binh.tran"), status=200)

    page = officer.post(url, new("binh.tran2"), status=200)

    assert "tên đăng nhập binh.tran" in page.one("main form:last-of-type").get_text()
    assert db.session.query(CohortStaff).count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (new(""), "username"),
        (new("an.nv"), "username"),
        (new("a b"), "username"),
        (new("binh.tran", full_name=""), "full_name"),
        (new("binh.tran", full_name="123"), "full_name"),
        (new("binh.tran", duty="officer"), "duty"),
    ],
)
def test_a_wrong_new_account_is_refused_in_place_and_half_of_it_is_not_made(
    cohort: Cohort, officer: Browser, values: dict[str, str], field: str
) -> None:
    make_person(username="an.nv")
    before = db.session.query(User).count()

    page = officer.post(f"/cohorts/{cohort.slug}/staff/accounts", values, status=422)

    assert page.one(f"#new-{field}-error").get_text().strip()
    assert db.session.query(User).count() == before
    assert db.session.query(CohortStaff).count() == 0


def test_a_duty_ends_after_a_question_and_the_log_keeps_it(
    cohort: Cohort, officer: Browser, browser: Browsers
) -> None:
    trainer = make_staff(cohort)
    make_enrolment(cohort)
    url = officer.get(f"/cohorts/{cohort.slug}/staff").link("Thôi nhiệm vụ")
    assert "Thôi nhiệm vụ của Trần Thị Bình?" in officer.get(url).text
    assert db.session.query(CohortStaff).count() == 1

    officer.follow(officer.post(url))

    browser().sign_in(trainer).get(f"/teach/{cohort.slug}", status=404)
    (entry,) = (each for each in audit.list_about(str(cohort.id)) if each.action == "StaffRemoved")
    assert entry.detail["user_id"] == str(trainer.id)
    officer.get(url, status=404)
    officer.post(url, status=404)


def test_a_duty_in_another_cohort_is_not_found(cohort: Cohort, officer: Browser) -> None:
    make_staff(cohort)
    url = officer.get(f"/cohorts/{cohort.slug}/staff").link("Thôi nhiệm vụ")
    elsewhere = url.replace(cohort.slug, make_cohort().slug)

    officer.get(elsewhere, status=404)
    officer.post(elsewhere, status=404)
    assert db.session.query(CohortStaff).count() == 1
