"""The training day of the demo, from the course to the certificates, by the program's commands."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from app.auth import commands as auth
from app.auth.models import Role
from app.certificates import commands as certificates
from app.certificates import queries as certificate_queries
from app.certificates.commands import IssueOrder, IssuerValues
from app.cohorts import commands as cohorts
from app.cohorts import queries as cohort_queries
from app.cohorts.models import StaffDuty
from app.core.clock import LOCAL_ZONE, to_local
from app.core.db import transaction
from app.courses import commands as courses
from app.courses.queries import Outline, get_outline
from app.progress import commands as progress
from app.quizzes import commands as quizzes
from app.quizzes import queries as quiz_queries
from app.units import commands as units
from seed.fates import NEXT_CLASS, REISSUED, REVOKED, fate_of
from seed.learner_day import FINAL_TEST, PRE_TEST, Hours, LearnerDay, Seat, lessons_of
from seed.people import LEARNERS, STAFF, Learner
from seed.places import ORGANISER, PLACE, PROVINCE, SITE_OF_UNIT, SITES, UNITS
from seed.timeline import Timeline

COURSE = Path(__file__).parent / "courses" / "truyen-thong-chinh-sach"
FIRST_CLASS = "TTCS-01/2026"
SECOND_CLASS = "TTCS-02/2026"
_SEED = 20260617
_SLIP_DAYS = 14
_ISSUER = IssuerValues(
    parent_body="ỦY BAN NHÂN DÂN TỈNH MẪU",
    issuing_body="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    grantor="Giám đốc Sở Khoa học và Công nghệ tỉnh Mẫu",
    place="Tỉnh Mẫu",
    authority="KT. GIÁM ĐỐC",
    signatory_title="PHÓ GIÁM ĐỐC",
    signatory_name="Đoàn Thị Minh Mẫu",
    register_pattern="{number:03d}/{year}/GCN-SKHCN",
)


@dataclass(frozen=True, slots=True)
class Class:
    """A cohort of the demo and who sits in it, by the learners' numbers."""

    cohort_id: uuid.UUID
    outline: Outline
    seats: dict[int, Seat]


def training_day(today: date) -> date:
    """Return the last working day before a day."""
    day = today - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def tell(*, password: str, now: datetime, say: Callable[[str], object]) -> None:
    """Fill an empty database with the whole story, as it stands at ``now``.

    :param password: of all accounts
    :param say: is told which part begins
    """
    day = training_day(to_local(now).date())
    say(f"  {len(STAFF) + len(LEARNERS)} tài khoản (accounts)")
    people = _employ(password, _at(day, 8) - timedelta(days=9))
    say("  khóa học (the course)")
    version_id = _publish_course(_at(day, 9) - timedelta(days=8))
    first = _open_first_class(people, version_id, day)
    say(f"  một ngày của lớp {FIRST_CLASS} (one day of the class)")
    timeline = Timeline()
    timeline.add(_trainer_day(people["giangvien"], first, day))
    for learner in LEARNERS:
        rng = Random(f"{_SEED}-{learner.number}")  # a seed given as text is the same everywhere
        seat = first.seats[learner.number]
        fate = fate_of(learner.number)
        hours = _hours(day, now)
        timeline.add(LearnerDay(learner, fate, seat, first.outline, hours, rng).steps())
    timeline.run(until=_at(day, 17, 30))
    say("  giấy chứng nhận (certificates)")
    _certify(people["canbo"], first, day)
    _open_second_class(people, version_id, now)
    timeline.run(until=now)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of that day on a clock in Việt Nam."""
    return datetime.combine(day, time(hour, minute), LOCAL_ZONE).astimezone(UTC)


def _hours(day: date, now: datetime) -> Hours:
    return Hours(
        doors=_at(day, 7, 40),
        pre_test=_at(day, 8),
        lunch=_at(day, 11, 30),
        after_lunch=_at(day, 13, 30),
        final=_at(day, 15, 45),
        live=now - timedelta(minutes=6),
    )


def _employ(password: str, hired_at: datetime) -> dict[str, uuid.UUID]:
    """Make units and accounts; return the accounts' ids by user name."""
    from_on = to_local(hired_at).date()
    with transaction():
        province = units.create_unit(name=PROVINCE)
        unit_ids = {
            key: units.create_unit(name=name, parent_id=province.id).id
            for key, name in UNITS.items()
        }
        people = {}
        for member in STAFF:
            people[member.username] = auth.create_user(
                full_name=member.full_name,
                username=member.username,
                email=f"{member.username}@tinhmau.example",
                roles=member.roles,
                password=password,
                created_at=hired_at,
            ).id
        for learner in LEARNERS:
            user = auth.create_user(
                full_name=learner.full_name,
                username=learner.username,
                roles=Role.LEARNER,
                birth_on=learner.birth_on,
                birth_year=learner.birth_year,
                password=password,
                created_at=hired_at,
            )
            units.add_membership(
                user_id=user.id,
                unit_id=unit_ids[learner.unit],
                position=learner.position,
                from_on=from_on,
            )
            people[learner.username] = user.id
    return people


def _publish_course(at: datetime) -> uuid.UUID:
    package, digest = courses.open_package(COURSE)
    with transaction():
        version = courses.import_package(package=package, digest=digest, imported_at=at)
        courses.publish_version(version_id=version.id, published_at=at)
    return version.id


