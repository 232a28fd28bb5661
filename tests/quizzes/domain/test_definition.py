"""Quizzes as their authors write them."""

from __future__ import annotations

import dataclasses
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.domain.behaviours import Behaviour, CompleteWhen
from app.quizzes.domain.definition import question_digest, quiz_faults, read_quiz
from app.quizzes.domain.kinds.reading import DefinitionError, Fault
from tests.quizzes.domain.questions import EXAMPLES

OBJECTIVES = frozenset({"t10-1", "t10-2"})


def question(name: str = "single", number: int = 1, **changes: Any) -> dict[str, Any]:
    head = {"id": f"c{number}", "kind": name, "objective": "t10-1", "source": "s4"}
    return {**head, **EXAMPLES[name], **changes}


def quiz(**changes: Any) -> dict[str, Any]:
    data = {
        "id": "cuoi-khoa",
        "title": "Kiểm tra cuối khóa",
        "purpose": "test",
        "pass_percent": 60,
        "complete_when": "passed",
        "attempts": 2,
        "time_limit_minutes": 15,
        "draw": 2,
        "shuffle": False,
        "questions": [question(name, number) for number, name in enumerate(EXAMPLES)],
    }
    return {**data, **changes}


def test_a_quiz_is_read_with_its_settings_and_every_kind():
    read = read_quiz(quiz(), OBJECTIVES)
    assert (read.id, read.title) == ("cuoi-khoa", "Kiểm tra cuối khóa")
    assert read.behaviour is Behaviour.DEFERRED
    assert read.complete_when is CompleteWhen.PASSED
    assert read.pass_fraction == Decimal("0.6")
    assert (read.attempts, read.time_limit_seconds, read.draw) == (2, 900, 2)
    assert read.shuffle is False
    assert [each.question.kind for each in read.questions] == list(EXAMPLES)
    assert (read.questions[0].objective, read.questions[0].source) == ("t10-1", "s4")
    assert quiz_faults(quiz(), OBJECTIVES) == []


def test_settings_that_are_left_out_have_their_usual_values():
    data = {
        "id": "luyen-tap",
        "title": "Luyện tập",
        "purpose": "practice",
        "questions": [question(source=None, explanation=None)],
    }
    read = read_quiz(data, OBJECTIVES)
    assert read.behaviour is Behaviour.IMMEDIATE
    assert read.complete_when is CompleteWhen.SUBMITTED
    assert read.pass_fraction == Decimal("0.5")
    assert (read.attempts, read.time_limit_seconds, read.draw) == (0, None, None)
    assert read.shuffle is True
    assert (read.questions[0].source, read.questions[0].max_mark) == ("", 1)


def test_texts_are_kept_in_one_unicode_form():
    decomposed = unicodedata.normalize("NFD", "Chính sách")
    read = read_quiz(quiz(questions=[question(text=decomposed)], draw=None), OBJECTIVES)
    assert read.questions[0].question.content["text"] == "Chính sách"


def test_a_number_is_kept_as_it_was_written():
    read = read_quiz(
        quiz(questions=[question("numeric", answer=0.1, max_mark=2.5)], draw=None), OBJECTIVES
    )
    assert read.questions[0].question.key["answer"] == "0.1"
    assert read.questions[0].max_mark == Decimal("2.5")


CHOICES = EXAMPLES["single"]["choices"]
BOTH = [{"text": "a", "correct": True}, {"text": "b", "correct": True}]
PAIRS = EXAMPLES["matching"]["pairs"]
ALIKE = PAIRS[:2]  # two left sides with one right side

