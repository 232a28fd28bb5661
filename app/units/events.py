"""Facts about units that are announced."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.core.events import Event


@dataclass(frozen=True, slots=True)
class UnitEnded(Event):
    """A unit ended, as a rule by a merger; papers keep its name."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "unit_id"

    unit_id: uuid.UUID
    ended_on: date
    successor_id: uuid.UUID | None
