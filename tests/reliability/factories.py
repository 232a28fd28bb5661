"""A class that saves answers: learners with an open attempt and a login session each."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from app.auth.domain.tokens import token_hash
from app.auth.models import LoginSession, User
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.courses.models import ActivityKind
from app.quizzes import commands
from tests.factories import make_cohort, make_course, make_enrolment, make_user
from tests.quizzes.factories import SINGLE, numbered, quiz_definition, store_quiz_in


@dataclass(frozen=True, slots=True)
class Sitter:
    """A learner who sits a test: who, with which cookie, in which attempt of how many questions."""

    learner_id: uuid.UUID
    token: str
    enrolment_id: uuid.UUID
    activity_id: uuid.UUID
    attempt_id: uuid.UUID
    question_count: int


def sign_in(user: User) -> str:
    """Open a login session past the sign-in page and return its token."""
    token = secrets.token_urlsafe(24)
    now = utc_now()
    with transaction():
        db.session.add(
            LoginSession(
                token_hash=token_hash(token),
                user_id=user.id,
                user_version=user.version,
                created_at=now,
                expires_at=now + timedelta(days=14),
            )
        )
    return token


def make_sitters(count: int, question_count: int = 10) -> list[Sitter]:
    """Store one cohort with a test, and learners who have begun it."""
    version = make_course(activities=[("kiem-tra", ActivityKind.QUIZ)])
    activity = store_quiz_in(version, quiz_definition(numbered(SINGLE, question_count)))
    cohort = make_cohort(version)
    sitters = []
    for number in range(1, count + 1):
        learner = make_user(f"Nguyễn Văn Học {number}")
        enrolment = make_enrolment(cohort, learner)
        with transaction():
            attempt_id = commands.start_attempt(
                enrolment_id=enrolment.id,
                learner_id=learner.id,
                activity_id=activity.id,
                started_at=utc_now(),
                seed=number,
            )
        sitters.append(
            Sitter(
                learner.id,
                sign_in(learner),
                enrolment.id,
                activity.id,
                attempt_id,
                question_count,
            )
        )
    return sitters
