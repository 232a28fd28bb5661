"""The training day of the demo, from the course to the certificates, by the program's commands."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from app.auth import commands as auth
from app.auth.models import Role
from app.certificates import commands as certificates
from app.certificates import queries as certificate_queries
from app.certificates.commands import IssueOrder, IssuerValues
from app.core.clock import to_local
from app.core.db import transaction
from app.courses import commands as courses
from app.quizzes import commands as quizzes
from app.quizzes import queries as quiz_queries
from app.units import commands as units
from seed.classes import FIRST_CLASS, Class, open_first_class, open_second_class
from seed.fates import REISSUED, REVOKED, fate_of
from seed.learner_day import PRE_TEST, Hours, LearnerDay
from seed.people import LEARNERS, STAFF
from seed.places import PROVINCE, UNITS
from seed.timeline import Timeline, at

COURSE = Path(__file__).parent / "courses" / "truyen-thong-chinh-sach"
_SEED = 20260617
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
    people = _employ(password, at(day, 8) - timedelta(days=9))
    say("  khóa học (the course)")
    version_id = _publish_course(at(day, 9) - timedelta(days=8))
    first = open_first_class(people, version_id, day)
    say(f"  một ngày của lớp {FIRST_CLASS} (one day of the class)")
    timeline = Timeline()
    timeline.add(_trainer_day(people["giangvien"], first, day))
    for learner in LEARNERS:
        rng = Random(f"{_SEED}-{learner.number}")  # a seed given as text is the same everywhere
        seat = first.seats[learner.number]
        fate = fate_of(learner.number)
        hours = _hours(day, now)
        timeline.add(LearnerDay(learner, fate, seat, first.outline, hours, rng).steps())
    timeline.run(until=at(day, 17, 30))
    say("  giấy chứng nhận (certificates)")
    _certify(people["canbo"], first, day)
    open_second_class(people, version_id, now)
    timeline.run(until=now)


def _hours(day: date, now: datetime) -> Hours:
    return Hours(
        doors=at(day, 7, 40),
        pre_test=at(day, 8),
        lunch=at(day, 11, 30),
        after_lunch=at(day, 13, 30),
        final=at(day, 15, 45),
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
                roles=Role[member.role_name],
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


def _publish_course(moment: datetime) -> uuid.UUID:
    package, digest = courses.open_package(COURSE)
    with transaction():
        version = courses.import_package(package=package, digest=digest, imported_at=moment)
        courses.publish_version(version_id=version.id, published_at=moment)
    return version.id


def _trainer_day(trainer_id: uuid.UUID, first: Class, day: date) -> Iterator[datetime]:
    """Release the pre-test when everybody has handed it in; the final test stays closed."""
    yield at(day, 8, 25)
    pre_test = quiz_queries.get_quiz_of_activity(first.outline.by_key(PRE_TEST).id)
    quizzes.release_quiz(
        cohort_id=first.cohort_id,
        quiz_id=pre_test.id,
        released_by_id=trainer_id,
        released_at=at(day, 8, 25),
    )


def _certify(officer_id: uuid.UUID, first: Class, day: date) -> None:
    """Issue to everybody who may have one, then revoke one and issue another again."""
    with transaction():
        certificates.save_issuer(
            _ISSUER, changed_by_id=officer_id, changed_at=at(day, 10) - timedelta(days=7)
        )
    order = IssueOrder(
        cohort_id=first.cohort_id,
        decision_number="128/QĐ-SKHCN",
        decision_on=day,
        issued_at=at(day, 17, 30),
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
            revoked_at=at(day, 18, 20),
        )
        certificates.reissue(
            certificate_id=papers[first.seats[REISSUED].enrolment_id],
            reason="In thiếu chức vụ mới của học viên.",
            position_title="Phó Trưởng phòng Văn hóa - Xã hội",
            reissued_by_id=officer_id,
            reissued_at=at(day, 18, 40),
        )