QUIZ_FAULTS = [
    ({"id": None}, ("id",)),
    ({"id": "Cuối khóa"}, ("id",)),
    ({"title": "  "}, ("title",)),
    ({"title": 7}, ("title",)),
    ({"title": "x" * 201}, ("title",)),
    ({"purpose": "exam"}, ("purpose",)),
    ({"purpose": None}, ("purpose",)),
    ({"purpose": ["test"]}, ("purpose",)),
    ({"complete_when": "viewed"}, ("complete_when",)),
    ({"pass_percent": 101}, ("pass_percent",)),
    ({"pass_percent": "60"}, ("pass_percent",)),
    ({"pass_percent": float("nan")}, ("pass_percent",)),
    ({"pass_percent": 1e300}, ("pass_percent",)),
    ({"attempts": -1}, ("attempts",)),
    ({"attempts": True}, ("attempts",)),
    ({"attempts": 1.5}, ("attempts",)),
    ({"time_limit_minutes": 0}, ("time_limit_minutes",)),
    ({"draw": 8}, ("draw",)),
    ({"draw": 0}, ("draw",)),
    ({"purpose": "practice", "time_limit_minutes": None}, ("draw",)),
    ({"purpose": "practice", "draw": None}, ("time_limit_minutes",)),
    ({"shuffle": "yes"}, ("shuffle",)),
    ({"colour": "red"}, ("colour",)),
    ({1: "red"}, ("1",)),
    ({"questions": None, "draw": None}, ("questions",)),
    ({"questions": [], "draw": None}, ("questions",)),
    ({"questions": {"a": 1}, "draw": None}, ("questions",)),
    ({"questions": [question(), question(), question(number=2)]}, ("questions", 1, "id")),
]

QUESTION_FAULTS = [
    (question(id=None), ("id",)),
    (question(id="Câu 1"), ("id",)),
    (question(kind="essay"), ("kind",)),
    (question(kind=None), ("kind",)),
    (question(objective="t99"), ("objective",)),
    (question(objective=None), ("objective",)),
    (question(source=4), ("source",)),
    (question(max_mark=0), ("max_mark",)),
    (question(max_mark=0.125), ("max_mark",)),
    (question(text=None), ("text",)),
    (question(text="x" * 2001), ("text",)),
    (question(explanation=["x"]), ("explanation",)),
    (question(answer=True), ("answer",)),
    (question(choices=CHOICES[:1]), ("choices",)),
    (question(choices=CHOICES[1:]), ("choices",)),
    (question(choices=BOTH), ("choices",)),
    (question(choices="a; b"), ("choices",)),
    (question(choices=[*CHOICES, "e"]), ("choices", 4)),
    (question(choices=[*CHOICES, {"text": 407}]), ("choices", 4, "text")),
    (question(choices=[*CHOICES, {"text": "e", "correct": "có"}]), ("choices", 4, "correct")),
    (question(choices=[*CHOICES, {"text": "chỉ thị 07"}]), ("choices", 4, "text")),
    (question(choices=[*CHOICES, {"text": "e", "right": True}]), ("choices", 4, "right")),
    (question("multiple", choices=CHOICES[1:]), ("choices",)),
    (question("multiple", choices=BOTH), ("choices",)),
    (question("multiple", choices=None), ("choices",)),
    (question("matching", pairs=None), ("pairs",)),
    (question("true_false", answer="đúng"), ("answer",)),
    (question("true_false", answer=None), ("answer",)),
    (question("true_false", feedback="Đúng."), ("feedback",)),
    (question("true_false", feedback={"yes": "Đúng."}), ("feedback", "yes")),
    (question("matching", pairs=PAIRS[:1]), ("pairs",)),
    (question("matching", pairs=ALIKE, distractors=None), ("pairs",)),
    (question("matching", pairs=[*PAIRS, PAIRS[0]]), ("pairs", 3, "left")),
    (question("matching", pairs=[*PAIRS, {"left": "x"}]), ("pairs", 3, "right")),
    (question("matching", distractors=["UBND tỉnh"]), ("distractors", 0)),
    (question("matching", distractors="UBND"), ("distractors",)),
    (question("ordering", items=["a"]), ("items",)),
    (question("ordering", items=["a", "b", "A"]), ("items", 2)),
    (question("ordering", items=["a", 2]), ("items", 1)),
    (question("short_answer", accept=[]), ("accept",)),
    (question("short_answer", accept=[496]), ("accept", 0)),
    (question("short_answer", accept=["x" * 201]), ("accept", 0)),
    (question("short_answer", ignore_tone_marks=1), ("ignore_tone_marks",)),
    (question("numeric", answer="70"), ("answer",)),
    (question("numeric", answer=True), ("answer",)),
    (question("numeric", answer=10**18), ("answer",)),
    (question("numeric", tolerance=-1), ("tolerance",)),
    (question("numeric", unit="2 ngày"), ("unit",)),
]