def _open_first_class(people: dict[str, uuid.UUID], version_id: uuid.UUID, day: date) -> Class:
    opened_at = _at(day, 9) - timedelta(days=7)
    outline = get_outline(version_id)
    with transaction():
        cohort_id = _open_class(
            people, FIRST_CLASS, version_id, days=(day, day), sites=SITES, at=opened_at
        )
        site_ids = [each.id for each in cohort_queries.list_sites(cohort_id)]
        enrolment_ids = {
            each.number: _enrol(
                people,
                each,
                cohort_id,
                site_ids[SITE_OF_UNIT.get(each.unit, 0)],
                opened_at,
                number=each.number,
            )
            for each in LEARNERS
        }
        required = [PRE_TEST, *(each.key for each in lessons_of(outline)), FINAL_TEST]
        progress.set_completion_rule(
            cohort_id=cohort_id,
            required=[outline.by_key(key).ordinal for key in required],
            set_by_id=people["canbo"],
            set_at=opened_at,
        )
        tokens = _print_slips(people, LEARNERS, _at(day, 15) - timedelta(days=1))
    seats = {
        each.number: Seat(
            user_id=people[each.username],
            enrolment_id=enrolment_ids[each.number],
            slip_token=tokens[people[each.username]],
        )
        for each in LEARNERS
    }
    return Class(cohort_id, outline, seats)


def _open_second_class(people: dict[str, uuid.UUID], version_id: uuid.UUID, now: datetime) -> None:
    """Open the class that begins today, for those who did not finish the first one."""
    today = to_local(now).date()
    opened_at = now - timedelta(minutes=30)
    with transaction():
        cohort_id = _open_class(
            people,
            SECOND_CLASS,
            version_id,
            days=(today, today + timedelta(days=1)),
            sites=SITES[:2],
            at=opened_at,
        )
        site_ids = [each.id for each in cohort_queries.list_sites(cohort_id)]
        learners = [each for each in LEARNERS if each.number in NEXT_CLASS]
        for number, each in enumerate(learners, start=1):
            site_id = site_ids[SITE_OF_UNIT.get(each.unit, 0) == 1]
            _enrol(people, each, cohort_id, site_id, opened_at, number=number)
        _print_slips(people, learners, opened_at)


def _open_class(
    people: dict[str, uuid.UUID],
    code: str,
    version_id: uuid.UUID,
    *,
    days: tuple[date, date],
    sites: tuple[str, ...],
    at: datetime,
) -> uuid.UUID:
    cohort = cohorts.create_cohort(
        code=code,
        title="Tập huấn truyền thông chính sách",
        version_id=version_id,
        starts_on=days[0],
        ends_on=days[1],
        place=PLACE,
        organiser=ORGANISER,
        sites=sites,
        created_at=at,
    )
    cohorts.add_staff(cohort_id=cohort.id, user_id=people["giangvien"], duty=StaffDuty.TRAINER)
    cohorts.add_staff(
        cohort_id=cohort.id,
        user_id=people["diemcau01"],
        duty=StaffDuty.COORDINATOR,
        site_id=cohort_queries.list_sites(cohort.id)[1].id,
    )
    return cohort.id


def _enrol(
    people: dict[str, uuid.UUID],
    learner: Learner,
    cohort_id: uuid.UUID,
    site_id: uuid.UUID,
    at: datetime,
    *,
    number: int,
) -> uuid.UUID:
    return cohorts.enrol(
        cohort_id=cohort_id,
        learner_id=people[learner.username],
        site_id=site_id,
        unit_name=UNITS[learner.unit],
        position_title=learner.position,
        number=number,
        enrolled_at=at,
    ).id


def _print_slips(
    people: dict[str, uuid.UUID], learners: list[Learner] | tuple[Learner, ...], at: datetime
) -> dict[uuid.UUID, str]:
    """Make slips and return their tokens by user."""
    slips = auth.make_slips(
        user_ids=[people[each.username] for each in learners],
        made_by_id=people["canbo"],
        at=at,
        valid_days=_SLIP_DAYS,
    )
    return {each.user_id: each.token for each in slips}


def _trainer_day(trainer_id: uuid.UUID, first: Class, day: date) -> Iterator[datetime]:
    """Release the pre-test when everybody has handed it in; the final test stays closed."""
    yield _at(day, 8, 25)
    pre_test = quiz_queries.get_quiz_of_activity(first.outline.by_key(PRE_TEST).id)
    quizzes.release_quiz(
        cohort_id=first.cohort_id,
        quiz_id=pre_test.id,
        released_by_id=trainer_id,
        released_at=_at(day, 8, 25),
    )


def _certify(officer_id: uuid.UUID, first: Class, day: date) -> None:
    """Issue to everybody who may have one, then revoke one and issue another again."""
    with transaction():
        certificates.save_issuer(
            _ISSUER, changed_by_id=officer_id, changed_at=_at(day, 10) - timedelta(days=7)
        )
    order = IssueOrder(
        cohort_id=first.cohort_id,
        decision_number="128/QĐ-SKHCN",
        decision_on=day,
        issued_at=_at(day, 17, 30),
        issued_by_id=officer_id,
    )
    certificates.issue_drawn_ahead(order, transaction)
    papers = {
        each.enrolment_id: each.id for each in certificate_queries.list_of_cohort(first.cohort_id)
    }
    with transaction():
        certificates.revoke(
            certificate_id=papers[first.seats[REVOKED].enrolment_id],
            reason="Đơn vị cử đi học đề nghị thu hồi để xác minh lại việc dự lớp.",
            revoked_by_id=officer_id,
            revoked_at=_at(day, 18, 20),
        )
        certificates.reissue(
            certificate_id=papers[first.seats[REISSUED].enrolment_id],
            reason="In thiếu chức vụ mới của học viên.",
            position_title="Phó Trưởng phòng Văn hóa - Xã hội",
            reissued_by_id=officer_id,
            reissued_at=_at(day, 18, 40),
        )
