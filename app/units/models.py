"""Tables of units (employers) and of who works where."""

from __future__ import annotations

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, uuid_pk


class Unit(Base):
    """An employer in the tree; after a merger it ends and names its successor."""

    __tablename__ = "unit"

    id: Mapped[uuid.UUID] = uuid_pk()
    name: Mapped[str] = mapped_column(sa.String(200))
    search_key: Mapped[str] = mapped_column(sa.String(200), index=True)
    parent_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("unit.id", ondelete="RESTRICT")
    )
    valid_from_on: Mapped[date | None]
    valid_to_on: Mapped[date | None]
    successor_id: Mapped[uuid.UUID | None] = mapped_column(
        sa.ForeignKey("unit.id", ondelete="RESTRICT")
    )


class Membership(Base):
    """A person's place of work from a day to a day (open while it lasts)."""

    __tablename__ = "membership"

    id: Mapped[uuid.UUID] = uuid_pk()
    user_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("user.id", ondelete="RESTRICT"), index=True
    )
    unit_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("unit.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[str] = mapped_column(sa.String(120), default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