@pytest.mark.parametrize(("change", "path"), QUIZ_FAULTS)
def test_a_fault_of_a_quiz_is_named_where_it_is(change: dict[str, Any], path: tuple[Any, ...]):
    ((where, sentence),) = quiz_faults(quiz() | change, OBJECTIVES)
    assert where == path
    assert sentence.endswith(".")


@pytest.mark.parametrize(("data", "path"), QUESTION_FAULTS)
def test_a_fault_of_a_question_is_named_where_it_is(data: dict[str, Any], path: tuple[Any, ...]):
    first = question(number=9)
    ((where, sentence),) = quiz_faults(quiz(questions=[first, data]), OBJECTIVES)
    assert where == ("questions", 1, *path)
    assert sentence.endswith(".")


@pytest.mark.parametrize("data", [None, [], "quiz", 7])
def test_a_file_that_holds_no_mapping_is_refused(data: object):
    ((path, sentence),) = quiz_faults(data, OBJECTIVES)
    assert path == ()
    assert sentence == "Chỗ này cần các cặp “tên: giá trị”."


@pytest.mark.parametrize("entry", [None, "Câu 1", 7, ["a"]])
def test_a_question_that_is_no_mapping_is_refused(entry: object):
    ((path, _),) = quiz_faults(quiz(questions=[question(), entry], draw=None), OBJECTIVES)
    assert path == ("questions", 1)


def test_all_faults_are_named_at_once():
    data = quiz(
        title="",
        colour="red",
        questions=[question(choices=CHOICES[1:]), question("numeric", 2, answer="70", unit=3)],
    )
    assert {path for path, _ in quiz_faults(data, OBJECTIVES)} == {
        ("title",),
        ("colour",),
        ("questions", 0, "choices"),
        ("questions", 1, "answer"),
        ("questions", 1, "unit"),
    }


def test_a_faulty_quiz_is_not_read():
    with pytest.raises(DefinitionError, match="Chỗ này đang trống") as refused:
        read_quiz(quiz(title=""), OBJECTIVES)
    assert isinstance(refused.value.faults[0], Fault)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=3) | st.booleans() | st.integers(), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.sampled_from(sorted(EXAMPLES)), st.data())
def test_whatever_stands_in_a_file_is_read_or_named_but_never_breaks(
    name: str, data: st.DataObject
):
    whole = question(name)
    place = data.draw(st.sampled_from(sorted(whole)))
    whole[place] = data.draw(anything)
    for path, sentence in quiz_faults(quiz(questions=[whole], draw=None), OBJECTIVES):
        assert path
        assert sentence


@given(anything)
def test_any_data_at_all_is_read_or_named_but_never_breaks(data: object):
    assert quiz_faults(data, OBJECTIVES)
    assert quiz_faults(quiz(questions=data), OBJECTIVES)


def test_the_digest_is_of_the_version_and_not_of_its_place_in_a_quiz():
    (first,) = read_quiz(quiz(questions=[question()], draw=None), OBJECTIVES).questions
    digest = question_digest(first)
    assert len(digest) == 64
    assert question_digest(dataclasses.replace(first, id="c99", max_mark=Decimal(3))) == digest
    changed = [
        dataclasses.replace(first, objective="t10-2"),
        dataclasses.replace(first, source="s3"),
        *(
            dataclasses.replace(first, question=dataclasses.replace(first.question, **{part: {}}))
            for part in ("content", "key", "feedback")
        ),
        dataclasses.replace(first, question=dataclasses.replace(first.question, kind="multiple")),
    ]
    assert len({digest, *map(question_digest, changed)}) == 7


def test_the_digest_does_not_depend_on_the_order_of_names():
    turned = dict(reversed(question().items()))
    digests = {
        question_digest(read_quiz(quiz(questions=[data], draw=None), OBJECTIVES).questions[0])
        for data in (question(), turned)
    }
    assert len(digests) == 1
