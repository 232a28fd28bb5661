"""Facts that courses announce."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.core.events import Event
from app.courses.domain.activity import ActivityKind


@dataclass(frozen=True, slots=True)
class ActivityImported(Event):
    """An activity of a draft version was stored; its kind's owner stores the definition."""

    course_id: uuid.UUID
    version_id: uuid.UUID
    activity_id: uuid.UUID
    kind: ActivityKind
    definition: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CourseVersionPublished(Event):
    """A version became immutable and may be taught."""

    audited: ClassVar[bool] = True
    subject: ClassVar[str] = "version_id"

    course_id: uuid.UUID
    version_id: uuid.UUID
    published_at: datetime
