"""From fractions to the grade of a quiz."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.domain.marks import Grade, Outcome, mark, quiz_grade

fractions = st.decimals(0, 1, places=5)
most = st.decimals("0.01", 100, places=2)


@given(fractions, most)
def test_a_mark_is_between_0_and_the_max_mark(fraction: Decimal, max_mark: Decimal):
    assert 0 <= mark(fraction, max_mark) <= max_mark


def test_a_mark_is_rounded_half_up():
    assert mark(Decimal("0.33333"), Decimal(1)) == Decimal("0.33")
    assert mark(Decimal("0.5"), Decimal("0.01")) == Decimal("0.01")


def test_a_fraction_is_held_between_0_and_1():
    assert Grade.of(Decimal("-0.2")) == Grade(Decimal("0.00000"), Outcome.WRONG)
    assert Grade.of(Decimal("1.2")) == Grade(Decimal("1.00000"), Outcome.RIGHT)
    assert Grade.of(Decimal("0.5")).outcome is Outcome.PARTIAL


@given(st.lists(st.tuples(fractions, most), min_size=1, max_size=40))
def test_a_grade_is_the_sum_of_its_marks(slots: list[tuple[Decimal, Decimal]]):
    grade = quiz_grade(slots)
    assert grade.mark == sum(mark(*slot) for slot in slots)
    assert grade.max_mark == sum(max_mark for _, max_mark in slots)
    assert 0 <= grade.fraction <= 1


def test_everything_right_is_the_whole_grade():
    assert quiz_grade([(Decimal(1), Decimal(2)), (Decimal(1), Decimal(3))]).fraction == 1


def test_a_quiz_without_questions_has_no_grade_to_speak_of():
    assert quiz_grade([]).fraction == 0


def test_the_pass_mark_itself_passes():
    half = quiz_grade([(Decimal(1), Decimal(1)), (Decimal(0), Decimal(1))])
    assert half.is_passed(Decimal("0.5"))
    assert not half.is_passed(Decimal("0.51"))
