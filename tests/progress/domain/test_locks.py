"""What is open, what is locked, and where to go on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.progress.domain.locks import missing_before, next_ordinal
from app.progress.domain.rules import required_ordinals, still_missing

PRE_TEST_FIRST = ((), (0,), (1,), (0,), (1, 3))


def test_an_activity_is_locked_by_each_thing_not_yet_done() -> None:
    assert missing_before((1, 3), {1}) == (3,)
    assert missing_before((1, 3), {1, 3}) == ()
    assert missing_before((), set()) == ()


def test_a_new_learner_is_led_to_the_first_open_activity() -> None:
    assert next_ordinal(PRE_TEST_FIRST, set()) == 0


def test_a_learner_goes_on_after_what_was_just_done_and_is_led_back_at_the_end() -> None:
    assert next_ordinal(PRE_TEST_FIRST, {0, 1}, after=1) == 2
    assert next_ordinal(PRE_TEST_FIRST, {0, 3}, after=3) == 1
    assert next_ordinal(PRE_TEST_FIRST, {0, 1, 2, 3, 4}, after=4) is None


@given(st.sets(st.integers(0, 4)), st.integers(-1, 4))
def test_the_next_activity_is_open_and_not_done(done: set[int], after: int) -> None:
    found = next_ordinal(PRE_TEST_FIRST, done, after=after)

    if found is not None:
        assert found not in done
        assert missing_before(PRE_TEST_FIRST[found], done) == ()


def test_without_a_rule_everything_is_required() -> None:
    assert required_ordinals(None, 3) == (0, 1, 2)
    assert required_ordinals([2, 0, 2, 9], 3) == (0, 2)
    assert still_missing((0, 2), {0}) == (2,)
