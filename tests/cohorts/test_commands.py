"""What can be done with cohorts, staff and enrolments, and what is refused."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from app.cohorts import commands, queries
from app.cohorts.errors import (
    AlreadyEnrolledError,
    CodeTakenError,
    CohortInvalidError,
    CohortNotFoundError,
    EnrolmentNotFoundError,
    NameMissingError,
    RemarkMissingError,
    SiteNotInCohortError,
    VersionNotPublishedError,
)
from app.cohorts.models import Cohort, CohortStaff, Enrolment, EnrolmentState, StaffDuty
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.courses.models import CourseVersion, VersionState
from tests.factories import (
    make_cohort,
    make_course,
    make_enrolment,
    make_staff,
    make_user,
    sites_of,
)


def create(**values: Any) -> Cohort:
    given: dict[str, Any] = {
        "code": "TTCS-01/2026",
        "title": "Truyền thông chính sách",
        "version_id": None,
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2026, 11, 24),
        "place": "Hội trường Sở",
        "organiser": "Sở Khoa học và Công nghệ",
        "sites": ["Hội trường", "UBND xã Ba Bể"],
        "created_at": utc_now(),
        **values,
    }
    given["version_id"] = given["version_id"] or make_course().id
    with transaction():
        return commands.create_cohort(**given)


def enrol(cohort: Cohort, **values: Any) -> Enrolment:
    given: dict[str, Any] = {
        "cohort_id": cohort.id,
        "learner_id": None,
        "site_id": sites_of(cohort)[0].id,
        "unit_name": "Báo và Đài",
        "position_title": "Phóng viên",
        "enrolled_at": utc_now(),
        **values,
    }
    given["learner_id"] = given["learner_id"] or make_user().id
    with transaction():
        return commands.enrol(**given)


def test_a_cohort_gets_its_address_from_its_code_and_its_sites_in_order() -> None:
    cohort = create(code="TTCS–01/2026 Đợt 2")

    assert cohort.slug == "ttcs-01-2026-dot-2"
    assert [(each.name, each.is_main) for each in queries.list_sites(cohort.id)] == [
        ("Hội trường", True),
        ("UBND xã Ba Bể", False),
    ]
    assert queries.find_cohort_by_code("TTCS–01/2026 Đợt 2") is not None


def test_texts_of_a_cohort_are_stored_in_one_unicode_form() -> None:
    cohort = create(title=unicodedata.normalize("NFD", "Truyền thông  chính sách"))

    assert cohort.title == "Truyền thông chính sách"


@pytest.mark.parametrize(
    "values",
    [
        {"code": "///"},
        {"title": "  "},
        {"organiser": ""},
        {"sites": []},
        {"sites": ["Hội trường", " "]},
        {"sites": ["Hội trường", "Hội  trường"]},
        {"ends_on": date(2026, 11, 22)},
    ],
)
def test_an_incomplete_cohort_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(CohortInvalidError):
        create(**values)

    assert db.session.query(Cohort).count() == 0


def test_two_cohorts_cannot_share_an_address() -> None:
    create(code="TTCS-01/2026")

    with pytest.raises(CodeTakenError):
        create(code="ttcs 01 2026")


def test_a_draft_is_not_taught() -> None:
    version = make_course()
    with transaction():
        table = CourseVersion.__table__
        db.session.execute(
            sa.update(table)
            .where(table.c.id == version.id)
            .values(state=VersionState.DRAFT, published_at=None)
        )
    db.session.expire_all()

    with pytest.raises(VersionNotPublishedError):
        create(version_id=version.id)


def test_a_coordinator_needs_a_site_of_the_cohort_and_a_trainer_none() -> None:
    cohort, other = make_cohort(), make_cohort()
    person = make_user()

    for duty, site_id in (
        (StaffDuty.COORDINATOR, None),
        (StaffDuty.COORDINATOR, sites_of(other)[0].id),
        (StaffDuty.TRAINER, sites_of(cohort)[0].id),
    ):
        with pytest.raises(SiteNotInCohortError), transaction():
            commands.add_staff(cohort_id=cohort.id, user_id=person.id, duty=duty, site_id=site_id)
    assert not queries.is_staff(person.id, cohort.id)


def test_adding_the_same_trainer_twice_changes_nothing() -> None:
    cohort, person = make_cohort(), make_user()

    for _ in range(2):
        with transaction():
            commands.add_staff(cohort_id=cohort.id, user_id=person.id, duty=StaffDuty.TRAINER)

    assert db.session.query(CohortStaff).count() == 1
    assert queries.is_staff(person.id, cohort.id)
    assert [each.slug for each in queries.find_staff_cohorts(person.id)] == [cohort.slug]


def test_learners_are_numbered_in_the_order_they_came_and_listed_by_given_name() -> None:
    cohort = make_cohort()
    for name in ("Trần Văn Ý", "Nguyễn Thị Ánh", "Lê An"):
        enrol(cohort, learner_id=make_user(name).id)

    rows = queries.list_enrolments(cohort.id)

    assert [(row.full_name, row.number) for row in rows] == [
        ("Lê An", 3),
        ("Nguyễn Thị Ánh", 2),
        ("Trần Văn Ý", 1),
    ]


def test_the_number_of_the_official_list_is_kept() -> None:
    cohort = make_cohort()
    enrol(cohort, number=12)

    assert enrol(cohort).number == 13
    assert queries.get_enrolment_by_number(cohort.id, 12).number == 12


def test_nobody_is_enrolled_twice_not_even_after_cancelling() -> None:
    cohort, learner = make_cohort(), make_user()
    enrolment = enrol(cohort, learner_id=learner.id)
    with transaction():
        commands.cancel_enrolment(enrolment_id=enrolment.id, cancelled_at=utc_now())

    with pytest.raises(AlreadyEnrolledError):
        enrol(cohort, learner_id=learner.id)

    row = db.session.get(Enrolment, enrolment.id)
    assert row is not None
    assert row.state is EnrolmentState.CANCELLED
    assert queries.list_enrolments(cohort.id) == []


def test_a_site_of_another_cohort_or_a_stranger_is_refused() -> None:
    cohort, other = make_cohort(), make_cohort()

    with pytest.raises(SiteNotInCohortError):
        enrol(cohort, site_id=sites_of(other)[0].id)
    with pytest.raises(CohortNotFoundError):
        enrol(cohort, learner_id=cohort.id)


def test_a_correction_resets_the_confirmation_and_keeps_the_account() -> None:
    enrolment = make_enrolment(make_cohort(), make_user("Nguyễn Văn An"))
    officer = make_user()
    with transaction():
        commands.confirm_name(enrolment_id=enrolment.id, confirmed_at=utc_now())

    with transaction():
        commands.correct_printed_name(
            enrolment_id=enrolment.id,
            printed_name=unicodedata.normalize("NFD", " Nguyễn  Văn Ấn "),
            corrected_by_id=officer.id,
            corrected_at=utc_now(),
        )

    row = queries.list_enrolments(enrolment.cohort_id)[0]
    assert (row.printed_name, row.full_name) == ("Nguyễn Văn Ấn", "Nguyễn Văn An")
    assert row.name_confirmed_at is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 121])
def test_an_empty_or_endless_name_is_refused(name: str) -> None:
    enrolment = make_enrolment(make_cohort())

    with pytest.raises(NameMissingError), transaction():
        commands.correct_printed_name(
            enrolment_id=enrolment.id,
            printed_name=name,
            corrected_by_id=enrolment.learner_id,
            corrected_at=utc_now(),
        )


def test_a_remark_takes_a_confirmation_back_and_a_confirmation_a_remark() -> None:
    enrolment = make_enrolment(make_cohort())
    with transaction():
        commands.confirm_name(enrolment_id=enrolment.id, confirmed_at=utc_now())
        commands.report_name(enrolment_id=enrolment.id, remark="Thiếu dấu", reported_at=utc_now())
    row = queries.list_enrolments(enrolment.cohort_id)[0]
    assert (row.name_confirmed_at, row.name_remark) == (None, "Thiếu dấu")

    with transaction():
        commands.confirm_name(enrolment_id=enrolment.id, confirmed_at=utc_now())
    row = queries.list_enrolments(enrolment.cohort_id)[0]
    assert row.name_confirmed_at is not None
    assert row.name_remark == ""


def test_nothing_is_done_with_a_cancelled_enrolment() -> None:
    enrolment = make_enrolment(make_cohort())
    with transaction():
        commands.cancel_enrolment(enrolment_id=enrolment.id, cancelled_at=utc_now())

    with pytest.raises(EnrolmentNotFoundError), transaction():
        commands.confirm_name(enrolment_id=enrolment.id, confirmed_at=utc_now())
    with pytest.raises(RemarkMissingError), transaction():
        commands.report_name(enrolment_id=enrolment.id, remark=" ", reported_at=utc_now())


def test_the_duties_of_a_person_are_read_with_the_cohort() -> None:
    cohort = make_cohort()
    trainer = make_staff(cohort)

    assert queries.get_staff_view(cohort.slug, user_id=trainer.id).duties == (
        (StaffDuty.TRAINER, None),
    )
    assert queries.get_staff_view(cohort.slug, user_id=make_user().id).duties == ()
    with pytest.raises(CohortNotFoundError):
        queries.get_staff_view("khong-co", user_id=trainer.id)
