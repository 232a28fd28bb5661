"""A quiz as its author wrote it in a course file: checked whole, then plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal

from app.core.i18n import gettext as _
from app.quizzes.domain.behaviours import Behaviour, CompleteWhen
from app.quizzes.domain.kinds.kind import ReadQuestion
from app.quizzes.domain.kinds.reading import DefinitionError, Fault, Fields, Path
from app.quizzes.domain.kinds.registry import KINDS

MOST_QUESTIONS = 200
_PURPOSES = {"test": Behaviour.DEFERRED, "practice": Behaviour.IMMEDIATE}


@dataclass(frozen=True, slots=True)
class QuestionDefinition:
    """One question of a file: what every kind has, and in ``question`` what its kind has."""

    id: str
    objective: str
    source: str
    max_mark: Decimal
    question: ReadQuestion


@dataclass(frozen=True, slots=True)
class QuizDefinition:
    """One quiz of a file; ``attempts`` 0 and ``time_limit_seconds`` None mean without limit.

    ``draw`` None asks all questions; ``pass_fraction`` is 0…1 of the whole grade.
    """

    id: str
    title: str
    behaviour: Behaviour
    complete_when: CompleteWhen
    pass_fraction: Decimal
    attempts: int
    time_limit_seconds: int | None
    draw: int | None
    shuffle: bool
    questions: tuple[QuestionDefinition, ...]


def quiz_faults(data: object, objective_ids: Set[str]) -> list[tuple[Path, str]]:
    """Return every fault of a quiz file: where it is in the data, and what to do about it."""
    try:
        read_quiz(data, objective_ids)
    except DefinitionError as error:
        return [(fault.path, fault.sentence) for fault in error.faults]
    return []


def read_quiz(data: object, objective_ids: Set[str]) -> QuizDefinition:
    """Return the quiz described by the data of a file.

    :param objective_ids: of the whole course; each question names one of them
    :raises DefinitionError: with all faults of the quiz and its questions
    """
    fields = Fields(data)
    questions = _read_questions(fields, objective_ids)
    time_limit = fields.integer("time_limit_minutes", least=1, most=600)
    quiz = QuizDefinition(
        id=fields.name("id"),
        title=fields.text("title", most=200),
        behaviour=_PURPOSES[fields.one_of("purpose", _PURPOSES)],
        complete_when=CompleteWhen(
            fields.one_of("complete_when", CompleteWhen, default=CompleteWhen.SUBMITTED)
        ),
        pass_fraction=_pass_fraction(fields),
        attempts=fields.integer("attempts", least=0, most=100) or 0,
        time_limit_seconds=None if time_limit is None else time_limit * 60,
        draw=fields.integer("draw", least=1, most=MOST_QUESTIONS),
        shuffle=fields.flag("shuffle", default=True),
        questions=tuple(questions),
    )
    _check_together(fields, quiz)
    fields.finish()
    return quiz


def question_digest(definition: QuestionDefinition) -> str:
    """Return the SHA-256, in hex, of all that makes a version of a question.

    The question's id and its mark in a quiz are no part of it: a version is new when its kind,
    words, key, feedback, objective or source are.
    """
    version = {
        "kind": definition.question.kind,
        "objective": definition.objective,
        "source": definition.source,
        "content": definition.question.content,
        "key": definition.question.key,
        "feedback": definition.question.feedback,
    }
    text = json.dumps(version, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _pass_fraction(fields: Fields) -> Decimal:
    percent = fields.number("pass_percent", default=Decimal(50))
    if not 0 <= percent <= 100:
        fields.fault(_("Ghi phần trăm từ 0 đến 100."), "pass_percent")
    return percent / 100


def _check_together(fields: Fields, quiz: QuizDefinition) -> None:
    if quiz.draw is not None and quiz.draw > len(quiz.questions):
        fields.fault(
            _("Bài chỉ có %(n)s câu: giảm số câu rút hoặc thêm câu.", n=len(quiz.questions)), "draw"
        )
    if quiz.behaviour is Behaviour.IMMEDIATE:
        if quiz.draw is not None:
            fields.fault(_("Bài luyện tập hỏi hết các câu: để draw trống."), "draw")
        if quiz.time_limit_seconds is not None:
            fields.fault(
                _("Bài luyện tập không tính giờ: để time_limit_minutes trống."),
                "time_limit_minutes",
            )


def _read_questions(fields: Fields, objective_ids: Set[str]) -> list[QuestionDefinition]:
    parts = fields.parts("questions", least=1, most=MOST_QUESTIONS)
    questions = [_read_question(part, objective_ids) for part in parts]
    for part in parts:
        fields.adopt(part.faults)
    fields.refuse_doubles("questions", (each.id for each in questions), "id")
    return questions


def _read_question(part: Fields, objective_ids: Set[str]) -> QuestionDefinition:
    """Read one question; its faults are noted in ``part`` and a blank takes its place."""
    objective = part.text("objective", most=80)
    if objective and objective not in objective_ids:
        part.fault(_("Khóa học không có mục tiêu “%(id)s”: sửa lại mã.", id=objective), "objective")
    max_mark = part.number("max_mark", default=Decimal(1))
    if not 0 < max_mark <= 100 or max_mark != round(max_mark, 2):
        part.fault(_("Ghi điểm lớn hơn 0, không quá 100, nhiều nhất hai số lẻ."), "max_mark")
    return QuestionDefinition(
        id=part.name("id"),
        objective=objective,
        source=part.text("source", is_required=False, most=80),
        max_mark=max_mark,
        question=_read_kind(part),
    )


def _read_kind(part: Fields) -> ReadQuestion:
    """Let the kind read its own part of a question, if the file names a kind."""
    name = part.one_of("kind", KINDS)
    if part.data.get("kind") == name:
        try:
            return KINDS[name].read(part.data)
        except DefinitionError as error:
            part.adopt(Fault((*part.path, *each.path), each.sentence) for each in error.faults)
    return ReadQuestion(name, {}, {}, {})
