"""Two classes side by side, with everybody who may knock at a door, and what they own."""

from __future__ import annotations

import contextvars
import uuid
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from app.auth.models import Role, User
from app.cohorts.commands import cancel_enrolment, confirm_name
from app.cohorts.models import Cohort, CohortStaff, Enrolment, StaffDuty
from app.core.clock import utc_now
from app.core.db import Base, db, transaction
from app.courses.models import ActivityKind, Course, CourseVersion
from app.progress.commands import complete_lesson, set_completion_rule
from app.quizzes import commands as quiz_commands
from app.quizzes import queries as quiz_queries
from tests.auth.factories import make_person, make_slip
from tests.certificates.factories import issue, issued, make_issuer
from tests.factories import (
    make_cohort,
    make_course,
    make_enrolment,
    make_staff,
    make_user,
    sites_of,
)
from tests.pages import Browser
from tests.quizzes.factories import EVERY_KIND, quiz_definition, store_quiz_in

ACTORS = (
    "nobody",
    "learner",  # owns the attempts and the certificate that are knocked at
    "neighbour",  # in the same class, at the other site
    "outsider",  # a learner of another class
    "trainer",
    "stranger",  # the trainer of another class
    "coordinator",  # of the learner's site
    "faraway",  # coordinator of the other site of the class
    "officer",
    "clerk",
    "auditor",
)

ACTIVITIES = (
    ("bai-1", ActivityKind.LESSON),
    ("bai-2", ActivityKind.LESSON),
    ("luyen-tap", ActivityKind.QUIZ),
    ("kiem-tra", ActivityKind.QUIZ),
    ("cuoi-khoa", ActivityKind.QUIZ),
)


@dataclass(slots=True)
class World:
    """The classes, the people by what they are called in :data:`ACTORS`, and the learner's things.

    ``open_attempt`` is an open test of the learner, ``done_attempt`` a finished one, and
    ``certificate`` hers; ``slip`` and ``code`` are the neighbour's; ``vao.lop`` has a password.
    ``staff`` is the trainer's duty; number 3 of the class was taken out of it.
    """

    version: CourseVersion
    cohort: Cohort
    other_cohort: Cohort
    people: dict[str, User]
    enrolments: dict[str, Enrolment]
    open_attempt: uuid.UUID
    done_attempt: uuid.UUID
    certificate: uuid.UUID
    certificate_code: str
    slip: str
    code: str
    course_key: str
    staff: uuid.UUID
    browsers: dict[str, Browser] = field(default_factory=dict)

    def browser(self, app: Flask, actor: str) -> Browser:
        """Return that person's browser, signed in."""
        if actor not in self.browsers:
            browser = Browser(app)
            self.browsers[actor] = browser
            if actor != "nobody":
                browser.sign_in(self.people[actor])
        return self.browsers[actor]


def _people(cohort: Cohort, other: Cohort) -> tuple[dict[str, User], dict[str, Enrolment]]:
    here, there = sites_of(cohort)
    learner = make_user("Nguyễn Thị Ánh", username="hoc.vien")
    neighbour = make_user("Trần Văn Bền")
    outsider = make_user("Hoàng Thị Chung")
    people = {
        "learner": learner,
        "neighbour": neighbour,
        "outsider": outsider,
        "trainer": make_staff(cohort),
        "stranger": make_staff(other),
        "coordinator": make_staff(cohort, StaffDuty.COORDINATOR, here),
        "faraway": make_staff(cohort, StaffDuty.COORDINATOR, there),
        "officer": make_user("Lê Thị Hạnh", roles=Role.OFFICER),
        "clerk": make_user("Phạm Văn Khôi", roles=Role.CLERK),
        "auditor": make_user("Đỗ Thị Lý", roles=Role.AUDITOR),
    }
    enrolments = {
        "learner": make_enrolment(cohort, learner, here),
        "neighbour": make_enrolment(cohort, neighbour, there),
        "outsider": make_enrolment(other, outsider),
    }
    return people, enrolments


def start(enrolment: Enrolment, activity_key: str, version: CourseVersion) -> uuid.UUID:
    """Open an attempt of that learner."""
    activity_id = activity_of(version, activity_key)
    with transaction():
        return quiz_commands.start_attempt(
            enrolment_id=enrolment.id,
            learner_id=enrolment.learner_id,
            activity_id=activity_id,
            started_at=utc_now(),
            seed=7,
        )


def activity_of(version: CourseVersion, key: str) -> uuid.UUID:
    """Return the id of the activity of that key."""
    table = Base.metadata.tables["activity"]
    found = db.session.execute(
        sa.select(table.c.id).where(table.c.version_id == version.id, table.c.key == key)
    )
    activity_id: uuid.UUID = found.scalar_one()
    return activity_id


