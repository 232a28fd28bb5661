"""Laws that every kind of question keeps."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, fields
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.domain.kinds.posting import BadResponseError
from app.quizzes.domain.kinds.registry import KINDS
from app.quizzes.domain.marks import Outcome
from tests.quizzes.domain.questions import (
    CANARY,
    EXAMPLES,
    Asked,
    asked,
    post,
    read_example,
    right_response,
)

# Chi-square at p = 0.001 by degrees of freedom.
UNLIKELY = {2: 13.816, 3: 16.266, 4: 18.467, 5: 20.515, 23: 49.728}
ATTEMPTS = 2000

every_kind = pytest.mark.parametrize("name", list(KINDS))


@given(asked())
def test_a_fraction_is_between_0_and_1_and_the_outcome_agrees(case: Asked):
    grade = case.kind.grade(case.content, case.question.key, case.response)
    assert 0 <= grade.fraction <= 1
    assert grade.fraction == grade.fraction.quantize(Decimal("0.00001"))
    assert (grade.outcome is Outcome.RIGHT) == (grade.fraction == 1)
    assert (grade.outcome is Outcome.WRONG) == (grade.fraction == 0)


@given(asked())
def test_the_key_earns_everything(case: Asked):
    assert case.fraction(case.right) == 1


@given(asked())
def test_no_response_earns_nothing_and_is_called_unanswered(case: Asked):
    grade = case.kind.grade(case.content, case.question.key, None)
    assert grade.fraction == 0
    assert grade.outcome is Outcome.UNANSWERED


@given(asked("single", "multiple", "true_false", "matching", "ordering"))
def test_only_the_key_earns_everything(case: Asked):
    assert (case.fraction(case.response) == 1) == (case.response == case.right)


@given(asked())
def test_what_a_page_shows_posts_back_the_same_response(case: Asked):
    view = case.kind.present(case.content, case.arrangement, case.response)
    assert case.kind.parse(case.content, case.arrangement, post(view)) == case.response


@given(asked())
def test_a_page_without_a_response_posts_back_none(case: Asked):
    view = case.kind.present(case.content, case.arrangement, None)
    assert case.kind.parse(case.content, case.arrangement, post(view)) is None


@given(asked())
def test_question_and_response_survive_being_stored_as_json(case: Asked):
    stored = [asdict(case.question), case.arrangement, case.response]
    assert json.loads(json.dumps(stored)) == stored


@given(asked(), st.booleans())
def test_a_review_marks_what_was_right_and_never_fails(case: Asked, answered: bool):
    response = case.response if answered else None
    review = case.review(response)
    chosen = [row for row in review.rows if row.chosen]
    assert bool(chosen) is answered
    assert review.right_answer
    if case.fraction(response) == 1:
        assert all(row.correct for row in chosen)
    if case.fraction(response) == 0 and case.question.kind not in {"multiple", "ordering"}:
        assert not any(row.correct for row in chosen)


@given(asked())
def test_a_response_can_be_said_in_words_and_silence_is_empty(case: Asked):
    assert case.kind.restate(case.content, case.response)
    assert case.kind.restate(case.content, None) == ""


@given(asked("multiple"), st.integers(0, 6))
def test_a_right_choice_more_never_lowers_and_a_wrong_one_never_raises(case: Asked, more: int):
    more %= len(case.content["choices"])
    before = case.fraction(case.response)
    after = case.fraction(sorted({*case.response, more}))
    if more in case.question.key["right"]:
        assert after >= before
    else:
        assert after <= before


@given(asked("matching"), st.integers(0, 6))
def test_one_pair_put_right_raises_the_fraction(case: Asked, place: int):
    place %= len(case.response)
    better = [*case.response]
    better[place] = case.right[place]
    if better == case.response:
        assert case.fraction(better) == case.fraction(case.response)
    else:
        assert case.fraction(better) > case.fraction(case.response)


@given(asked("ordering"), st.integers(0, 6))
def test_each_next_item_in_its_place_earns_one_more_neighbour(case: Asked, count: int):
    size = len(case.right)
    count = min(count, size)
    begun = [place if place < count else None for place in case.right]
    assert case.fraction(begun) == pytest.approx(max(count - 1, 0) / (size - 1), abs=0.00001)


@every_kind
def test_nothing_of_key_or_feedback_is_in_the_content(name: str):
    question = read_example(name)
    assert CANARY in json.dumps([question.key, question.feedback], ensure_ascii=False)
    assert CANARY not in json.dumps(question.content, ensure_ascii=False)
    assert "7319" not in json.dumps(question.content)


@every_kind
def test_a_learners_page_has_no_field_for_the_key(name: str):
    kind, question = KINDS[name], read_example(name)
    view = kind.present(question.content, kind.arrange(question.content, Random(1)), None)
    assert not {each.name for each in fields(view)} & {"key", "right", "correct", "feedback"}
    assert CANARY not in json.dumps(asdict(view), ensure_ascii=False)


def _other_keys(name: str) -> list[dict[str, Any]]:  # noqa: PLR0911 a row for each kind
    data = EXAMPLES[name]
    match name:
        case "single":
            choices = data["choices"]
            return [
                {"choices": [{**each, "correct": each is right} for each in choices]}
                for right in choices
            ]
        case "multiple":
            return [
                {"choices": [{**each, "correct": each is right} for each in data["choices"]]}
                for right in data["choices"]
            ]
        case "true_false":
            return [{"answer": False}]
        case "matching":
            pairs = data["pairs"]
            rights = [pair["right"] for pair in pairs]
            turned = [rights[1], rights[2], rights[0]]
            return [
                {"pairs": [{**p, "right": r} for p, r in zip(pairs, turned, strict=True)]},
                {"pairs": [{**p, "right": r} for p, r in zip(pairs, rights[::-1], strict=True)]},
            ]
        case "ordering":
            return [{"items": data["items"][::-1]}, {"items": sorted(data["items"])}]
        case "short_answer":
            return [{"accept": ["một"]}]
        case _:
            return [{"answer": 12, "tolerance": 3}]


@every_kind
def test_the_content_is_the_same_whatever_the_key(name: str):
    question = read_example(name)
    for change in _other_keys(name):
        other = read_example(name, **change)
        assert other.content == question.content


def _chi_square(counts: Counter[Any], cells: int) -> float:
    expected = counts.total() / cells
    missing = cells - len(counts)
    return sum((n - expected) ** 2 / expected for n in counts.values()) + missing * expected


@pytest.mark.parametrize("name", ["single", "multiple", "matching", "ordering"])
def test_every_position_is_shown_everywhere_with_the_same_chance(name: str):
    kind, content = KINDS[name], read_example(name).content
    orders = [kind.arrange(content, Random(seed)) for seed in range(ATTEMPTS)]
    size = len(orders[0])
    for position in range(size):
        shown_at = Counter(order.index(position) for order in orders)
        assert _chi_square(shown_at, size) < UNLIKELY[size - 1]


def test_every_order_of_choices_is_drawn_with_the_same_chance():
    content = read_example("single").content
    orders = Counter(
        tuple(KINDS["single"].arrange(content, Random(seed))) for seed in range(ATTEMPTS)
    )
    assert _chi_square(orders, 24) < UNLIKELY[23]


def test_the_token_of_the_right_choice_differs_between_attempts():
    kind, question = KINDS["single"], read_example("single")
    tokens = set()
    for seed in range(20):
        arrangement = kind.arrange(question.content, Random(seed))
        view = kind.present(question.content, arrangement, right_response(question))
        tokens.update(post(view)["a"])
    assert tokens == {"0", "1", "2", "3"}


@pytest.mark.parametrize("name", ["true_false", "short_answer", "numeric"])
def test_kinds_without_an_order_have_an_empty_arrangement(name: str):
    assert KINDS[name].arrange(read_example(name).content, Random(1)) == []


WRONG_POSTS = [
    ("single", {"a": ["4"]}),
    ("single", {"a": ["-1"]}),
    ("single", {"a": ["01"]}),
    ("single", {"a": ["١"]}),  # noqa: RUF001 a digit of another script
    ("single", {"a": ["Quyết định 407"]}),
    ("single", {"a": ["0", "1"]}),
    ("single", {"a0": ["1"]}),
    ("multiple", {"a": ["0", "5"]}),
    ("multiple", {"a1": ["0"]}),
    ("true_false", {"a": ["2"]}),
    ("true_false", {"a": ["true"]}),
    ("true_false", {"a": ["0", "1"]}),
    ("matching", {"a0": ["0"], "a1": ["0"]}),
    ("matching", {"a0": ["0"], "a1": ["0"], "a2": ["3"]}),
    ("matching", {"a0": ["0", "1"], "a1": ["0"], "a2": ["1"]}),
    ("matching", {"a0": ["0"], "a1": ["0"], "a2": ["1"], "a3": ["1"]}),
    ("matching", {}),
    ("ordering", {"a0": ["0"], "a1": ["1"], "a2": ["2"], "a3": ["3"]}),
    ("ordering", {"a0": ["5"], "a1": ["1"], "a2": ["2"], "a3": ["3"]}),
    ("ordering", {"a0": ["1"], "a1": ["2"], "a2": ["3"]}),
    ("short_answer", {}),
    ("short_answer", {"a": ["một", "hai"]}),
    ("short_answer", {"a": ["x" * 201]}),
    ("numeric", {}),
    ("numeric", {"a": ["bảy mươi"]}),
    ("numeric", {"a": ["70 người"]}),
    ("numeric", {"a": ["1,2,3"]}),
]


@pytest.mark.parametrize(("name", "form"), WRONG_POSTS)
def test_a_post_that_fits_no_shown_answer_is_refused_with_a_sentence(
    name: str, form: dict[str, list[str]]
):
    kind, content = KINDS[name], read_example(name).content
    with pytest.raises(BadResponseError) as refused:
        kind.parse(content, kind.arrange(content, Random(3)), form)
    assert refused.value.sentence.endswith(".")
    assert refused.value.status == 422


def test_a_number_without_a_unit_is_refused_without_naming_one():
    content = read_example("numeric", unit=None).content
    with pytest.raises(BadResponseError, match="Chỉ ghi một số") as refused:
        KINDS["numeric"].parse(content, [], {"a": ["bảy mươi"]})
    assert "đơn vị" not in refused.value.sentence


@every_kind
def test_fields_that_are_no_answers_are_left_alone(name: str):
    kind, question = KINDS[name], read_example(name)
    arrangement = kind.arrange(question.content, Random(3))
    right = right_response(question)
    form = {**post(kind.present(question.content, arrangement, right)), "seq": ["7"], "at": ["x"]}
    assert kind.parse(question.content, arrangement, form) == right


def test_a_choice_posted_twice_counts_once():
    content = read_example("multiple").content
    assert KINDS["multiple"].parse(content, [4, 3, 2, 1, 0], {"a": ["1", "1"]}) == [3]
