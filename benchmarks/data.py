"""A class of 70 at five sites in the course that comes with the program, some way into it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.cohorts.models import StaffDuty
from app.core.clock import utc_now
from app.core.db import transaction
from app.courses import commands as courses
from app.courses.models import ActivityKind
from app.courses.queries import Outline, get_outline
from app.progress import commands as progress
from app.quizzes import commands as quizzes
from app.quizzes import queries as quiz_queries
from tests.factories import make_cohort, make_enrolment, make_staff, make_user, sites_of
from tests.quizzes.factories import post_for
from tests.reliability.factories import sign_in

_COURSE = Path(__file__).resolve().parent.parent / "seed" / "courses" / "truyen-thong-chinh-sach"
BARE_PATH = "/bare"
INSIDE_PATH = "/bare-inside"
SIGNED_IN_PATH = "/bare-signed-in"
_SITES = ("Hội trường Sở", "Phường A", "Phường B", "Xã C", "Xã D")


@dataclass(frozen=True, slots=True)
class BenchLearner:
    """A learner with an open test: cookie, attempt, and a right answer for each of its slots."""

    token: str
    attempt_id: uuid.UUID
    answers: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class BenchClass:
    """Where the class is found and who is in it."""

    slug: str
    lesson_key: str
    trainer_token: str
    learners: tuple[BenchLearner, ...]


def make_bench_class(learner_count: int = 70) -> BenchClass:
    """Store the class by the program's own commands."""
    with transaction():
        package, digest = courses.open_package(_COURSE)
        version = courses.import_package(package=package, digest=digest, imported_at=utc_now())
        courses.publish_version(version_id=version.id, published_at=utc_now())
    outline = get_outline(version.id)
    cohort = make_cohort(version, sites=_SITES)
    sites = sites_of(cohort)
    trainer = make_staff(cohort, StaffDuty.TRAINER)
    learners = []
    for number in range(learner_count):
        user = make_user(f"Nguyễn Thị Học {number + 1}")
        enrolment = make_enrolment(cohort, user, sites[number % len(sites)])
        attempt_id = _begin_test(outline, enrolment.id, user.id, number)
        _go_on(outline, enrolment.id, 3 + number % 6)
        learners.append(BenchLearner(sign_in(user), attempt_id, _answers(attempt_id)))
    lesson = next(each for each in outline.activities if each.kind is ActivityKind.LESSON)
    return BenchClass(cohort.slug, lesson.key, sign_in(trainer), tuple(learners))


def _begin_test(
    outline: Outline, enrolment_id: uuid.UUID, learner_id: uuid.UUID, seed: int
) -> uuid.UUID:
    test = next(each for each in reversed(outline.activities) if each.kind is ActivityKind.QUIZ)
    with transaction():
        return quizzes.start_attempt(
            enrolment_id=enrolment_id,
            learner_id=learner_id,
            activity_id=test.id,
            started_at=utc_now() + timedelta(hours=2),  # its time is not over during a benchmark
            seed=seed,
        )


def _go_on(outline: Outline, enrolment_id: uuid.UUID, count: int) -> None:
    """Do the first activities of the course."""
    for activity in outline.activities[:count]:
        with transaction():
            if activity.kind is ActivityKind.LESSON:
                progress.complete_lesson(
                    enrolment_id=enrolment_id, activity_id=activity.id, at=utc_now()
                )
            else:
                progress.note_grade(
                    enrolment_id=enrolment_id,
                    activity_id=activity.id,
                    percent=80,
                    completes=True,
                    at=utc_now(),
                )


def _answers(attempt_id: uuid.UUID) -> tuple[dict[str, str], ...]:
    found = []
    for slot in quiz_queries.list_slots(attempt_id):
        question = quiz_queries.get_keyed_question(slot.question_version_id)
        posted = post_for(question, slot.arrangement)
        found.append({name: values[0] for name, values in posted.items()})
    return tuple(found)
