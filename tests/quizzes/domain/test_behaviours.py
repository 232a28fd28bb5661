"""When a question is graded and who may see its key."""

from __future__ import annotations

from itertools import product

from app.quizzes.domain.behaviours import Behaviour, may_see_feedback


def test_a_test_grades_later_and_lets_answers_change():
    assert not Behaviour.DEFERRED.grades_at_once
    assert Behaviour.DEFERRED.allows_change


def test_practice_grades_at_once_and_then_stands():
    assert Behaviour.IMMEDIATE.grades_at_once
    assert not Behaviour.IMMEDIATE.allows_change


def test_the_key_of_practice_is_seen_once_its_slot_is_graded():
    for graded, finished, released in product((False, True), repeat=3):
        seen = may_see_feedback(
            Behaviour.IMMEDIATE,
            is_slot_graded=graded,
            is_finished=finished,
            is_released=released,
        )
        assert seen is graded


def test_the_key_of_a_test_is_seen_only_after_it_is_finished_and_released():
    for graded, finished, released in product((False, True), repeat=3):
        seen = may_see_feedback(
            Behaviour.DEFERRED, is_slot_graded=graded, is_finished=finished, is_released=released
        )
        assert seen is (finished and released)
