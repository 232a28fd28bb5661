"""Who teaches and who coordinates, in the eyes of an officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.cohorts.models import Cohort, StaffDuty
from app.cohorts.queries import AlikePerson, StaffRow
from app.cohorts.view_models.learners import AlikeLine
from app.core.i18n import gettext as _


def duty_text(row: StaffRow) -> str:
    """Return what somebody does in a cohort, in words."""
    if row.duty is StaffDuty.TRAINER:
        return _("Giảng viên")
    return _("Cán bộ điểm cầu %(site)s", site=row.site_name)


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One duty of one person."""

    full_name: str
    username: str
    duty: str
    removal_url: str


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The staff of a cohort."""

    cohort_title: str
    back_url: str
    url: str
    lines: tuple[StaffLine, ...]
    alike: tuple[AlikeLine, ...]

    @classmethod
    def of(
        cls, cohort: Cohort, rows: Sequence[StaffRow], alike: Sequence[AlikePerson] = ()
    ) -> StaffPage:
        """Return the page of these duties; ``alike`` may be whom a new account is meant for."""
        url = f"/cohorts/{cohort.slug}/staff"
        lines = tuple(
            StaffLine(each.full_name, each.username, duty_text(each), f"{url}/{each.id}/removal")
            for each in rows
        )
        return cls(
            cohort_title=cohort.title,
            back_url=f"/cohorts/{cohort.slug}",
            url=url,
            lines=lines,
            alike=tuple(AlikeLine.of(each) for each in alike),
        )
