"""Progress follows what happens: enrolment, answers, grades, lessons."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from app.cohorts import commands as cohort_commands
from app.cohorts.models import Cohort, Enrolment
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.events import publish
from app.courses.models import Activity, ActivityKind
from app.progress import commands, queries
from app.progress.domain.cells import Cell, CellState, blank, decode
from app.progress.errors import ActivityLockedError, ActivityNotFoundError, RuleEmptyError
from app.progress.models import Completion
from app.quizzes.events import AnswerRecorded, AttemptFinished, AttemptStarted
from tests.factories import make_cohort, make_course, make_enrolment, make_user, sites_of

ACTIVITIES = (
    ("kiem-tra-dau-khoa", ActivityKind.QUIZ),
    ("bai-1", ActivityKind.LESSON),
    ("luyen-tap-1", ActivityKind.QUIZ),
)
REQUIRES = {"bai-1": [0], "luyen-tap-1": [1]}


@pytest.fixture
def cohort() -> Cohort:
    return make_cohort(make_course(ACTIVITIES, requires=REQUIRES))


@pytest.fixture
def enrolment(cohort: Cohort) -> Enrolment:
    return make_enrolment(cohort)


def activity(cohort: Cohort, ordinal: int) -> Activity:
    return db.session.query(Activity).filter_by(version_id=cohort.version_id, ordinal=ordinal).one()


def cells_of(enrolment: Enrolment) -> tuple[Cell, ...]:
    place = queries.find_place_by_enrolment(enrolment.id)
    assert place is not None
    return decode(place.cells)


def start(enrolment: Enrolment, quiz: Activity, slots: int = 10) -> None:
    publish(AttemptStarted(uuid.uuid4(), enrolment.id, quiz.id, slots, utc_now()))


def answer(enrolment: Enrolment, quiz: Activity, answered: int, slots: int = 10) -> None:
    publish(AnswerRecorded(uuid.uuid4(), enrolment.id, quiz.id, 1, answered, slots, utc_now()))


def finish(enrolment: Enrolment, quiz: Activity, fraction: str, *, completes: bool) -> None:
    publish(
        AttemptFinished(
            uuid.uuid4(), enrolment.id, quiz.id, Decimal(fraction), completes, completes, utc_now()
        )
    )


def do_pre_test(enrolment: Enrolment, cohort: Cohort) -> None:
    with transaction():
        finish(enrolment, activity(cohort, 0), "0.4", completes=True)


def test_a_new_learner_gets_a_row_in_which_nothing_is_begun(cohort: Cohort) -> None:
    learner = make_user()

    with transaction():
        cohort_commands.enrol(
            cohort_id=cohort.id,
            learner_id=learner.id,
            site_id=sites_of(cohort)[0].id,
            unit_name="Báo và Đài",
            position_title="Phóng viên",
            enrolled_at=utc_now(),
        )

    place = queries.find_place(learner.id, cohort.slug)
    assert place is not None
    assert place.cells == blank(3)
    assert place.missing(3) == (0, 1, 2)


def test_answers_are_counted_in_their_own_cell_only(cohort: Cohort, enrolment: Enrolment) -> None:
    neighbour = make_enrolment(cohort)
    quiz = activity(cohort, 2)

    with transaction():
        start(enrolment, quiz)
        answer(enrolment, quiz, 4)

    assert cells_of(enrolment) == (Cell(), Cell(), Cell(CellState.OPEN, 4, 10))
    assert cells_of(neighbour) == (Cell(), Cell(), Cell())


def test_an_answer_costs_progress_one_statement(
    cohort: Cohort,
    enrolment: Enrolment,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    quiz = activity(cohort, 0)
    with transaction():
        start(enrolment, quiz)

    with transaction(), count_queries() as seen:
        answer(enrolment, quiz, 1)

    assert len(seen) == 1, seen
    assert seen[0].startswith("UPDATE progress_row")


def test_a_passed_test_is_done_and_a_worse_attempt_takes_nothing_away(
    cohort: Cohort, enrolment: Enrolment
) -> None:
    quiz = activity(cohort, 0)
    with transaction():
        start(enrolment, quiz)
        finish(enrolment, quiz, "0.80", completes=True)
    with transaction():
        start(enrolment, quiz)
        answer(enrolment, quiz, 2)
    assert cells_of(enrolment)[0] == Cell(CellState.DONE, 2, 10, 80)

    with transaction():
        finish(enrolment, quiz, "0.30", completes=False)

    assert cells_of(enrolment)[0] == Cell(CellState.DONE, percent=80)
    assert db.session.query(Completion).filter_by(enrolment_id=enrolment.id).count() == 1
    place = queries.find_place_by_enrolment(enrolment.id)
    assert place is not None
    assert place.done_count == 1


def test_a_failed_test_is_shown_as_failed_and_can_be_done_later(
    cohort: Cohort, enrolment: Enrolment
) -> None:
    quiz = activity(cohort, 0)

    with transaction():
        finish(enrolment, quiz, "0.295", completes=False)
    assert cells_of(enrolment)[0] == Cell(CellState.FAILED, percent=29)

    with transaction():
        finish(enrolment, quiz, "0.6", completes=True)
    assert cells_of(enrolment)[0] == Cell(CellState.DONE, percent=60)


def test_a_lesson_is_done_once_however_often_the_button_is_pressed(
    cohort: Cohort, enrolment: Enrolment
) -> None:
    do_pre_test(enrolment, cohort)
    lesson = activity(cohort, 1)

    for _ in range(2):
        with transaction():
            commands.complete_lesson(enrolment_id=enrolment.id, activity_id=lesson.id, at=utc_now())

    place = queries.find_place_by_enrolment(enrolment.id)
    assert place is not None
    assert place.done == {0, 1}
    assert place.done_count == 2
    assert set(queries.list_completions(enrolment.id)) == {activity(cohort, 0).id, lesson.id}


def test_a_locked_lesson_is_refused_with_what_to_do_first(
    cohort: Cohort, enrolment: Enrolment
) -> None:
    with pytest.raises(ActivityLockedError, match="Hoạt động kiem-tra-dau-khoa"), transaction():
        commands.complete_lesson(
            enrolment_id=enrolment.id, activity_id=activity(cohort, 1).id, at=utc_now()
        )

    assert cells_of(enrolment) == (Cell(), Cell(), Cell())


def test_a_test_cannot_be_ticked_off_like_a_lesson(cohort: Cohort, enrolment: Enrolment) -> None:
    with pytest.raises(ActivityNotFoundError), transaction():
        commands.complete_lesson(
            enrolment_id=enrolment.id, activity_id=activity(cohort, 0).id, at=utc_now()
        )


def test_a_lesson_of_another_course_is_not_found(cohort: Cohort, enrolment: Enrolment) -> None:
    other = make_cohort(make_course())

    with pytest.raises(ActivityNotFoundError), transaction():
        commands.complete_lesson(
            enrolment_id=enrolment.id, activity_id=activity(other, 0).id, at=utc_now()
        )


def test_a_cancelled_enrolment_has_no_place(cohort: Cohort, enrolment: Enrolment) -> None:
    with transaction():
        cohort_commands.cancel_enrolment(enrolment_id=enrolment.id, cancelled_at=utc_now())

    assert queries.find_place(enrolment.learner_id, cohort.slug) is None
    assert queries.list_places(enrolment.learner_id) == []
    assert queries.list_board_rows(cohort.id) == []
    assert queries.list_eligible(cohort.id) == []


def test_the_board_asks_only_for_what_changed_since(cohort: Cohort, enrolment: Enrolment) -> None:
    neighbour = make_enrolment(cohort)
    cursor = queries.cursor_after(queries.list_board_rows(cohort.id))
    assert queries.changed_rows(cohort.id, cursor) == []

    moment = utc_now()
    for each in (neighbour, enrolment):
        with transaction():
            quiz = activity(cohort, 0)
            publish(AnswerRecorded(uuid.uuid4(), each.id, quiz.id, 1, 1, 10, moment))
        changed = queries.changed_rows(cohort.id, cursor)
        assert [row.enrolment_id for row in changed] == [each.id]
        cursor = queries.cursor_after(changed, cursor)

    assert queries.changed_rows(cohort.id, cursor) == []
    assert queries.cursor_after([], cursor) == cursor


def test_two_changes_in_one_transaction_are_both_seen(cohort: Cohort, enrolment: Enrolment) -> None:
    neighbour = make_enrolment(cohort)
    cursor = queries.cursor_after(queries.list_board_rows(cohort.id))

    with transaction():
        for each in (enrolment, neighbour):
            answer(each, activity(cohort, 0), 1)

    changed = queries.changed_rows(cohort.id, cursor)
    assert {row.enrolment_id for row in changed} == {enrolment.id, neighbour.id}
    assert queries.changed_rows(cohort.id, queries.cursor_after(changed, cursor)) == []


def test_changes_of_another_site_are_not_sent_to_a_coordinator() -> None:
    cohort = make_cohort(make_course(ACTIVITIES), sites=("Hội trường", "Điểm cầu Ba Bể"))
    main, other = sites_of(cohort)
    here, there = make_enrolment(cohort, site=main), make_enrolment(cohort, site=other)

    assert [row.enrolment_id for row in queries.list_board_rows(cohort.id, site_id=main.id)] == [
        here.id
    ]
    changed = queries.changed_rows(cohort.id, 0, site_id=other.id)
    assert [row.enrolment_id for row in changed] == [there.id]


def test_the_rule_decides_who_is_eligible_and_names_what_is_missing(
    cohort: Cohort, enrolment: Enrolment
) -> None:
    do_pre_test(enrolment, cohort)
    lazy = make_enrolment(cohort)
    officer = make_user()
    assert [each.is_met for each in queries.list_eligible(cohort.id)] == [False, False]

    with transaction():
        commands.set_completion_rule(
            cohort_id=cohort.id, required=[0], set_by_id=officer.id, set_at=utc_now()
        )

    met, unmet = queries.list_eligible(cohort.id)
    assert (met.enrolment_id, met.is_met) == (enrolment.id, True)
    assert (unmet.enrolment_id, unmet.missing) == (lazy.id, ("Hoạt động kiem-tra-dau-khoa",))
    assert queries.find_rule(cohort.id) == [0]


def test_a_rule_that_asks_for_nothing_or_for_what_is_not_there_is_refused(cohort: Cohort) -> None:
    for required, error in (([], RuleEmptyError), ([7], ActivityNotFoundError)):
        with pytest.raises(error), transaction():
            commands.set_completion_rule(
                cohort_id=cohort.id, required=required, set_by_id=None, set_at=utc_now()
            )

    assert queries.find_rule(cohort.id) is None


def test_a_rule_can_be_changed(cohort: Cohort) -> None:
    for required in ([0, 1], [1]):
        with transaction():
            commands.set_completion_rule(
                cohort_id=cohort.id, required=required, set_by_id=None, set_at=utc_now()
            )

    assert queries.find_rule(cohort.id) == [1]


def test_eligibility_costs_two_queries_whatever_the_size(
    cohort: Cohort, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    for _ in range(5):
        make_enrolment(cohort)

    with count_queries() as seen:
        queries.list_eligible(cohort.id)

    assert len(seen) == 2, seen


def test_a_learner_sees_the_places_in_all_cohorts_the_newest_first(enrolment: Enrolment) -> None:
    learner = enrolment.learner_id
    older = make_cohort()
    with transaction():
        db.session.execute(
            sa.update(Cohort)
            .where(Cohort.id == older.id)
            .values(starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 1) + timedelta(days=1))
        )
    make_enrolment(older, learner=db.session.get(type(make_user()), learner))

    assert [each.cohort_slug for each in queries.list_places(learner)][-1] == older.slug
