"""The training day of one learner, told step by step.

A day is a generator: it yields the moment of its next step and, when it is called again, does that
step through the program's commands. ``seed.story`` runs all days side by side in the order of time.
"""

from __future__ import annotations

import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.auth import commands as auth
from app.cohorts import commands as cohorts
from app.courses.models import ActivityKind
from app.courses.queries import Outline, OutlineActivity
from app.progress import commands as progress
from app.quizzes import commands as quizzes
from app.quizzes import queries as quiz_queries
from seed.answers import Asked, posted_answer
from seed.fates import NAME_REMARKS, NAME_UNCONFIRMED, Fate
from seed.people import Learner

Day = Iterator[datetime]

PRE_TEST = "kiem-tra-dau-khoa"
FINAL_TEST = "kiem-tra-cuoi-khoa"

_DEVICES = ("Chrome, Android", "Zalo, Android", "Safari, iPhone", "Chrome, Windows")
_SURE = 0.97
_LOST = 0.04


@dataclass(frozen=True, slots=True)
class Hours:
    """The moments of the day that everybody shares."""

    doors: datetime
    pre_test: datetime
    lunch: datetime
    after_lunch: datetime
    final: datetime
    live: datetime
    """When somebody, who is still at it when the demo opens, began the final test."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A learner's place in the class: the enrolment, and the unused slip where there is one."""

    user_id: uuid.UUID
    enrolment_id: uuid.UUID
    slip_token: str


class LearnerDay:
    """One learner on the training day.

    ``ability`` is the chance of answering a question of middling difficulty before the lessons.
    """

    def __init__(
        self, learner: Learner, fate: Fate, seat: Seat, outline: Outline, hours: Hours, rng: Random
    ) -> None:
        self._learner = learner
        self._fate = fate
        self._seat = seat
        self._hours = hours
        self._rng = rng
        self._outline = outline
        self._ability = min(max(rng.gauss(0.58, 0.14), 0.25), 0.85)
        self._now = hours.doors

    def steps(self) -> Day:
        """Yield the moment of each step, then do it."""
        if self._fate is Fate.ABSENT:
            return
        yield self._later(self._rng.uniform(0, 12))
        self._sign_in()
        self._now = self._hours.pre_test
        yield from self._attempt(PRE_TEST, self._ability)
        if self._fate is Fate.PRE_TEST_ONLY:
            return
        yield from self._study()
        if self._fate not in {
            Fate.PASSED, Fate.PASSED_SECOND_TIME, Fate.FAILED, Fate.FAILED_TWICE, Fate.IN_FINAL,
        }:  # fmt: skip
            return
        yield from self._final()
        if self._fate in {Fate.PASSED, Fate.PASSED_SECOND_TIME}:
            yield from self._look_at_name()

    def _later(self, minutes: float) -> datetime:
        self._now += timedelta(minutes=minutes)
        if self._hours.lunch <= self._now < self._hours.after_lunch:
            self._now = self._hours.after_lunch + timedelta(minutes=self._rng.uniform(0, 6))
        return self._now

    def _sign_in(self) -> None:
        auth.sign_in_by_slip(
            token=self._seat.slip_token,
            address="192.0.2.10",
            device=self._rng.choice(_DEVICES),
            is_shared_computer=False,
            at=self._now,
        )

    def _study(self) -> Day:
        """Read the lessons, most with their practice, as far as this learner came."""
        diligence = self._rng.uniform(0.3, 0.9)
        for count, lesson in enumerate(lessons_of(self._outline), start=1):
            yield self._later(self._rng.uniform(28, 50))
            if self._fate is Fate.STUCK and count == 2:
                return
            progress.complete_lesson(
                enrolment_id=self._seat.enrolment_id, activity_id=lesson.id, at=self._now
            )
            practice = lesson.key.replace("-bai-hoc", "-luyen-tap")
            if self._fate is Fate.IN_PRACTICE and count == 3:
                yield from self._attempt(practice, self._ability, answers=3)
                return
            if self._rng.random() < diligence:
                yield from self._attempt(practice, self._ability + 0.12)
            if self._fate is Fate.HALFWAY and count == 3:
                return

    def _final(self) -> Day:
        known = self._ability + 0.22
        self._now = max(self._now, self._hours.final)
        if self._fate is Fate.IN_FINAL:
            self._now = self._hours.live
            yield from self._attempt(FINAL_TEST, known, answers=6)
            return
        fails_first = self._fate is not Fate.PASSED
        yield from self._attempt(FINAL_TEST, _LOST if fails_first else max(known, 0.8))
        if self._fate in {Fate.PASSED_SECOND_TIME, Fate.FAILED_TWICE}:
            yield self._later(self._rng.uniform(6, 15))
            yield from self._attempt(
                FINAL_TEST, _LOST if self._fate is Fate.FAILED_TWICE else _SURE
            )

    def _look_at_name(self) -> Day:
        number = self._learner.number
        if number in NAME_UNCONFIRMED:
            return
        yield self._later(self._rng.uniform(1, 4))
        if number in NAME_REMARKS:
            cohorts.report_name(
                enrolment_id=self._seat.enrolment_id,
                remark=NAME_REMARKS[number],
                reported_at=self._now,
            )
        else:
            cohorts.confirm_name(enrolment_id=self._seat.enrolment_id, confirmed_at=self._now)

    def _attempt(self, key: str, known: float, *, answers: int | None = None) -> Day:
        """Sit at one quiz; leave it open after ``answers`` when that is given.

        :param known: chance of a right answer to a question of middling difficulty, 0…1
        """
        yield self._later(self._rng.uniform(0.1, 1.5))
        attempt_id = quizzes.start_attempt(
            enrolment_id=self._seat.enrolment_id,
            learner_id=self._seat.user_id,
            activity_id=self._outline.by_key(key).id,
            started_at=self._now,
            seed=self._rng.getrandbits(32),
        )
        is_open = True
        for slot in quiz_queries.list_slots(attempt_id)[:answers]:
            if self._rng.random() < 0.02 and answers is None and not key.endswith("-luyen-tap"):
                continue
            yield self._later(self._rng.uniform(0.3, 0.7))
            is_open = self._answer(attempt_id, slot, known)
        if is_open and answers is None:
            yield self._later(self._rng.uniform(0.2, 0.9))
            quizzes.finish_attempt(
                attempt_id=attempt_id, learner_id=self._seat.user_id, finished_at=self._now
            )

    def _answer(self, attempt_id: uuid.UUID, slot: quiz_queries.SlotRow, known: float) -> bool:
        """Answer one question and say whether the attempt is still open."""
        question = quiz_queries.get_keyed_question(slot.question_version_id)
        asked = Asked(question.kind.name, question.content, question.key, slot.arrangement)
        knows = self._rng.random() < known - _difficulty(question.content["text"])
        receipt = quizzes.record_answer(
            attempt_id=attempt_id,
            slot_number=slot.number,
            learner_id=self._seat.user_id,
            posted=posted_answer(asked, None if knows else self._rng),
            received_at=self._now,
            response_id=uuid.UUID(int=self._rng.getrandbits(128), version=4),
            seq=slot.number,
        )
        return not receipt.is_attempt_finished


def _difficulty(text: str) -> float:
    """Return −0.15…0.2, always the same for the same question, so that some are missed more."""
    return zlib.crc32(text.encode()) % 36 / 100 - 0.15


def lessons_of(outline: Outline) -> list[OutlineActivity]:
    """Return the lessons of the course in order."""
    return [each for each in outline.activities if each.kind is ActivityKind.LESSON]
