"""What changes progress: lessons done, the cohort's rule, and the packed rows of the hot views."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert  # "on conflict" reads alike on SQLite

from app.core.db import db, read, write
from app.core.events import publish
from app.core.prepared import Prepared
from app.courses.models import Activity, ActivityKind
from app.progress import queries
from app.progress.domain import cells
from app.progress.domain.cells import Cell, CellState
from app.progress.domain.locks import missing_before
from app.progress.errors import ActivityLockedError, ActivityNotFoundError, RuleEmptyError
from app.progress.events import ActivityCompleted, CompletionRuleSet
from app.progress.models import Completion, CompletionRule, ProgressRow, next_change

_MINE = ProgressRow.enrolment_id == sa.bindparam("of_enrolment", type_=sa.Uuid())


def _text(name: str) -> sa.BindParameter[str]:
    return sa.bindparam(name, type_=sa.Text())


def _number(name: str) -> sa.BindParameter[int]:
    return sa.bindparam(name, type_=sa.Integer())


_BEGIN_ROW = sa.insert(ProgressRow).values(
    enrolment_id=sa.bindparam("of_enrolment", type_=sa.Uuid()),
    cohort_id=sa.bindparam("of_cohort", type_=sa.Uuid()),
    cells=_text("new_cells"),
    done_count=_number("new_done"),
    active_at=None,
    change=next_change(sa.bindparam("of_cohort", type_=sa.Uuid())),
)
_CHANGE_ROW = (
    sa.update(ProgressRow)
    .where(_MINE)
    .values(
        cells=_text("new_cells"),
        done_count=ProgressRow.done_count + _number("more_done"),
        active_at=sa.bindparam("now", type_=ProgressRow.active_at.type),
        change=next_change(ProgressRow.cohort_id),
    )
)
_SHOW_ROW = sa.update(ProgressRow).where(_MINE).values(change=next_change(ProgressRow.cohort_id))
_COUNT_ANSWER = Prepared(
    sa.update(ProgressRow)
    .where(_MINE)
    .values(
        # One cell is put together inside the database: what stands before it, its state (done
        # stays done), the new counts, and what stands after (its best result and other cells).
        cells=sa.func.substr(ProgressRow.cells, 1, _number("before"))
        + sa.case(
            (
                sa.func.substr(ProgressRow.cells, _number("at"), 1) == CellState.DONE.value,
                CellState.DONE.value,
            ),
            else_=CellState.OPEN.value,
        )
        + _text("counts")
        + sa.func.substr(ProgressRow.cells, _number("rest")),
        active_at=sa.bindparam("now", type_=ProgressRow.active_at.type),
        change=next_change(ProgressRow.cohort_id),
    )
)
_COMPLETE = insert(Completion).on_conflict_do_nothing().returning(Completion.completed_at)


def begin_row(*, enrolment_id: uuid.UUID, cohort_id: uuid.UUID, version_id: uuid.UUID) -> None:
    """Give a new learner a row in which nothing is begun."""
    values = {
        "of_enrolment": enrolment_id,
        "of_cohort": cohort_id,
        "new_cells": cells.blank(queries.count_activities(version_id)),
        "new_done": 0,
    }
    write(_BEGIN_ROW, values)


def show_again(*, enrolment_id: uuid.UUID) -> None:
    """Let the boards that are open fetch a learner's row: something beside the cells changed."""
    write(_SHOW_ROW, {"of_enrolment": enrolment_id})


def count_answer(
    *, enrolment_id: uuid.UUID, activity_id: uuid.UUID, answered: int, asked: int, at: datetime
) -> None:
    """Write how many questions of the open attempt are answered, in one UPDATE.

    This runs with every answer saved: no row is read, and the activity's ordinal is known to the
    process.
    """
    start = queries.ordinal_of(activity_id) * cells.WIDTH
    _COUNT_ANSWER.run(
        of_enrolment=enrolment_id,
        before=start,
        at=start + 1,
        counts=cells.packed_counts(answered, asked),
        rest=start + 6,
        now=at,
    )


