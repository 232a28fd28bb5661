"""Tables of progress: completion of activities, and one packed row a learner for the hot views.

**The cursor of the board.** Every write of a progress row gives it a new ``change`` number inside
the same statement, and the board asks for rows with a greater number than it has seen.

- SQLite has one writer at a time and counts on from the greatest number of the cohort, so that
  numbers are different and grow in the order of the commits: ``change > cursor`` misses nothing.
- On PostgreSQL writers overlap: a lower number may be committed after a higher one was read. There
  ``change`` is the writer's transaction id, and a reply moves the cursor only up to the oldest
  transaction that was still open in the reader's snapshot (:class:`settled_change`). Rows above it
  are sent again with the next reply, which changes nothing on the page.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base

_ZERO = sa.literal_column("0", sa.BigInteger)
_ONE = sa.literal_column("1", sa.BigInteger)


class Completion(Base):
    """An activity done by a learner; one table serves every kind of activity."""

    __tablename__ = "completion"

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("enrolment.id", ondelete="RESTRICT"), primary_key=True
    )
    activity_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("activity.id", ondelete="RESTRICT"), primary_key=True
    )
    completed_at: Mapped[datetime]


class ProgressRow(Base):
    """Where one learner stands, packed: one cell an activity, in the order of their ordinals.

    ``cells`` is written and read by ``progress.domain.cells``; ``change`` is the cursor of the
    board, see the top of this file.
    """

    __tablename__ = "progress_row"
    __table_args__ = (sa.Index("ix_progress_row_cohort_id_change", "cohort_id", "change"),)

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("enrolment.id", ondelete="RESTRICT"), primary_key=True
    )
    cohort_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cohort.id", ondelete="RESTRICT"))
    cells: Mapped[str] = mapped_column(sa.Text)
    done_count: Mapped[int] = mapped_column(default=0)
    active_at: Mapped[datetime | None]
    change: Mapped[int] = mapped_column(sa.BigInteger)


class next_change(sa.sql.expression.ColumnElement[int]):  # noqa: N801 - reads as SQL function
    """The number of a change that is being written: greater than all the cohort's before."""

    inherit_cache = True
    type = sa.BigInteger()

    def __init__(self, cohort_id: sa.SQLColumnExpression[uuid.UUID]) -> None:
        self.cohort_id = cohort_id

    _traverse_internals = [("cohort_id", sa.sql.visitors.InternalTraversal.dp_clauseelement)]


class settled_change(sa.sql.expression.ColumnElement[int]):  # noqa: N801 - reads as SQL function
    """The number up to which every change is visible to the reading statement."""

    inherit_cache = True
    type = sa.BigInteger()
    _traverse_internals: list[Any] = []


@compiles(next_change)
def _count_on(element: next_change, compiler: Any, **options: Any) -> str:
    others = sa.orm.aliased(ProgressRow)
    greatest = (
        sa.select(sa.func.coalesce(sa.func.max(others.change), _ZERO) + _ONE)
        .where(others.cohort_id == element.cohort_id)
        .scalar_subquery()
    )
    return str(compiler.process(greatest, **options))


@compiles(next_change, "postgresql")
def _transaction_id(_element: next_change, _compiler: Any, **_options: Any) -> str:
    return "(pg_current_xact_id()::text::bigint)"


@compiles(settled_change)
def _no_limit(_element: settled_change, _compiler: Any, **_options: Any) -> str:
    return str(2**63 - 1)


@compiles(settled_change, "postgresql")
def _oldest_open(_element: settled_change, _compiler: Any, **_options: Any) -> str:
    return "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)"


class CompletionRule(Base):
    """What a cohort must do to be certified: the ordinals of the activities that are required."""

    __tablename__ = "completion_rule"

    cohort_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("cohort.id", ondelete="RESTRICT"), primary_key=True
    )
    required: Mapped[list[Any]]
    set_at: Mapped[datetime]
    set_by_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT")
    )
