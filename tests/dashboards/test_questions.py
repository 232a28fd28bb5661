"""The questions a class missed most, and the release of their answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from app.cohorts.models import Cohort
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.courses.models import ActivityKind
from app.quizzes import commands as quiz_commands
from app.quizzes.models import Attempt, AttemptSlot, QuizRelease
from tests.dashboards.factories import (
    activity,
    make_quiz,
)
from tests.factories import make_cohort, make_course, make_enrolment, make_staff
from tests.pages import Browser

Browsers = Callable[[], Browser]


@pytest.fixture
def tested(browser: Browsers) -> Cohort:
    """Three learners have handed in a test of three questions."""
    cohort = make_cohort(make_course((("thi", ActivityKind.QUIZ),)))
    quiz = make_quiz(activity(cohort, 0), questions=2)
    for wrong in ("1", "1", "2"):
        enrolment = make_enrolment(cohort)
        with transaction():
            attempt_id = quiz_commands.start_attempt(
                enrolment_id=enrolment.id,
                learner_id=enrolment.learner_id,
                activity_id=quiz.activity_id,
                started_at=utc_now(),
                seed=1,
            )
        answer(attempt_id, enrolment.learner_id, {1: int(wrong), 2: 0})
    return cohort


def answer(attempt_id: uuid.UUID, learner_id: uuid.UUID, originals: dict[int, int]) -> None:
    """Answer slots by original positions and hand in."""
    for number, original in originals.items():
        slot = db.session.get(AttemptSlot, (attempt_id, number))
        assert slot is not None
        shown = slot.arrangement.index(original)
        with transaction():
            quiz_commands.record_answer(
                attempt_id=attempt_id,
                slot_number=number,
                learner_id=learner_id,
                posted={"a": [str(shown)]},
                received_at=utc_now(),
            )
    with transaction():
        quiz_commands.finish_attempt(
            attempt_id=attempt_id, learner_id=learner_id, finished_at=utc_now()
        )


def test_the_questions_most_missed_come_first_with_the_usual_mistake(
    tested: Cohort, browser: Browsers
) -> None:
    trainer = browser().sign_in(make_staff(tested))

    page = trainer.get(f"/teach/{tested.slug}/questions")

    first, second = [" ".join(e.get_text(" ").split()) for e in page.all("tbody tr")]
    assert first == "Câu hỏi 1 là gì? 3 100% Nhầm thứ nhất (2 lượt)"
    assert second == "Câu hỏi 2 là gì? 3 0%"


def test_answers_are_released_to_the_class_by_one_button(tested: Cohort, browser: Browsers) -> None:
    trainer = browser().sign_in(make_staff(tested))
    page = trainer.get(f"/teach/{tested.slug}/questions")

    reply = trainer.post(str(page.one("main form")["action"]))

    assert db.session.query(QuizRelease).one().cohort_id == tested.id
    after = trainer.follow(reply)
    assert "Đã công bố đáp án" in after.text
    assert after.all("main form") == []


def test_who_releases_answers_is_told_how_many_have_the_test_open(
    tested: Cohort, browser: Browsers
) -> None:
    trainer = browser().sign_in(make_staff(tested))
    url = f"/teach/{tested.slug}/questions"
    assert "Lúc này không có ai đang làm bài." in trainer.get(url).one("main form").get_text()
    for _number in range(2):
        enrolment = make_enrolment(tested)
        with transaction():
            quiz_commands.start_attempt(
                enrolment_id=enrolment.id,
                learner_id=enrolment.learner_id,
                activity_id=activity(tested, 0).id,
                started_at=utc_now(),
                seed=1,
            )

    said = trainer.get(url).one("main form").get_text()

    assert "Lúc này có 2 học viên đang làm bài." in said
    assert "ai đã làm bài thì không làm thêm lượt nào nữa" in said


def test_one_learners_page_shows_times_and_attempts(tested: Cohort, browser: Browsers) -> None:
    page = browser().sign_in(make_staff(tested)).get(f"/teach/{tested.slug}/learners/1")

    assert "1/2" in page.text
    assert "50%" in page.text
    assert "Đã nộp" in page.text
    assert db.session.query(Attempt).count() == 3