def note_grade(
    *,
    enrolment_id: uuid.UUID,
    activity_id: uuid.UUID,
    percent: int,
    completes: bool,
    at: datetime,
) -> None:
    """Write the result of a finished attempt; the best one stays, done stays done."""
    ordinal = queries.ordinal_of(activity_id)
    before = cells.decode(queries.get_cells(enrolment_id))[ordinal]
    after = before.finished(percent, completes=completes)
    _change_cell(enrolment_id=enrolment_id, activity_id=activity_id, cell=after, at=at)


def complete_lesson(*, enrolment_id: uuid.UUID, activity_id: uuid.UUID, at: datetime) -> None:
    """Keep that a learner has done a lesson; a second time changes nothing.

    :raises ActivityNotFoundError: no lesson of the learner's course, or no active enrolment
    :raises ActivityLockedError: naming what must be done first
    """
    place = queries.find_place_by_enrolment(enrolment_id)
    activity = db.session.get(Activity, activity_id)
    if (
        place is None
        or activity is None
        or activity.version_id != place.version_id
        or activity.kind is not ActivityKind.LESSON
    ):
        raise ActivityNotFoundError
    check_open(requires=activity.requires, version_id=place.version_id, packed=place.cells)
    cell = cells.decode(place.cells)[activity.ordinal]
    if cell.is_done:
        return
    _change_cell(enrolment_id=enrolment_id, activity_id=activity_id, cell=cell.completed(), at=at)


def check_open(*, requires: Iterable[int], version_id: uuid.UUID, packed: str) -> None:
    """Refuse an activity that is still locked.

    :raises ActivityLockedError: naming what must be done first
    """
    missing = missing_before(tuple(requires), cells.done_ordinals(packed))
    if missing:
        statement = (
            sa.select(Activity.title)
            .where(Activity.version_id == version_id, Activity.ordinal.in_(missing))
            .order_by(Activity.ordinal)
        )
        raise ActivityLockedError(list(read(statement).scalars()))


def _change_cell(
    *, enrolment_id: uuid.UUID, activity_id: uuid.UUID, cell: Cell, at: datetime
) -> None:
    row = queries.get_cells(enrolment_id)
    is_new = False
    if cell.is_done:
        done = {"enrolment_id": enrolment_id, "activity_id": activity_id, "completed_at": at}
        is_new = write(_COMPLETE, done).one_or_none() is not None
    values: dict[str, Any] = {
        "of_enrolment": enrolment_id,
        "new_cells": cells.replaced(row, queries.ordinal_of(activity_id), cell),
        "more_done": int(is_new),
        "now": at,
    }
    write(_CHANGE_ROW, values)
    if is_new:
        publish(ActivityCompleted(enrolment_id, activity_id, at))


def set_completion_rule(
    *,
    cohort_id: uuid.UUID,
    required: Iterable[int],
    set_by_id: uuid.UUID | None,
    set_at: datetime,
) -> None:
    """Decide what the cohort must do to be certified: ordinals of activities.

    :raises RuleEmptyError: nothing would be asked for
    :raises ActivityNotFoundError: an ordinal that the cohort's course does not have
    """
    ordinals = tuple(sorted(set(required)))
    if not ordinals:
        raise RuleEmptyError
    if not set(ordinals) <= queries.ordinals_of_cohort(cohort_id):
        raise ActivityNotFoundError
    rule = db.session.get(CompletionRule, cohort_id)
    if rule is None:
        rule = CompletionRule(cohort_id=cohort_id)
        db.session.add(rule)
    rule.required = list(ordinals)
    rule.set_at = set_at
    rule.set_by_id = set_by_id
    db.session.flush()
    publish(CompletionRuleSet(cohort_id, ordinals, set_by_id, set_at))
