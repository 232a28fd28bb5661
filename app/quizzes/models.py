"""Tables of the quiz engine.

An attempt keeps what it was asked: its slots point at immutable question versions. What a learner
sees (``content``), the answer key (``key``) and what is told after grading (``feedback``) are three
columns, so that a query for a learner's page can leave the last two out.
"""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.append_only import append_only
from app.core.db import Base, uuid_pk
from app.quizzes.domain.behaviours import Behaviour as Behaviour
from app.quizzes.domain.behaviours import CompleteWhen as CompleteWhen
from app.quizzes.domain.marks import Outcome

MARK = sa.Numeric(7, 2)
FRACTION = sa.Numeric(6, 5)


class AttemptState(enum.StrEnum):
    """An attempt is open until it is handed in or its time is over."""

    IN_PROGRESS = "in_progress"
    FINISHED = "finished"


class FinishReason(enum.StrEnum):
    """Who ended an attempt."""

    SUBMITTED = "submitted"
    TIME_OVER = "time_over"


class Question(Base):
    """A question by its lasting name within a course; what is asked is one of its versions."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("course_id", "key"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    course_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("course.id", ondelete="RESTRICT"))
    key: Mapped[str] = mapped_column(sa.String(80))


class QuestionVersion(Base):
    """One wording of a question; never changed once stored."""

    __tablename__ = "question_version"
    __table_args__ = (sa.UniqueConstraint("question_id", "number"),)

    id: Mapped[uuid.UUID] = uuid_pk()
    question_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("question.id", ondelete="RESTRICT")
    )
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(32))
    content: Mapped[dict[str, Any]]
    key: Mapped[dict[str, Any]]
    feedback: Mapped[dict[str, Any]]
    objective_key: Mapped[str] = mapped_column(sa.String(80), default="")
    source_key: Mapped[str] = mapped_column(sa.String(80), default="")
    digest: Mapped[str] = mapped_column(sa.String(64))


class Quiz(Base):
    """How an activity asks its questions.

    ``attempts_allowed`` 0 means without limit; ``time_limit_seconds`` None means without limit;
    ``draw_count`` None means all questions; ``pass_fraction`` is of the whole grade, 0…1.
    """

    __tablename__ = "quiz"

    id: Mapped[uuid.UUID] = uuid_pk()
    activity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="RESTRICT"), unique=True
    )
    behaviour: Mapped[Behaviour]
    complete_when: Mapped[CompleteWhen]
    pass_fraction: Mapped[Decimal] = mapped_column(FRACTION)
    attempts_allowed: Mapped[int]
    time_limit_seconds: Mapped[int | None]
    draw_count: Mapped[int | None]
    is_shuffled: Mapped[bool]


class QuizQuestion(Base):
    """A question version in a quiz's pool, in the author's order."""

    __tablename__ = "quiz_question"
    __table_args__ = (sa.UniqueConstraint("quiz_id", "position"),)

    quiz_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("quiz.id", ondelete="RESTRICT"), primary_key=True
    )
    question_version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("question_version.id", ondelete="RESTRICT"), primary_key=True
    )
    position: Mapped[int]
    max_mark: Mapped[Decimal] = mapped_column(MARK, default=Decimal(1))


class QuizRelease(Base):
    """From this moment the learners of a cohort may see key and feedback of a test."""

    __tablename__ = "quiz_release"

    cohort_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("cohort.id", ondelete="RESTRICT"), primary_key=True
    )
    quiz_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("quiz.id", ondelete="RESTRICT"), primary_key=True
    )
    released_at: Mapped[datetime]
    released_by_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))


class Attempt(Base):
    """One go of a learner at a quiz.

    ``due_at`` is the server's deadline; ``last_seq`` the highest sequence number seen (the clients'
    Lamport clock); ``answered_count`` the number of slots with a response.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "quiz_id", "number"),
        sa.Index(
            "uq_attempt_open",
            "enrolment_id",
            "quiz_id",
            unique=True,
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        ),
        sa.Index(
            "ix_attempt_due",
            "due_at",
            sqlite_where=sa.text("state = 'in_progress'"),
            postgresql_where=sa.text("state = 'in_progress'"),
        ),
        sa.CheckConstraint(
            "(state = 'finished') = (finished_at IS NOT NULL)", name="finished_at_when_finished"
        ),
        sa.CheckConstraint("(state = 'finished') = (mark IS NOT NULL)", name="mark_when_finished"),
    )

    id: Mapped[uuid.UUID] = uuid_pk()
    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("enrolment.id", ondelete="RESTRICT")
    )
    learner_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
    quiz_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("quiz.id", ondelete="RESTRICT"), index=True
    )
    number: Mapped[int]
    state: Mapped[AttemptState]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[FinishReason | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    answered_count: Mapped[int] = mapped_column(default=0)
    slot_count: Mapped[int]
    max_mark: Mapped[Decimal] = mapped_column(MARK)
    mark: Mapped[Decimal | None] = mapped_column(MARK)
    fraction: Mapped[Decimal | None] = mapped_column(FRACTION)
    is_passed: Mapped[bool | None]


class AttemptSlot(Base):
    """One question of an attempt: what was asked, in which arrangement, and where it stands.

    ``arrangement`` is the shuffled order (positions shown → original positions); ``response`` is
    the counting response in original positions; ``(response_seq, response_id)`` orders responses.
    """

    __tablename__ = "attempt_slot"

    attempt_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("attempt.id", ondelete="RESTRICT"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("question_version.id", ondelete="RESTRICT"), index=True
    )
    arrangement: Mapped[list[Any]]
    max_mark: Mapped[Decimal] = mapped_column(MARK)
    response: Mapped[Any | None] = mapped_column(sa.JSON(none_as_null=True))
    response_id: Mapped[uuid.UUID | None]
    response_seq: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime | None]
    fraction: Mapped[Decimal | None] = mapped_column(FRACTION)
    outcome: Mapped[Outcome | None]


@append_only
class Response(Base):
    """What a learner said, as it arrived; appended, never changed.

    ``id`` is made by the client, so that a second arrival is recognised; it is unique within its
    attempt only, so that nobody can probe or block another's.
    """

    __tablename__ = "response"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["attempt_id", "slot_number"],
            ["attempt_slot.attempt_id", "attempt_slot.number"],
            ondelete="RESTRICT",
        ),
    )

    attempt_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    slot_number: Mapped[int]
    seq: Mapped[int]
    payload: Mapped[Any] = mapped_column(sa.JSON)
    received_at: Mapped[datetime]
