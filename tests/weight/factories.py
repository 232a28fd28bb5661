"""A class of the shipped course as it is in the middle of the day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from app.cohorts.models import Cohort
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.courses import commands, queries
from app.courses.models import ActivityKind, CourseVersion
from app.courses.queries import Outline
from app.progress.domain.cells import Cell, CellState, encode
from app.progress.models import ProgressRow
from tests.dashboards.factories import SITES, full_names
from tests.factories import make_cohort, make_enrolment, make_user, sites_of

COURSE = Path(__file__).resolve().parents[2] / "seed" / "courses" / "truyen-thong-chinh-sach"


def import_course() -> CourseVersion:
    """Import and publish the shipped course by the program's own commands."""
    package, digest = commands.open_package(COURSE)
    with transaction():
        version = commands.import_package(package=package, digest=digest, imported_at=utc_now())
        return commands.publish_version(version_id=version.id, published_at=utc_now())


def make_class(count: int = 70) -> Cohort:
    """Store a cohort of the shipped course in which everybody has come a different way."""
    cohort = make_cohort(import_course(), sites=SITES)
    outline = queries.get_outline(cohort.version_id)
    sites, draw = sites_of(cohort), Random(11)
    with transaction():
        for number, name in enumerate(full_names(count)):
            enrolment = make_enrolment(cohort, make_user(name), sites[number % len(sites)])
            cells = _way(draw, outline) if number % 9 else [Cell()] * len(outline.activities)
            seen = utc_now() - timedelta(minutes=draw.randrange(60)) if number % 9 else None
            db.session.execute(
                sa.update(ProgressRow)
                .where(ProgressRow.enrolment_id == enrolment.id)
                .values(
                    cells=encode(cells),
                    done_count=sum(each.is_done for each in cells),
                    active_at=seen,
                )
            )
    return cohort


def _way(draw: Random, outline: Outline) -> list[Cell]:
    """Return how far somebody has come: done up to a point, perhaps a test begun there."""
    cells = [Cell()] * len(outline.activities)
    reached = draw.randrange(1, len(cells) + 1)
    for ordinal, activity in enumerate(outline.activities[:reached]):
        if activity.kind is ActivityKind.LESSON:
            cells[ordinal] = Cell(CellState.DONE)
        else:
            percent = draw.choice([30, 40, 50, 60, 70, 75, 80, 90, 100])
            cells[ordinal] = Cell().finished(percent, completes=percent >= 50)
    if reached < len(cells) and outline.activities[reached].kind is ActivityKind.QUIZ:
        cells[reached] = Cell().opened(10).recorded(draw.randrange(10), 10)
    return cells
