"""Which questions an attempt asks."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.domain.selection import draw

positions = st.lists(st.integers(0, 99), unique=True, max_size=30)


@given(positions, st.none() | st.integers(1, 40), st.integers(), st.booleans())
def test_as_many_as_asked_are_drawn_each_once(
    pool: list[int], count: int | None, seed: int, shuffle: bool
):
    drawn = draw(pool, count, Random(seed), shuffle=shuffle)
    assert len(drawn) == (len(pool) if count is None else min(count, len(pool)))
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= set(pool)
    assert drawn == draw(pool, count, Random(seed), shuffle=shuffle)


@given(positions, st.none() | st.integers(1, 40), st.integers())
def test_without_shuffling_the_authors_order_stays(pool: list[int], count: int | None, seed: int):
    drawn = draw(pool, count, Random(seed), shuffle=False)
    assert drawn == [each for each in pool if each in drawn]


def test_every_question_of_a_pool_is_drawn_with_the_same_chance():
    drawn: Counter[int] = Counter()
    for seed in range(2000):
        drawn.update(draw(range(20), 10, Random(seed), shuffle=True))
    # 2,000 draws of one half: standard deviation 22.4; five of them.
    assert all(abs(drawn[position] - 1000) < 112 for position in range(20))
