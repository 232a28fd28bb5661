"""Store the quizzes of an imported course."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.core.db import db
from app.courses.models import Objective
from app.quizzes.domain.definition import QuestionDefinition, question_digest, read_quiz
from app.quizzes.models import Question, QuestionVersion, Quiz, QuizQuestion


def store_quiz(
    *,
    course_id: uuid.UUID,
    version_id: uuid.UUID,
    activity_id: uuid.UUID,
    definition: Mapping[str, Any],
) -> uuid.UUID:
    """Store a quiz and its questions; a question whose wording is known is not stored again.

    :raises DefinitionError: the definition has faults
    """
    objectives = db.session.scalars(
        sa.select(Objective.key).where(Objective.version_id == version_id)
    )
    quiz = read_quiz(definition, frozenset(objectives))
    row = Quiz(
        id=uuid.uuid4(),
        activity_id=activity_id,
        behaviour=quiz.behaviour,
        complete_when=quiz.complete_when,
        pass_fraction=quiz.pass_fraction,
        attempts_allowed=quiz.attempts,
        time_limit_seconds=quiz.time_limit_seconds,
        draw_count=quiz.draw,
        is_shuffled=quiz.shuffle,
    )
    db.session.add(row)
    db.session.flush()
    for position, question in enumerate(quiz.questions):
        db.session.add(
            QuizQuestion(
                quiz_id=row.id,
                question_version_id=_version_of(course_id, question),
                position=position,
                max_mark=question.max_mark,
            )
        )
    db.session.flush()
    return row.id


def _version_of(course_id: uuid.UUID, definition: QuestionDefinition) -> uuid.UUID:
    question = db.session.scalar(
        sa.select(Question).where(Question.course_id == course_id, Question.key == definition.id)
    )
    if question is None:
        question = Question(id=uuid.uuid4(), course_id=course_id, key=definition.id)
        db.session.add(question)
        db.session.flush()
    digest = question_digest(definition)
    versions = list(
        db.session.execute(
            sa.select(QuestionVersion.id, QuestionVersion.digest).where(
                QuestionVersion.question_id == question.id
            )
        )
    )
    for version_id, known in versions:
        if known == digest:
            found: uuid.UUID = version_id
            return found
    version = QuestionVersion(
        id=uuid.uuid4(),
        question_id=question.id,
        number=len(versions) + 1,
        kind=definition.question.kind,
        content=definition.question.content,
        key=definition.question.key,
        feedback=definition.question.feedback,
        objective_key=definition.objective,
        source_key=definition.source,
        digest=digest,
    )
    db.session.add(version)
    db.session.flush()
    return version.id
