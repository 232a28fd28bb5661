"""An officer enrols learners one by one, corrects where they belong, takes them out and back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.audit import queries as audit
from app.auth.models import LoginSlip, Role, User
from app.cohorts import commands
from app.cohorts.commands import LearnerEntry
from app.cohorts.errors import PersonUnclearError
from app.cohorts.models import Cohort, Enrolment, EnrolmentState
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.errors import RuleBrokenError
from app.units.commands import create_unit
from app.units.models import Membership, Unit
from tests.auth.factories import make_person
from tests.factories import BIRTHDAY, make_cohort, make_enrolment, make_staff, make_user, sites_of
from tests.pages import Browser, Page

Browsers = Callable[[], Browser]
UNIT = "Phòng Văn hóa - Xã hội xã Ba Bể"


@pytest.fixture
def cohort(clock: object) -> Cohort:
    return make_cohort(sites=("Hội trường", "UBND xã Ba Bể"))


@pytest.fixture
def officer(browser: Browsers) -> Browser:
    return browser().sign_in(make_user("Hoàng Thị Cán", roles=Role.OFFICER))


def entry(cohort: Cohort, **values: Any) -> dict[str, Any]:
    return {
        "full_name": "Nguyễn Văn An",
        "birth": "05/02/1985",
        "unit_name": UNIT,
        "position_title": "Chuyên viên",
        "site": str(sites_of(cohort)[1].id),
        "then": "next",
        **values,
    }


def send(officer: Browser, cohort: Cohort, status: int = 303, **values: Any) -> Page:
    return officer.post(f"/cohorts/{cohort.slug}/learners", entry(cohort, **values), status=status)


def learners() -> list[User]:
    return db.session.query(User).filter_by(roles=Role.LEARNER).order_by(User.username).all()


def test_a_learner_is_enrolled_with_account_unit_and_place_of_work(
    cohort: Cohort, officer: Browser
) -> None:
    officer.get(f"/cohorts/{cohort.slug}/learners/new")

    page = officer.follow(send(officer, cohort, phone="0912 345 678", email="An@Xa.gov.vn"))

    assert "Đã ghi danh Nguyễn Văn An, STT 1" in page.one('[role="status"]').get_text()
    assert page.form("main form")["site"] == str(sites_of(cohort)[1].id)
    (user,) = learners()
    assert (user.username, user.birth_on) == ("nguyen.van.an", BIRTHDAY)
    assert (user.phone, user.email) == ("+84912345678", "an@xa.gov.vn")
    seat = db.session.query(Enrolment).one()
    assert (seat.unit_name, seat.position_title) == (UNIT, "Chuyên viên")
    assert db.session.query(Membership).one().user_id == user.id


def test_afterwards_the_officer_may_go_back_to_the_class(cohort: Cohort, officer: Browser) -> None:
    page = officer.follow(send(officer, cohort, then="class", birth="1985", number="12"))

    assert page.response.request.path == f"/cohorts/{cohort.slug}"
    assert "Đã ghi danh Nguyễn Văn An, STT 12" in page.text
    (user,) = learners()
    assert (user.birth_on, user.birth_year) == (None, 1985)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", ""),
        ("full_name", "123"),
        ("full_name", "Lê An😀"),
        ("full_name", "Lê \U0001d400n"),
        ("birth", ""),
        ("birth", "31/02/1985"),
        ("birth", "1885"),
        ("birth", "2/1985"),
        ("unit_name", " "),
        ("phone", "123"),
        ("email", "an@"),
        ("site", "0"),
        ("number", "0"),
        ("number", "mười"),
        ("number", "1"),
    ],
)
def test_a_wrong_value_is_said_in_its_place_and_nothing_is_half_stored(
    cohort: Cohort, officer: Browser, field: str, value: str
) -> None:
    make_enrolment(cohort, make_user("Lê Thị Hòa"))

    page = send(officer, cohort, status=422, **{field: value})

    assert page.one(f"#{field}-error").get_text().strip()
    assert page.form("main form")["position_title"] == "Chuyên viên"
    assert len(learners()) == 1
    assert db.session.query(Unit).count() == 0


def test_a_namesake_is_asked_about_before_anything_is_stored(
    cohort: Cohort, officer: Browser
) -> None:
    other = make_user("Nguyễn Văn Ấn", birth_on=date(1979, 1, 2), birth_year=1979)

    page = send(officer, cohort, status=200)

    assert "Nguyễn Văn Ấn" in page.one("fieldset").get_text()
    assert "sinh 02/01/1979" in page.one("fieldset").get_text()
    assert page.form("main form")["unit_name"] == UNIT
    assert db.session.query(Enrolment).count() == 0
    assert learners() == [other]


def test_a_namesake_who_is_somebody_else_gets_an_account_of_their_own(
    cohort: Cohort, officer: Browser
) -> None:
    send(officer, cohort)
    form = send(officer, cohort, status=200, birth="1979").form("main form")

    send(officer, cohort, birth="1979", asked=form["asked"], who="new")

    assert [each.username for each in learners()] == ["nguyen.van.an", "nguyen.van.an2"]
    assert db.session.query(Enrolment).count() == 2


@pytest.mark.parametrize("spelt", ["H’Hen Niê", "H\u02bchen niê", "H‘Hen Niê"])
def test_a_namesake_with_another_apostrophe_is_asked_about(
    cohort: Cohort, officer: Browser, spelt: str
) -> None:
    make_user("H'Hen Niê")

    page = send(officer, cohort, status=200, full_name=spelt)

    assert "H'Hen Niê" in page.one("fieldset").get_text()


def test_of_four_equal_requests_at_once_one_enrols_and_the_others_are_asked(
    app: Flask, cohort: Cohort
) -> None:
    place = sites_of(cohort)[1].id
    gate = threading.Barrier(4)

    def enrol(_number: int) -> type[object]:
        with app.app_context():
            learner = LearnerEntry("Nguyễn Văn An", UNIT, place, birth_on=BIRTHDAY)
            gate.wait(30)
            try:
                with transaction():
                    commands.enrol_entry(cohort_id=cohort.id, entry=learner, enrolled_at=utc_now())
            except RuleBrokenError as error:
                return type(error)
            return Enrolment

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(enrol, range(4)))

    assert results.count(Enrolment) == 1
    assert len(learners()) == 1


def test_an_answer_given_before_somebody_alike_came_in_is_asked_for_again(
    cohort: Cohort, officer: Browser
) -> None:
    make_user("Nguyễn Văn Ấn")
    form = send(officer, cohort, status=200).form("main form")
    said: dict[str, Any] = {"asked": form["asked"], "who": "new"}
    send(officer, cohort, **said)

    page = send(officer, cohort, status=200, **said)

    assert "đã có trong lớp, STT 1" in page.text
    assert db.session.query(Enrolment).count() == 1


def test_who_is_new_is_decided_by_the_command(cohort: Cohort) -> None:
    learner = LearnerEntry("Nguyễn Văn An", UNIT, sites_of(cohort)[1].id, birth_on=BIRTHDAY)
    with transaction():
        commands.enrol_entry(cohort_id=cohort.id, entry=learner, enrolled_at=utc_now())

    with pytest.raises(PersonUnclearError), transaction():
        commands.enrol_entry(cohort_id=cohort.id, entry=learner, enrolled_at=utc_now())
    told = replace(learner, told_apart=frozenset(each.id for each in learners()))
    with transaction():
        commands.enrol_entry(cohort_id=cohort.id, entry=told, enrolled_at=utc_now())

    assert len(learners()) == 2


def test_the_same_person_is_enrolled_with_the_account_there_is(
    cohort: Cohort, officer: Browser
) -> None:
    person = make_user("Nguyễn Văn An", roles=Role.TRAINER)
    form = send(officer, cohort, status=200).form("main form")

    send(officer, cohort, asked=form["asked"], who=str(person.id))

    seat = db.session.query(Enrolment).one()
    assert seat.learner_id == person.id
    assert db.session.get_one(User, person.id).roles == Role.TRAINER | Role.LEARNER
    assert db.session.query(User).filter_by(full_name="Nguyễn Văn An").count() == 1


def test_who_has_the_same_number_is_asked_about_and_nobody_else_may_have_it(
    cohort: Cohort, officer: Browser
) -> None:
    person = make_person("Lê Thị Hòa", "hoa.lt", phone="0912345678")
    page = send(officer, cohort, status=200, phone="0912.345.678")
    assert "Lê Thị Hòa" in page.one("fieldset").get_text()

    page = send(officer, cohort, status=422, phone="0912.345.678", asked=str(person.id), who="new")

    assert "đã thuộc tài khoản khác" in page.one("#phone-error").get_text()
    assert learners() == [person]
    assert db.session.query(Enrolment).count() == 0


@pytest.mark.parametrize("who", ["", "00000000-0000-0000-0000-000000000001"])
def test_the_question_wants_an_answer(cohort: Cohort, officer: Browser, who: str) -> None:
    person = make_user()

    page = send(officer, cohort, status=422, asked=str(person.id), who=who)

    assert "Hãy chọn" in page.one("#who-error").get_text()
    assert db.session.query(Enrolment).count() == 0


def test_an_answer_about_others_does_not_count_for_who_came_in_between(
    cohort: Cohort, officer: Browser
) -> None:
    make_user("Nguyễn Văn An")

    page = send(officer, cohort, status=200, asked="", who="new")

    assert "Học viên này là ai?" in page.text
    assert len(learners()) == 1


def test_who_is_in_the_class_already_cannot_be_chosen_again(
    cohort: Cohort, officer: Browser
) -> None:
    learner = make_user("Nguyễn Văn An")
    make_enrolment(cohort, learner)

    page = send(officer, cohort, status=200)

    assert "đã có trong lớp, STT 1" in page.one(".note.warn").get_text()
    assert [each["value"] for each in page.all('[name="who"]')] == ["new"]
    send(officer, cohort, status=422, asked=str(learner.id), who=str(learner.id))
    assert db.session.query(Enrolment).count() == 1


@pytest.mark.parametrize("typed", ["phong van hoa - xa hoi xa ba be", UNIT.upper(), UNIT])
def test_a_known_unit_is_found_however_it_is_typed(
    cohort: Cohort, officer: Browser, typed: str
) -> None:
    with transaction():
        create_unit(name=UNIT)

    assert UNIT in [
        each["value"]
        for each in officer.get(f"/cohorts/{cohort.slug}/learners/new").all("#units option")
    ]
    send(officer, cohort, unit_name=typed)

    assert db.session.query(Enrolment).one().unit_name == UNIT
    assert db.session.query(Unit).count() == 1


def test_other_marks_are_another_unit(cohort: Cohort, officer: Browser) -> None:
    with transaction():
        create_unit(name="UBND xã Hòa An")

    send(officer, cohort, unit_name="UBND xã Hoà An")
    send(officer, cohort, full_name="Lê Thị Hòa", unit_name="UBND xã Hoa An")

    assert {each.name for each in db.session.query(Unit)} == {"UBND xã Hòa An", "UBND xã Hoa An"}


def test_a_name_that_several_units_have_must_be_made_plain(
    cohort: Cohort, officer: Browser
) -> None:
    for _ in range(2):
        with transaction():
            create_unit(name="Văn phòng")

    page = send(officer, cohort, status=422, unit_name="Văn phòng")

    assert "Hãy ghi rõ hơn" in page.one("#unit_name-error").get_text()
    assert learners() == []


def test_unit_position_and_site_are_corrected_and_the_log_says_so(
    cohort: Cohort, officer: Browser
) -> None:
    send(officer, cohort)
    url = officer.get(f"/cohorts/{cohort.slug}").link("Nguyễn Văn An")
    form = officer.get(url).form('main form[action$="/1"]')
    main = str(sites_of(cohort)[0].id)

    page = officer.follow(
        officer.post(url, {**form, "position_title": "Trưởng phòng", "site": main})
    )

    assert "Trưởng phòng" in page.text
    seat = db.session.query(Enrolment).one()
    assert (str(seat.site_id), seat.unit_name) == (main, UNIT)
    assert "EnrolmentCorrected" in [each.action for each in audit.list_about(str(seat.id))]
    officer.post(url, {**form, "unit_name": ""}, status=422)
    officer.post(url, {**form, "site": "x"}, status=422)


def test_a_slip_of_one_learner_leaves_the_others_alone(cohort: Cohort, officer: Browser) -> None:
    make_enrolment(cohort, make_user("Lê An"))
    make_enrolment(cohort, make_user("Lê Bình"))
    url = officer.get(f"/cohorts/{cohort.slug}").link("Lê Bình")
    form = officer.get(url).form('main form[action$="/slips"]')

    page = officer.post(f"/cohorts/{cohort.slug}/slips", form, status=200)

    assert "Lê Bình" in page.text
    assert db.session.query(LoginSlip).count() == 1


def test_a_learner_leaves_the_class_for_a_reason_and_may_come_back(
    cohort: Cohort, officer: Browser, browser: Browsers
) -> None:
    learner = make_user("Nguyễn Văn An")
    seat = make_enrolment(cohort, learner)
    url = officer.get(f"/cohorts/{cohort.slug}/learners/1").link("Hủy ghi danh")
    officer.post(url, {"reason": " "}, status=422)
    officer.post(url, {"reason": "x" * 301}, status=422)

    page = officer.follow(officer.post(url, {"reason": "Chuyển công tác"}))

    assert "Đã hủy ghi danh: 1 người" in page.text
    browser().sign_in(learner).get(f"/learn/{cohort.slug}", status=404)
    assert db.session.get_one(Enrolment, seat.id).state is EnrolmentState.CANCELLED
    (entry,) = (
        each for each in audit.list_about(str(seat.id)) if each.action == "EnrolmentCancelled"
    )
    assert entry.detail["reason"] == "Chuyển công tác"

    officer.post(str(page.one('form[action$="/restoration"]')["action"]))

    browser().sign_in(learner).get(f"/learn/{cohort.slug}")
    officer.post(f"/cohorts/{cohort.slug}/learners/1/restoration", status=404)


def test_a_new_officer_opens_a_class_that_is_taught_and_learnt(
    cohort: Cohort, officer: Browser, browser: Browsers
) -> None:
    send(officer, cohort, then="class")
    slips = officer.post(f"/cohorts/{cohort.slug}/slips", status=200)

    learner = browser()
    learner.post("/login/code", {"code": slips.one(".code").get_text()})

    learner.get(learner.get("/learn").link(cohort.title))
    board = browser().sign_in(make_staff(cohort)).get(f"/teach/{cohort.slug}")
    assert "Nguyễn Văn An" in board.text
