"""Rows for tests, each with one sensible default; the same people in every test."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from app.auth.models import Role, User
from app.cohorts.models import Cohort, CohortStaff, Enrolment, Site, StaffDuty
from app.core.clock import utc_now
from app.core.db import db, is_writing, transaction
from app.core.text import fold, name_sort_key, nfc
from app.courses.models import (
    Activity,
    ActivityKind,
    Course,
    CourseVersion,
    Lesson,
    Module,
    VersionState,
)
from app.progress.domain.cells import blank
from app.progress.models import ProgressRow

_count = itertools.count(1)


@contextmanager
def _writing() -> Iterator[None]:
    """Join the transaction of the test, or open one."""
    if is_writing():
        yield
        db.session.flush()
        return
    with transaction():
        yield


def _store(*rows: Any) -> None:
    with _writing():
        for each in rows:
            db.session.add(each)
            db.session.flush()


def make_user(
    full_name: str = "Nguyễn Văn An",
    roles: Role = Role.LEARNER,
    username: str | None = None,
    **columns: Any,
) -> User:
    """Store a person who can be signed in with ``browser().sign_in(user)``; has no password."""
    name = nfc(full_name)
    user = User(
        id=uuid.uuid4(),
        username=username or f"nguoi{next(_count):03}",
        full_name=name,
        sort_key=name_sort_key(name),
        search_key=fold(name),
        roles=roles,
        created_at=utc_now(),
        **columns,
    )
    _store(user)
    return user


def make_course(
    activities: Sequence[tuple[str, ActivityKind]] = (
        ("bai-1", ActivityKind.LESSON),
        ("bai-2", ActivityKind.LESSON),
    ),
    requires: dict[str, Sequence[int]] | None = None,
) -> CourseVersion:
    """Store a published version with one module and these activities, in order."""
    number = next(_count)
    now = utc_now()
    course = Course(id=uuid.uuid4(), key=f"khoa-{number}", title="Truyền thông chính sách")
    version = CourseVersion(
        id=uuid.uuid4(),
        course_id=course.id,
        number=1,
        state=VersionState.PUBLISHED,
        title=course.title,
        summary="Khóa dùng để thử.",
        sources=[],
        digest=f"{number:064}",
        created_at=now,
        published_at=now,
    )
    module = Module(
        id=uuid.uuid4(), version_id=version.id, position=0, key="phan-1", title="Phần 1"
    )
    _store(course, version, module)
    for ordinal, (key, kind) in enumerate(activities):
        activity = Activity(
            id=uuid.uuid4(),
            version_id=version.id,
            module_id=module.id,
            ordinal=ordinal,
            key=key,
            kind=kind,
            title=f"Hoạt động {key}",
            minutes=8,
            requires=list((requires or {}).get(key, [])),
        )
        _store(activity)
        if kind is ActivityKind.LESSON:
            _store(
                Lesson(
                    activity_id=activity.id,
                    markdown="Nội dung.",
                    html="<p>Nội dung.</p>",
                    word_count=2,
                    sources=[],
                )
            )
    return version


def make_cohort(
    version: CourseVersion | None = None, sites: Sequence[str] = ("Hội trường",)
) -> Cohort:
    """Store a cohort with its sites; the first is the main one."""
    number = next(_count)
    version = version or make_course()
    today = utc_now().date()
    cohort = Cohort(
        id=uuid.uuid4(),
        slug=f"ttcs-{number:02}-2026",
        code=f"TTCS-{number:02}/2026",
        title=version.title,
        version_id=version.id,
        starts_on=today,
        ends_on=today + timedelta(days=1),
        place="Hội trường Sở",
        organiser="Sở Khoa học và Công nghệ",
        created_at=utc_now(),
    )
    _store(cohort)
    for position, name in enumerate(sites):
        _store(
            Site(
                id=uuid.uuid4(),
                cohort_id=cohort.id,
                position=position,
                name=name,
                is_main=position == 0,
            )
        )
    return cohort


def sites_of(cohort: Cohort) -> list[Site]:
    """Return the sites of a cohort in order."""
    return list(db.session.query(Site).filter_by(cohort_id=cohort.id).order_by(Site.position).all())


def make_enrolment(
    cohort: Cohort, learner: User | None = None, site: Site | None = None, **columns: Any
) -> Enrolment:
    """Store a learner's enrolment with an empty row of progress."""
    learner = learner or make_user()
    activities = db.session.query(Activity).filter_by(version_id=cohort.version_id).count()
    number = db.session.query(Enrolment).filter_by(cohort_id=cohort.id).count() + 1
    enrolment = Enrolment(
        id=uuid.uuid4(),
        cohort_id=cohort.id,
        learner_id=learner.id,
        site_id=(site or sites_of(cohort)[0]).id,
        number=number,
        unit_name=columns.pop("unit_name", "Phòng Văn hóa - Xã hội"),
        position_title="Chuyên viên",
        printed_name=learner.full_name,
        enrolled_at=utc_now(),
        **columns,
    )
    row = ProgressRow(
        enrolment_id=enrolment.id,
        cohort_id=cohort.id,
        cells=blank(activities),
        change=number,
    )
    _store(enrolment, row)
    return enrolment


def make_staff(
    cohort: Cohort, duty: StaffDuty = StaffDuty.TRAINER, site: Site | None = None
) -> User:
    """Store a trainer or a site coordinator of the cohort."""
    role = Role.TRAINER if duty is StaffDuty.TRAINER else Role.COORDINATOR
    user = make_user("Trần Thị Bình", roles=role)
    _store(
        CohortStaff(
            id=uuid.uuid4(),
            cohort_id=cohort.id,
            user_id=user.id,
            duty=duty,
            site_id=site.id if site else None,
        )
    )
    return user


BIRTHDAY = date(1985, 2, 5)
