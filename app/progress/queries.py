"""What is read of progress: a learner's place, the rows of the board, who meets the rule."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.auth.models import User
from app.cohorts.models import Cohort, Enrolment, EnrolmentState, Site
from app.core.db import read
from app.core.prepared import Prepared
from app.courses.models import Activity
from app.progress.domain.cells import done_ordinals
from app.progress.domain.rules import required_ordinals, still_missing
from app.progress.models import Completion, CompletionRule, ProgressRow, settled_change


@dataclass(frozen=True, slots=True)
class Place:
    """A learner's place in one cohort: everything the learner's pages decide by.

    ``cells`` is packed (``progress.domain.cells``); ``required`` is the cohort's rule as ordinals,
    None while no rule is set.
    """

    enrolment_id: uuid.UUID
    learner_id: uuid.UUID
    cohort_id: uuid.UUID
    cohort_slug: str
    cohort_code: str
    cohort_title: str
    version_id: uuid.UUID
    starts_on: date
    ends_on: date
    printed_name: str
    name_confirmed_at: datetime | None
    name_remark: str
    cells: str
    done_count: int
    required: list[Any] | None

    @property
    def done(self) -> frozenset[int]:
        """Return the ordinals of the activities that are completed."""
        return done_ordinals(self.cells)

    def missing(self, activity_count: int) -> tuple[int, ...]:
        """Return the ordinals that the rule still asks for; empty: it is met."""
        return still_missing(required_ordinals(self.required, activity_count), self.done)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One learner on the board; ``cells`` is packed."""

    enrolment_id: uuid.UUID
    number: int
    full_name: str
    sort_key: str
    unit_name: str
    position_title: str
    site_id: uuid.UUID
    site_name: str
    cells: str
    done_count: int
    active_at: datetime | None
    change: int
    settled: int


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a learner meets the cohort's rule; ``missing`` names what is still asked for."""

    enrolment_id: uuid.UUID
    learner_id: uuid.UUID
    number: int
    printed_name: str
    unit_name: str
    position_title: str
    site_name: str
    name_confirmed_at: datetime | None
    missing: tuple[str, ...]

    @property
    def is_met(self) -> bool:
        """Say whether nothing is missing."""
        return not self.missing


_PLACE_COLUMNS = (
    Enrolment.id,
    Enrolment.learner_id,
    Cohort.id,
    Cohort.slug,
    Cohort.code,
    Cohort.title,
    Cohort.version_id,
    Cohort.starts_on,
    Cohort.ends_on,
    Enrolment.printed_name,
    Enrolment.name_confirmed_at,
    Enrolment.name_remark,
    ProgressRow.cells,
    ProgressRow.done_count,
    CompletionRule.required,
)
_PLACES = (
    sa.select(*_PLACE_COLUMNS)
    .join_from(Enrolment, Cohort, Cohort.id == Enrolment.cohort_id)
    .join(ProgressRow, ProgressRow.enrolment_id == Enrolment.id)
    .join(CompletionRule, CompletionRule.cohort_id == Cohort.id, isouter=True)
    .where(Enrolment.state == EnrolmentState.ACTIVE)
)
_PLACE = Prepared(
    _PLACES.where(
        Enrolment.learner_id == sa.bindparam("learner_id"), Cohort.slug == sa.bindparam("slug")
    )
)
_PLACE_BY_ID = _PLACES.where(Enrolment.id == sa.bindparam("enrolment_id"))
_MY_PLACES = Prepared(
    _PLACES.where(Enrolment.learner_id == sa.bindparam("learner_id")).order_by(
        Cohort.starts_on.desc(), Cohort.code
    )
)
_BOARD = (
    sa.select(
        Enrolment.id,
        Enrolment.number,
        User.full_name,
        User.sort_key,
        Enrolment.unit_name,
        Enrolment.position_title,
        Enrolment.site_id,
        Site.name,
        ProgressRow.cells,
        ProgressRow.done_count,
        ProgressRow.active_at,
        ProgressRow.change,
        settled_change(),
    )
    .join_from(ProgressRow, Enrolment, Enrolment.id == ProgressRow.enrolment_id)
    .join(User, User.id == Enrolment.learner_id)
    .join(Site, Site.id == Enrolment.site_id)
    .where(
        ProgressRow.cohort_id == sa.bindparam("cohort_id"),
        Enrolment.state == EnrolmentState.ACTIVE,
    )
)
_BOARD_OF_SITE = _BOARD.where(Enrolment.site_id == sa.bindparam("site_id"))
_NEW = ProgressRow.change > sa.bindparam("since", type_=sa.BigInteger())
_BOARD_ROWS = Prepared(_BOARD)
_BOARD_ROWS_OF_SITE = Prepared(_BOARD_OF_SITE)
_CHANGED = Prepared(_BOARD.where(_NEW))
_CHANGED_OF_SITE = Prepared(_BOARD_OF_SITE.where(_NEW))
_ACTIVE = (
    sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(Enrolment.number), 0))
    .join_from(ProgressRow, Enrolment, Enrolment.id == ProgressRow.enrolment_id)
    .where(
        ProgressRow.cohort_id == sa.bindparam("cohort_id"),
        Enrolment.state == EnrolmentState.ACTIVE,
    )
)
_MEMBERS = Prepared(_ACTIVE)
_MEMBERS_OF_SITE = Prepared(_ACTIVE.where(Enrolment.site_id == sa.bindparam("site_id")))
_RULE = Prepared(
    sa.select(CompletionRule.required).where(CompletionRule.cohort_id == sa.bindparam("cohort_id"))
)
_ORDINAL = sa.select(Activity.ordinal, Activity.version_id).where(
    Activity.id == sa.bindparam("activity_id")
)