def finish(attempt_id: uuid.UUID, enrolment: Enrolment) -> None:
    """Hand an attempt in."""
    with transaction():
        quiz_commands.finish_attempt(
            attempt_id=attempt_id, learner_id=enrolment.learner_id, finished_at=utc_now()
        )


def release(cohort: Cohort, version: CourseVersion, key: str, by: User) -> None:
    """Let the class see the answers of a test."""
    quiz = quiz_queries.get_quiz_of_activity(activity_of(version, key))
    with transaction():
        quiz_commands.release_quiz(
            cohort_id=cohort.id, quiz_id=quiz.id, released_by_id=by.id, released_at=utc_now()
        )


def make_ready(version: CourseVersion, enrolment: Enrolment) -> None:
    """Let a learner meet the rule of the class and confirm the name."""
    with transaction():
        complete_lesson(
            enrolment_id=enrolment.id, activity_id=activity_of(version, "bai-1"), at=utc_now()
        )
        confirm_name(enrolment_id=enrolment.id, confirmed_at=utc_now())


def _certificates(version: CourseVersion, cohort: Cohort, by: User, *ready: Enrolment) -> None:
    """Issue to the first; the second could have a certificate and has none yet."""
    make_issuer()
    with transaction():
        set_completion_rule(cohort_id=cohort.id, required=[0], set_by_id=by.id, set_at=utc_now())
    make_ready(version, ready[0])
    issue(cohort)
    make_ready(version, ready[1])


def questions_of(quiz: str) -> list[dict[str, Any]]:
    """Return every kind of question under names of their own, so that no two quizzes share one."""
    return [{**each, "id": f"{quiz}-{each['id']}"} for each in EVERY_KIND]


def store_quizzes(version: CourseVersion) -> None:
    """Store the practice and the two tests of the course, with every kind of question."""
    practice = {"purpose": "practice", "attempts": 0, "complete_when": "submitted"}
    for key, settings in {
        "luyen-tap": practice,
        "kiem-tra": {"attempts": 3, "time_limit_minutes": 30},
        "cuoi-khoa": {"attempts": 3},
    }.items():
        store_quiz_in(version, quiz_definition(questions_of(key), id=key, **settings))


def staff_of(cohort: Cohort, user: User) -> uuid.UUID:
    """Return the id of somebody's duty in a class."""
    return db.session.query(CohortStaff).filter_by(cohort_id=cohort.id, user_id=user.id).one().id


def make_cancelled(cohort: Cohort) -> Enrolment:
    """Store a learner who was enrolled in the class and taken out again."""
    enrolment = make_enrolment(cohort, make_user("Vũ Văn Nam"))
    with transaction():
        cancel_enrolment(enrolment_id=enrolment.id, cancelled_at=utc_now(), reason="Chuyển lớp")
    return enrolment


def make_world() -> World:
    """Store two classes of one course in which the learner has come a good way."""
    version = make_course(activities=ACTIVITIES, requires={"bai-2": [0]})
    store_quizzes(version)
    cohort = make_cohort(version, sites=("Hội trường Sở", "UBND xã Ba Bể"))
    other = make_cohort(version)
    people, enrolments = _people(cohort, other)
    mine = enrolments["learner"]
    done = start(mine, "cuoi-khoa", version)
    finish(done, mine)
    attempt = start(mine, "kiem-tra", version)
    _certificates(version, cohort, people["officer"], mine, enrolments["neighbour"])
    (row,) = issued(cohort)
    make_cancelled(cohort)
    slip = make_slip(people["neighbour"])
    make_person(username="vao.lop")
    return World(
        version=version,
        cohort=cohort,
        other_cohort=other,
        people=people,
        enrolments=enrolments,
        open_attempt=attempt,
        done_attempt=done,
        certificate=row.id,
        certificate_code=row.code,
        slip=slip.token,
        code=slip.code,
        staff=staff_of(cohort, people["trainer"]),
        course_key=db.session.get_one(Course, version.course_id).key,
    )


def send(
    browser: Browser, method: str, path: str, data: Any = None, **headers: str
) -> TestResponse:
    """Send one request as it stands, without looking at the page; for walks over many."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    known = {"Sec-Fetch-Site": "same-origin", **names}

    def sending() -> TestResponse:
        return browser.client.open(path, method=method, data=data, headers=known)

    return contextvars.Context().run(sending)


def rows_of_all_tables() -> dict[str, list[str]]:
    """Return every row of every table as text."""
    db.session.rollback()
    found: dict[str, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        rows = db.session.execute(sa.select(table)).all()
        found[table.name] = sorted(repr(tuple(row)) for row in rows)
    db.session.rollback()
    return found


def database_digest() -> str:
    """Return one value that differs when anything in the database differs."""
    return blake2b(repr(rows_of_all_tables()).encode()).hexdigest()


def changed_tables(before: dict[str, list[str]]) -> set[str]:
    """Return the tables that hold something else than before."""
    after = rows_of_all_tables()
    return {name for name, rows in after.items() if rows != before[name]}
