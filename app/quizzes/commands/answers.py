"""Answers: what a learner says is kept once, whatever was doubled, lost or reordered.

The receipt is only worth showing after the caller's ``transaction()`` block has ended.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert  # "on conflict" reads alike on SQLite

from app.core.errors import InvalidInputError
from app.core.events import publish
from app.core.prepared import Prepared
from app.quizzes.commands.attempts import GRACE, close_attempt
from app.quizzes.domain.behaviours import Behaviour
from app.quizzes.domain.marks import Grade
from app.quizzes.errors import (
    AttemptFinishedError,
    BadReceiptDataError,
    MissingAnswerError,
    SlotGradedError,
    TimeOverError,
)
from app.quizzes.events import AnswerRecorded
from app.quizzes.models import Attempt, AttemptSlot, AttemptState, FinishReason, Response
from app.quizzes.queries import (
    OpenSlot,
    find_stored_response,
    get_keyed_question,
    get_open_slot,
    get_question,
    get_quiz,
    list_payloads,
)

LARGEST_STEP = 10_000
"""A client's counter so far ahead of the server's is an error, not a learner."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the learner is told of one response once it is committed.

    ``seq`` is the sequence number of this response, ``last_seq`` the highest of the attempt (the
    client's Lamport clock goes on from there). ``newer_seq`` is set when another device's response
    to the question counts instead of this one, which is kept in the list only.
    """

    slot_number: int
    seq: int
    last_seq: int
    recorded_at: datetime
    answered_count: int
    slot_count: int
    is_practice: bool
    newer_seq: int | None = None
    is_attempt_finished: bool = False


_INSERT_RESPONSE = Prepared(
    insert(Response)
    .values(
        attempt_id=sa.bindparam("attempt_id"),
        id=sa.bindparam("id"),
        slot_number=sa.bindparam("slot_number"),
        seq=sa.bindparam("seq"),
        payload=sa.bindparam("payload"),
        received_at=sa.bindparam("received_at"),
    )
    .on_conflict_do_nothing(index_elements=["attempt_id", "id"])
)
_UPDATE_SLOT = Prepared(
    sa.update(AttemptSlot)
    .where(
        AttemptSlot.attempt_id == sa.bindparam("of_attempt"),
        AttemptSlot.number == sa.bindparam("of_number"),
    )
    .values(
        response=sa.bindparam("response"),
        response_id=sa.bindparam("response_id"),
        response_seq=sa.bindparam("response_seq"),
        saved_at=sa.bindparam("saved_at"),
        fraction=sa.bindparam("fraction"),
        outcome=sa.bindparam("outcome"),
    )
)
_UPDATE_ATTEMPT = Prepared(
    sa.update(Attempt)
    .where(Attempt.id == sa.bindparam("of_attempt"))
    .values(last_seq=sa.bindparam("last_seq"), answered_count=sa.bindparam("answered_count"))
)


def record_answer(
    *,
    attempt_id: uuid.UUID,
    slot_number: int,
    learner_id: uuid.UUID,
    posted: Mapping[str, Sequence[str]],
    received_at: datetime,
    response_id: uuid.UUID | None = None,
    seq: int | None = None,
) -> Receipt:
    """Store what the learner says to one question; doing it twice is doing it once.

    ``(seq, response_id)`` orders the responses of a slot: an older one is kept in the list but
    never replaces a newer. A form without script sends neither: its responses count in the order of
    arrival, and the same answer sent again changes nothing.

    :param posted: the fields of the question as posted (tokens are shown positions)
    :raises SlotNotFoundError: no such slot in an attempt of this learner
    :raises AttemptFinishedError: the attempt was handed in
    :raises TimeOverError: the deadline (and its grace) has passed
    :raises SlotGradedError: the slot was graded at once before
    :raises MissingAnswerError: nothing was answered
    """
    slot = get_open_slot(attempt_id, slot_number, learner_id=learner_id)
    if response_id is not None:
        stored = find_stored_response(attempt_id, response_id)
        if stored is not None:
            return _receipt_again(slot, slot_number, response_id, stored)
    _check_open(slot, received_at)
    if seq is not None and not 0 < seq <= slot.last_seq + LARGEST_STEP:
        raise BadReceiptDataError
    question = get_question(slot.question_version_id)
    response = question.kind.parse(question.content, slot.arrangement, posted)
    if response is None and slot.response is None and slot.response_seq == 0:
        raise MissingAnswerError
    if response_id is None and response == slot.response and slot.saved_at is not None:
        return _receipt(slot, slot_number, slot.response_seq, slot.last_seq, slot.saved_at)
    behaviour = get_quiz(slot.quiz_id).behaviour
    if not behaviour.allows_change and slot.fraction is not None:
        raise SlotGradedError
    return _store_response(
        slot,
        behaviour,
        attempt_id=attempt_id,
        slot_number=slot_number,
        response=response,
        response_id=response_id or uuid.uuid4(),
        seq=seq or slot.last_seq + 1,
        received_at=received_at,
    )


def _check_open(slot: OpenSlot, received_at: datetime) -> None:
    if slot.state is not AttemptState.IN_PROGRESS:
        raise AttemptFinishedError(slot.finished_at or received_at)
    if slot.due_at is not None and received_at > slot.due_at + GRACE:
        raise TimeOverError(slot.due_at)


def _receipt(
    slot: OpenSlot,
    slot_number: int,
    seq: int,
    last_seq: int,
    recorded_at: datetime,
    newer_seq: int | None = None,
) -> Receipt:
    return Receipt(
        slot_number,
        seq,
        last_seq,
        recorded_at,
        slot.answered_count,
        slot.slot_count,
        is_practice=get_quiz(slot.quiz_id).behaviour.grades_at_once,
        newer_seq=newer_seq,
        is_attempt_finished=slot.state is not AttemptState.IN_PROGRESS,
    )


def _receipt_again(
    slot: OpenSlot, slot_number: int, response_id: uuid.UUID, stored: tuple[int, int, datetime]
) -> Receipt:
    number, seq, received_at = stored
    if number != slot_number:
        raise BadReceiptDataError
    newer = slot.response_seq if slot.response_id != response_id else None
    return _receipt(slot, slot_number, seq, slot.last_seq, received_at, newer)


def _store_response(
    slot: OpenSlot,
    behaviour: Behaviour,
    *,
    attempt_id: uuid.UUID,
    slot_number: int,
    response: Any,
    response_id: uuid.UUID,
    seq: int,
    received_at: datetime,
) -> Receipt:
    _INSERT_RESPONSE.run(
        attempt_id=attempt_id,
        id=response_id,
        slot_number=slot_number,
        seq=seq,
        payload=response,
        received_at=received_at,
    )
    answered = slot.answered_count
    is_newest = (seq, response_id.hex) > (
        slot.response_seq,
        slot.response_id.hex if slot.response_id else "",
    )
    if is_newest:
        answered += (response is not None) - (slot.response is not None)
        grade = _grade_at_once(behaviour, slot, response)
        _UPDATE_SLOT.run(
            of_attempt=attempt_id,
            of_number=slot_number,
            response=response,
            response_id=response_id,
            response_seq=seq,
            saved_at=received_at,
            fraction=grade.fraction if grade else None,
            outcome=grade.outcome if grade else None,
        )
    last_seq = max(slot.last_seq, seq)
    _UPDATE_ATTEMPT.run(of_attempt=attempt_id, last_seq=last_seq, answered_count=answered)
    publish(
        AnswerRecorded(
            attempt_id=attempt_id,
            enrolment_id=slot.enrolment_id,
            activity_id=get_quiz(slot.quiz_id).activity_id,
            slot_number=slot_number,
            answered_count=answered,
            slot_count=slot.slot_count,
            recorded_at=received_at,
        )
    )
    is_finished = behaviour.grades_at_once and answered == slot.slot_count
    if is_finished:
        close_attempt(attempt_id, received_at, FinishReason.SUBMITTED)
    return Receipt(
        slot_number,
        seq,
        last_seq,
        received_at,
        answered,
        slot.slot_count,
        is_practice=behaviour.grades_at_once,
        newer_seq=None if is_newest else slot.response_seq,
        is_attempt_finished=is_finished,
    )


def _grade_at_once(behaviour: Behaviour, slot: OpenSlot, response: Any) -> Grade | None:
    if not behaviour.grades_at_once:
        return None
    question = get_keyed_question(slot.question_version_id)
    return question.kind.grade(question.content, question.key, response)


@dataclass(frozen=True, slots=True)
class PostedSlot:
    """The fields of one question in a form of all, and which response the form was drawn with.

    ``drawn_seq`` is the sequence number of the response shown when the form was drawn, 0 for none.
    """

    fields: Mapping[str, Sequence[str]]
    drawn_seq: int


def record_form(
    *,
    attempt_id: uuid.UUID,
    learner_id: uuid.UUID,
    posted: Mapping[int, PostedSlot],
    received_at: datetime,
) -> dict[int, str]:
    """Store a whole test posted as one form (no script); return what could not be read, by slot.

    A question that stands as it was drawn is passed over: the form may be older than what another
    device saved. What can be read is stored even when another question cannot.

    :raises AttemptFinishedError: the attempt was handed in
    :raises TimeOverError: the deadline (and its grace) has passed
    """
    refused = {}
    for slot_number, each in sorted(posted.items()):
        try:
            if _is_as_drawn(attempt_id, slot_number, learner_id, each):
                continue
            record_answer(
                attempt_id=attempt_id,
                slot_number=slot_number,
                learner_id=learner_id,
                posted=each.fields,
                received_at=received_at,
            )
        except MissingAnswerError:
            continue
        except InvalidInputError as error:
            refused[slot_number] = error.sentence
    return refused


def _is_as_drawn(
    attempt_id: uuid.UUID, slot_number: int, learner_id: uuid.UUID, posted: PostedSlot
) -> bool:
    slot = get_open_slot(attempt_id, slot_number, learner_id=learner_id)
    question = get_question(slot.question_version_id)
    response = question.kind.parse(question.content, slot.arrangement, posted.fields)
    if not posted.drawn_seq:
        return response is None
    return any(
        response == payload
        for payload in list_payloads(attempt_id, slot_number, seq=posted.drawn_seq)
    )