def find_place(learner_id: uuid.UUID, cohort_slug: str) -> Place | None:
    """Return the learner's place in the cohort, in one query; None when there is no active one."""
    row = _PLACE.first(learner_id=learner_id, slug=cohort_slug)
    return None if row is None else Place(*row)


def find_place_by_enrolment(enrolment_id: uuid.UUID) -> Place | None:
    """Return the place that an active enrolment gives."""
    row = read(_PLACE_BY_ID, {"enrolment_id": enrolment_id}).one_or_none()
    return None if row is None else Place(*row)


def list_places(learner_id: uuid.UUID) -> list[Place]:
    """Return the learner's places in all cohorts, the newest cohort first."""
    return [Place(*row) for row in _MY_PLACES.all(learner_id=learner_id)]


@lru_cache(maxsize=8192)
def ordinal_of(activity_id: uuid.UUID) -> int:
    """Return the place of an activity in its version; kept, since it never changes."""
    return int(read(_ORDINAL, {"activity_id": activity_id}).one()[0])


def count_activities(version_id: uuid.UUID) -> int:
    """Return how many activities a version has."""
    statement = sa.select(sa.func.count()).where(Activity.version_id == version_id)
    return int(read(statement).scalar_one())


def ordinals_of_cohort(cohort_id: uuid.UUID) -> set[int]:
    """Return the ordinals of all activities of the version that a cohort is taught."""
    statement = (
        sa.select(Activity.ordinal)
        .join_from(Activity, Cohort, Cohort.version_id == Activity.version_id)
        .where(Cohort.id == cohort_id)
    )
    return set(read(statement).scalars())


def get_cells(enrolment_id: uuid.UUID) -> str:
    """Return the packed row of a learner."""
    statement = sa.select(ProgressRow.cells).where(ProgressRow.enrolment_id == enrolment_id)
    return str(read(statement).scalar_one())


def list_board_rows(cohort_id: uuid.UUID, *, site_id: uuid.UUID | None = None) -> list[BoardRow]:
    """Return the rows of a cohort's board (or of one site of it), in no order."""
    if site_id is None:
        return [BoardRow(*row) for row in _BOARD_ROWS.all(cohort_id=cohort_id)]
    rows = _BOARD_ROWS_OF_SITE.all(cohort_id=cohort_id, site_id=site_id)
    return [BoardRow(*row) for row in rows]


def changed_rows(
    cohort_id: uuid.UUID, since: int, *, site_id: uuid.UUID | None = None
) -> list[BoardRow]:
    """Return the rows that changed after the cursor ``since``; see ``progress.models``."""
    if site_id is None:
        return [BoardRow(*row) for row in _CHANGED.all(cohort_id=cohort_id, since=since)]
    rows = _CHANGED_OF_SITE.all(cohort_id=cohort_id, since=since, site_id=site_id)
    return [BoardRow(*row) for row in rows]


def members_of(rows: Sequence[BoardRow]) -> str:
    """Return a text that is another one as soon as somebody leaves or joins these rows."""
    return f"{len(rows)}-{sum(row.number for row in rows)}"


def current_members(cohort_id: uuid.UUID, *, site_id: uuid.UUID | None = None) -> str:
    """Return what :func:`members_of` gives for the board's rows of this moment, unread."""
    if site_id is None:
        row = _MEMBERS.first(cohort_id=cohort_id)
    else:
        row = _MEMBERS_OF_SITE.first(cohort_id=cohort_id, site_id=site_id)
    count, total = row or (0, 0)
    return f"{count}-{total}"


def cursor_after(rows: Sequence[BoardRow], since: int = 0) -> int:
    """Return the cursor to ask with next time, once these rows have been shown."""
    if not rows:
        return since
    return max(since, min(max(row.change for row in rows), rows[0].settled))


def find_rule(cohort_id: uuid.UUID) -> list[int] | None:
    """Return the ordinals that the cohort's rule requires, None while no rule is set."""
    row = _RULE.first(cohort_id=cohort_id)
    return None if row is None else row[0]


def list_eligible(cohort_id: uuid.UUID) -> list[Eligibility]:
    """Return every active learner of a cohort, by number, with what the rule still asks for.

    Two queries whatever the size of the cohort.
    """
    titles = list(
        read(
            sa.select(Activity.title)
            .join_from(Activity, Cohort, Cohort.version_id == Activity.version_id)
            .where(Cohort.id == cohort_id)
            .order_by(Activity.ordinal)
        ).scalars()
    )
    statement = (
        sa.select(
            Enrolment.id,
            Enrolment.learner_id,
            Enrolment.number,
            Enrolment.printed_name,
            Enrolment.unit_name,
            Enrolment.position_title,
            Site.name,
            Enrolment.name_confirmed_at,
            ProgressRow.cells,
            CompletionRule.required,
        )
        .join_from(Enrolment, ProgressRow, ProgressRow.enrolment_id == Enrolment.id)
        .join(Site, Site.id == Enrolment.site_id)
        .join(CompletionRule, CompletionRule.cohort_id == Enrolment.cohort_id, isouter=True)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.ACTIVE)
        .order_by(Enrolment.number)
    )
    eligible = []
    for *columns, cells, required in read(statement):
        asked = required_ordinals(required, len(titles))
        missing = still_missing(asked, done_ordinals(cells))
        eligible.append(Eligibility(*(*columns, tuple(titles[each] for each in missing))))
    return eligible


def list_completions(enrolment_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    """Return when a learner did each activity that is done."""
    statement = sa.select(Completion.activity_id, Completion.completed_at).where(
        Completion.enrolment_id == enrolment_id
    )
    return {row.activity_id: row.completed_at for row in read(statement)}
