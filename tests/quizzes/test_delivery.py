"""Whatever is doubled, lost, delayed or reordered: the state is that of one clean delivery."""

from __future__ import annotations

import uuid
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.db import db
from app.quizzes import queries
from app.quizzes.models import Attempt
from tests.quizzes.factories import SINGLE, make_class, numbered

QUESTIONS = 3

sent_by_devices = st.lists(
    st.tuples(
        st.integers(1, QUESTIONS),  # slot
        st.integers(0, 2),  # chosen token
        st.booleans(),  # the device had seen the other device's receipts
    ),
    min_size=1,
    max_size=12,
)


def lamport(history: list[tuple[int, int, bool]]) -> list[dict[str, Any]]:
    """Number a history as two devices would: a device goes on from what it has seen."""
    clocks = [0, 0]
    sent = []
    for index, (slot, token, has_seen) in enumerate(history):
        device = index % 2
        if has_seen:
            clocks[device] = max(clocks)
        clocks[device] += 1
        sent.append(
            {
                "slot": slot,
                "token": str(token),
                "seq": clocks[device],
                "response_id": uuid.uuid5(uuid.NAMESPACE_OID, f"{index}/{device}"),
            }
        )
    return sent


def deliver(messages: list[dict[str, Any]]) -> tuple[list[Any], int]:
    klass = make_class(numbered(SINGLE, QUESTIONS), shuffle=False)
    attempt = klass.start(seed=7)
    for each in messages:
        klass.answer(
            attempt,
            each["slot"],
            a=each["token"],
            seq=each["seq"],
            response_id=each["response_id"],
        )
    row = db.session.get_one(Attempt, attempt, populate_existing=True)
    slots = [(each.response, each.response_seq) for each in queries.list_slots(attempt)]
    return slots, row.answered_count


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=sent_by_devices, data=st.data())
def test_any_order_with_doubles_ends_like_one_clean_delivery(
    history: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    clean = lamport(history)
    doubled = clean + data.draw(st.lists(st.sampled_from(clean), max_size=6))
    shuffled = data.draw(st.permutations(doubled))
    assert deliver(shuffled) == deliver(clean)
