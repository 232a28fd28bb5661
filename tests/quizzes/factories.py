"""Quizzes for tests, stored by the program's own command."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.auth.models import User
from app.cohorts.models import Cohort, Enrolment
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.courses.models import Activity, ActivityKind, CourseVersion, Module, Objective
from app.quizzes import commands, queries
from tests.factories import make_cohort, make_course, make_enrolment, make_user

KEY_CANARY = "CANARY-KEY-7731"

SINGLE = {
    "id": "c-single",
    "kind": "single",
    "objective": "mt-1",
    "source": "s4",
    "text": "Bản chất của truyền thông chính sách là gì?",
    "choices": [
        {
            "text": "Thông tin chính sách để tạo đồng thuận",
            "correct": True,
            "feedback": f"{KEY_CANARY} đúng",
        },
        {"text": "Quảng cáo dịch vụ", "feedback": f"{KEY_CANARY} sai"},
        {"text": "Thu phí xuất bản", "feedback": f"{KEY_CANARY} sai"},
    ],
    "explanation": f"{KEY_CANARY} giải thích",
}
MULTIPLE = {
    "id": "c-multiple",
    "kind": "multiple",
    "objective": "mt-1",
    "source": "s4",
    "text": "Sản phẩm thông tin cần đạt những gì?",
    "choices": [
        {"text": "Đầy đủ", "correct": True, "feedback": KEY_CANARY},
        {"text": "Hấp dẫn", "correct": True, "feedback": KEY_CANARY},
        {"text": "Càng dài càng tốt", "feedback": KEY_CANARY},
    ],
    "explanation": KEY_CANARY,
}
TRUE_FALSE = {
    "id": "c-true-false",
    "kind": "true_false",
    "objective": "mt-1",
    "source": "s4",
    "text": "Truyền thông đi cùng quá trình xây dựng văn bản.",
    "answer": True,
    "feedback": {"true": KEY_CANARY, "false": KEY_CANARY},
    "explanation": KEY_CANARY,
}
MATCHING = {
    "id": "c-matching",
    "kind": "matching",
    "objective": "mt-1",
    "source": "s4",
    "text": "Ghép văn bản với nội dung.",
    "pairs": [
        {"left": "Quyết định 407", "right": "Đề án truyền thông chính sách"},
        {"left": "Chỉ thị 07", "right": "Tăng cường công tác"},
    ],
    "explanation": KEY_CANARY,
}
ORDERING = {
    "id": "c-ordering",
    "kind": "ordering",
    "objective": "mt-1",
    "source": "s4",
    "text": "Sắp theo thời gian ban hành.",
    "items": ["Quyết định 407", "Chỉ thị 07", "Kế hoạch 496"],
    "explanation": KEY_CANARY,
}
SHORT_ANSWER = {
    "id": "c-short",
    "kind": "short_answer",
    "objective": "mt-1",
    "source": "s4",
    "text": "Tiêu chí còn thiếu là gì?",
    "accept": ["KHOA-CANARY lan tỏa"],
    "ignore_tone_marks": True,
    "explanation": KEY_CANARY,
}
NUMERIC = {
    "id": "c-numeric",
    "kind": "numeric",
    "objective": "mt-1",
    "source": "s4",
    "text": "Có bao nhiêu học viên?",
    "answer": 70,
    "tolerance": 0,
    "unit": "học viên",
    "explanation": KEY_CANARY,
}
EVERY_KIND = (SINGLE, MULTIPLE, TRUE_FALSE, MATCHING, ORDERING, SHORT_ANSWER, NUMERIC)


def numbered(question: Mapping[str, Any], count: int) -> list[dict[str, Any]]:
    """Return copies of one question under different ids."""
    return [{**question, "id": f"{question['id']}-{n}"} for n in range(1, count + 1)]


@dataclass(frozen=True, slots=True)
class Class:
    """A cohort with one quiz, a learner and a neighbour."""

    cohort: Cohort
    activity: Activity
    learner: User
    enrolment: Enrolment
    neighbour: User
    neighbour_enrolment: Enrolment

    def start(self, seed: int = 1, *, neighbour: bool = False) -> uuid.UUID:
        """Open an attempt."""
        with transaction():
            return commands.start_attempt(
                enrolment_id=(self.neighbour_enrolment if neighbour else self.enrolment).id,
                learner_id=(self.neighbour if neighbour else self.learner).id,
                activity_id=self.activity.id,
                started_at=utc_now(),
                seed=seed,
            )

    def answer(self, attempt_id: uuid.UUID, number: int, **values: Any) -> commands.Receipt:
        """Save an answer of the learner; ``a="0"`` posts one field, ``posted=…`` all of them."""
        posted = values.pop("posted", None) or {"a": [values.pop("a", "0")]}
        with transaction():
            return commands.record_answer(
                attempt_id=attempt_id,
                slot_number=number,
                learner_id=self.learner.id,
                posted=posted,
                received_at=utc_now(),
                **values,
            )

    def finish(self, attempt_id: uuid.UUID) -> Any:
        """Hand the attempt in."""
        with transaction():
            return commands.finish_attempt(
                attempt_id=attempt_id, learner_id=self.learner.id, finished_at=utc_now()
            )


def quiz_definition(
    questions: Sequence[Mapping[str, Any]] = EVERY_KIND, **settings: Any
) -> dict[str, Any]:
    """Return the data of a quiz file: a test without time limit unless told otherwise."""
    return {
        "id": "kiem-tra",
        "title": "Kiểm tra cuối khóa",
        "purpose": "test",
        "pass_percent": 50,
        "complete_when": "passed",
        "attempts": 2,
        "time_limit_minutes": None,
        "draw": None,
        "shuffle": True,
        "questions": list(questions),
        **settings,
    }


def make_class(
    questions: Sequence[Mapping[str, Any]] = EVERY_KIND,
    lessons: int = 0,
    **settings: Any,
) -> Class:
    """Store a cohort whose course has ``lessons`` lessons and then this quiz."""
    keys = [(f"bai-{n}", ActivityKind.LESSON) for n in range(1, lessons + 1)]
    version = make_course(activities=[*keys, ("kiem-tra", ActivityKind.QUIZ)])
    activity = store_quiz_in(version, quiz_definition(questions, **settings))
    cohort = make_cohort(version)
    learner = make_user("Nguyễn Thị Ánh")
    neighbour = make_user("Trần Văn Bền")
    return Class(
        cohort,
        activity,
        learner,
        make_enrolment(cohort, learner),
        neighbour,
        make_enrolment(cohort, neighbour),
    )


def store_quiz_in(version: CourseVersion, definition: Mapping[str, Any]) -> Activity:
    """Store the quiz of the version's activity of that key."""
    with transaction():
        module = db.session.query(Module).filter_by(version_id=version.id).first()
        assert module is not None
        if not db.session.query(Objective).filter_by(version_id=version.id).count():
            db.session.add(
                Objective(
                    version_id=version.id,
                    module_id=module.id,
                    position=0,
                    key="mt-1",
                    text="Nêu được.",
                )
            )
            db.session.flush()
        activity = (
            db.session.query(Activity).filter_by(version_id=version.id, key=definition["id"]).one()
        )
        commands.store_quiz(
            course_id=version.course_id,
            version_id=version.id,
            activity_id=activity.id,
            definition=definition,
        )
    return activity


def right_post(attempt_id: uuid.UUID, number: int) -> dict[str, list[str]]:
    """Return the fields a learner would post to answer that slot rightly."""
    slot = next(each for each in queries.list_slots(attempt_id) if each.number == number)
    question = queries.get_keyed_question(slot.question_version_id)
    return post_for(question, slot.arrangement)


def post_for(question: queries.KeyedQuestion, arrangement: list[Any]) -> dict[str, list[str]]:
    """Return the fields that say the key, in the tokens of this arrangement."""
    key, kind = question.key, question.kind.name
    if kind == "true_false":
        return {"a": ["0" if key["answer"] else "1"]}
    if kind in {"single", "multiple"}:
        return {"a": [str(arrangement.index(each)) for each in key["right"]]}
    if kind == "matching":
        return {f"a{n}": [str(arrangement.index(each))] for n, each in enumerate(key["rights"])}
    if kind == "ordering":
        return {f"a{n}": [str(key["order"].index(item) + 1)] for n, item in enumerate(arrangement)}
    if kind == "short_answer":
        return {"a": [key["accept"][0]]}
    return {"a": [str(key["answer"])]}
