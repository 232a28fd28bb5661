"""Tables of progress: completion of activities, and one packed row a learner for the hot views."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Completion(Base):
    """An activity done by a learner; one table serves every kind of activity.

    ``percent`` is the best result of a quiz, 0…100.
    """

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

    ``cells`` is written and read by ``progress.domain.cells``; ``changed_at`` is the cursor of the
    board.
    """

    __tablename__ = "progress_row"
    __table_args__ = (sa.Index("ix_progress_row_cohort_id_changed_at", "cohort_id", "changed_at"),)

    enrolment_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("enrolment.id", ondelete="RESTRICT"), primary_key=True
    )
    cohort_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("cohort.id", ondelete="RESTRICT"))
    cells: Mapped[str] = mapped_column(sa.Text)
    done_count: Mapped[int] = mapped_column(default=0)
    active_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class CompletionRule(Base):
    """What a cohort must do to be certified: the ordinals of the activities that are required."""

    __tablename__ = "completion_rule"

    cohort_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("cohort.id", ondelete="RESTRICT"), primary_key=True
    )
    required: Mapped[list[Any]]
    set_at: Mapped[datetime]
    set_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="RESTRICT"))
