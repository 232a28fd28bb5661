"""An answer that got its receipt is there, once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.clock import utc_now
from app.core.db import db, read, transaction
from app.core.errors import NotFoundError
from app.quizzes import commands, jobs, queries
from app.quizzes.domain.marks import Outcome
from app.quizzes.errors import (
    AttemptFinishedError,
    BadReceiptDataError,
    KeyReleasedError,
    MissingAnswerError,
    NoAttemptsLeftError,
    SlotGradedError,
    SlotNotFoundError,
    TimeOverError,
)
from app.quizzes.models import Attempt, AttemptState, FinishReason, Response
from tests.quizzes.factories import SINGLE, make_class, numbered, right_post


def stored_count(attempt_id: uuid.UUID) -> int:
    return int(
        read(
            sa.select(sa.func.count())
            .select_from(Response)
            .where(Response.attempt_id == attempt_id)
        ).scalar_one()
    )


def slot(attempt_id: uuid.UUID, number: int) -> queries.SlotRow:
    return queries.list_slots(attempt_id)[number - 1]


def attempt_of(attempt_id: uuid.UUID) -> Attempt:
    return db.session.get_one(Attempt, attempt_id, populate_existing=True)


def test_a_response_sent_twice_is_stored_once_and_has_one_receipt() -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt = klass.start()
    sent = {"response_id": uuid.uuid4(), "seq": 1}
    first = klass.answer(attempt, 2, a="1", **sent)
    again = klass.answer(attempt, 2, a="1", **sent)
    assert (again.seq, again.recorded_at) == (first.seq, first.recorded_at)
    assert stored_count(attempt) == 1
    assert attempt_of(attempt).answered_count == 1


def test_an_older_response_arriving_late_is_kept_but_does_not_count() -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt = klass.start()
    klass.answer(attempt, 1, a="2", response_id=uuid.uuid4(), seq=5)
    newer = slot(attempt, 1).response
    klass.answer(attempt, 1, a="0", response_id=uuid.uuid4(), seq=4)
    assert slot(attempt, 1).response == newer
    assert stored_count(attempt) == 2


def test_a_form_without_script_counts_in_the_order_of_arrival() -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt = klass.start()
    klass.answer(attempt, 1, a="0", response_id=uuid.uuid4(), seq=9)
    receipt = klass.answer(attempt, 1, a="1")
    assert receipt.seq == 10
    again = klass.answer(attempt, 1, a="1")
    assert again.seq == 10
    assert stored_count(attempt) == 2


def test_the_counter_of_the_attempt_never_goes_back() -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt = klass.start()
    klass.answer(attempt, 1, response_id=uuid.uuid4(), seq=7)
    receipt = klass.answer(attempt, 2, response_id=uuid.uuid4(), seq=3)
    assert (receipt.seq, receipt.last_seq) == (3, 7)


def test_a_response_id_used_for_another_question_is_refused() -> None:
    klass = make_class(numbered(SINGLE, 3))
    attempt = klass.start()
    sent = uuid.uuid4()
    klass.answer(attempt, 1, response_id=sent, seq=1)
    with pytest.raises(BadReceiptDataError):
        klass.answer(attempt, 2, response_id=sent, seq=2)


def test_nothing_chosen_is_refused_and_stores_nothing() -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    with pytest.raises(MissingAnswerError):
        klass.answer(attempt, 1, posted={"a": []})
    assert stored_count(attempt) == 0


def test_an_answer_after_handing_in_is_refused() -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    klass.finish(attempt)
    with pytest.raises(AttemptFinishedError):
        klass.answer(attempt, 1)
    assert stored_count(attempt) == 0


def test_handing_in_twice_is_refused_and_changes_nothing() -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    klass.answer(attempt, 1, posted=right_post(attempt, 1))
    klass.finish(attempt)
    before = attempt_of(attempt).mark
    with pytest.raises(AttemptFinishedError):
        klass.finish(attempt)
    assert attempt_of(attempt).mark == before


def test_the_deadline_is_the_servers_with_a_grace_of_ten_seconds(clock: Any) -> None:
    klass = make_class(numbered(SINGLE, 3), time_limit_minutes=15)
    attempt = klass.start()
    clock.forward(minutes=15, seconds=9)
    klass.answer(attempt, 1)
    clock.forward(seconds=2)
    with pytest.raises(TimeOverError):
        klass.answer(attempt, 2)
    assert stored_count(attempt) == 1


def test_what_was_saved_is_handed_in_when_the_time_is_over_with_no_browser_open(
    app: Any, clock: Any
) -> None:
    klass = make_class(numbered(SINGLE, 2), time_limit_minutes=15)
    attempt = klass.start()
    klass.answer(attempt, 1, posted=right_post(attempt, 1))
    clock.forward(minutes=15, seconds=11)
    for job in app.extensions["jobs"]:
        job()
    closed = attempt_of(attempt)
    assert closed.state is AttemptState.FINISHED
    assert closed.finish_reason is FinishReason.TIME_OVER
    assert closed.mark == 1
    assert closed.finished_at <= closed.due_at + commands.GRACE


def test_an_open_attempt_is_resumed_not_opened_again() -> None:
    klass = make_class(numbered(SINGLE, 2))
    assert klass.start(seed=1) == klass.start(seed=2)


def test_the_last_allowed_attempt_is_the_last() -> None:
    klass = make_class(numbered(SINGLE, 2), attempts=1)
    klass.finish(klass.start())
    with pytest.raises(NoAttemptsLeftError):
        klass.start()


def test_another_learners_attempt_is_not_found_and_unchanged() -> None:
    klass = make_class(numbered(SINGLE, 2))
    theirs = klass.start(neighbour=True)
    with pytest.raises(SlotNotFoundError):
        klass.answer(theirs, 1)
    with pytest.raises(NotFoundError):
        klass.finish(theirs)
    assert stored_count(theirs) == 0
    assert attempt_of(theirs).state is AttemptState.IN_PROGRESS


def test_a_slot_that_is_not_in_the_attempt_is_not_found() -> None:
    klass = make_class(numbered(SINGLE, 2))
    with pytest.raises(SlotNotFoundError):
        klass.answer(klass.start(), 3)


def test_practice_grades_at_once_and_takes_one_answer() -> None:
    klass = make_class(numbered(SINGLE, 2), purpose="practice", attempts=0)
    attempt = klass.start()
    klass.answer(attempt, 1, posted=right_post(attempt, 1))
    assert slot(attempt, 1).outcome is Outcome.RIGHT
    other = str((int(right_post(attempt, 1)["a"][0]) + 1) % 3)
    with pytest.raises(SlotGradedError):
        klass.answer(attempt, 1, a=other)


def test_the_last_answer_of_a_practice_ends_it() -> None:
    klass = make_class(numbered(SINGLE, 2), purpose="practice", attempts=0)
    attempt = klass.start()
    klass.answer(attempt, 1, posted=right_post(attempt, 1))
    receipt = klass.answer(attempt, 2, posted=right_post(attempt, 2))
    assert receipt.is_attempt_finished
    assert attempt_of(attempt).fraction == 1


def test_the_key_of_every_kind_earns_full_marks() -> None:
    klass = make_class()
    attempt = klass.start()
    for number in range(1, 8):
        klass.answer(attempt, number, posted=right_post(attempt, number))
    assert klass.finish(attempt).fraction == 1
    assert attempt_of(attempt).is_passed


def test_a_test_graded_when_handed_in_shows_no_fraction_before() -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    klass.answer(attempt, 1, posted=right_post(attempt, 1))
    assert slot(attempt, 1).fraction is None


def test_a_draw_asks_that_many_different_questions() -> None:
    klass = make_class(numbered(SINGLE, 8), draw=5)
    asked = [each.question_version_id for each in queries.list_slots(klass.start())]
    assert len(asked) == len(set(asked)) == 5


def test_two_learners_get_different_orders() -> None:
    klass = make_class(numbered(SINGLE, 8))
    mine = [each.question_version_id for each in queries.list_slots(klass.start(seed=1))]
    theirs = [
        each.question_version_id for each in queries.list_slots(klass.start(seed=2, neighbour=True))
    ]
    assert mine != theirs
    assert set(mine) == set(theirs)


def test_saving_takes_a_bounded_number_of_statements(count_queries: Callable[[], Any]) -> None:
    klass = make_class(numbered(SINGLE, 8))
    attempt = klass.start()
    klass.answer(attempt, 1)
    with count_queries() as seen:
        klass.answer(attempt, 2, response_id=uuid.uuid4(), seq=2)
    assert len(seen) <= 6, seen


def test_release_is_told_once() -> None:
    klass = make_class(numbered(SINGLE, 2))
    quiz = queries.get_quiz_of_activity(klass.activity.id)
    for _ in range(2):
        with transaction():
            commands.release_quiz(
                cohort_id=klass.cohort.id,
                quiz_id=quiz.id,
                released_by_id=klass.neighbour.id,
                released_at=utc_now() + timedelta(minutes=1),
            )
    assert queries.is_released(klass.cohort.id, quiz.id)


def test_after_release_a_learner_who_did_the_test_opens_no_other_attempt() -> None:
    klass = make_class(numbered(SINGLE, 2), attempts=0)
    klass.finish(klass.start())
    with transaction():
        commands.release_quiz(
            cohort_id=klass.cohort.id,
            quiz_id=queries.get_quiz_of_activity(klass.activity.id).id,
            released_by_id=klass.neighbour.id,
            released_at=utc_now(),
        )
    with pytest.raises(KeyReleasedError):
        klass.start()
    assert klass.start(neighbour=True), "a latecomer has not seen the key"


def test_a_counter_far_ahead_of_the_servers_is_refused() -> None:
    klass = make_class(numbered(SINGLE, 2))
    attempt = klass.start()
    with pytest.raises(BadReceiptDataError):
        klass.answer(attempt, 1, response_id=uuid.uuid4(), seq=10_001)
    klass.answer(attempt, 1, response_id=uuid.uuid4(), seq=10_000)


def test_one_attempt_that_cannot_be_closed_does_not_keep_the_others_open(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    klass = make_class(numbered(SINGLE, 2), time_limit_minutes=15)
    first, second = klass.start(), klass.start(neighbour=True)
    clock.forward(minutes=16)

    def fail_once(*, attempt_id: uuid.UUID, finished_at: Any) -> None:
        if attempt_id == first:
            raise NoAttemptsLeftError(1)
        commands.finish_overdue_attempt(attempt_id=attempt_id, finished_at=finished_at)

    monkeypatch.setattr(jobs, "finish_overdue_attempt", fail_once)
    jobs.close_overdue_attempts()
    assert attempt_of(first).state is AttemptState.IN_PROGRESS
    assert attempt_of(second).state is AttemptState.FINISHED
