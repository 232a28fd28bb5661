"""Enrolling one learner, and one learner of a cohort, in the eyes of an officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.cohorts.models import Cohort
from app.cohorts.queries import AlikePerson, EnrolmentRow
from app.core.formatting import local_date
from app.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class AlikeLine:
    """Somebody who may be meant; ``seat`` says how the person stands in this cohort already."""

    user_id: str
    full_name: str
    note: str
    seat: str

    @classmethod
    def of(cls, person: AlikePerson) -> AlikeLine:
        """Return the line that lets an officer tell two people apart."""
        birth = local_date(person.birth_on) or person.birth_year
        facts = (
            _("sinh %(birth)s", birth=birth) if birth else _("chưa rõ ngày sinh"),
            person.unit_name or _("chưa rõ đơn vị"),
            _("tên đăng nhập %(name)s", name=person.username),
        )
        seat = ""
        if person.number is not None and person.was_cancelled:
            seat = _("STT %(n)s, đã hủy ghi danh", n=person.number)
        elif person.number is not None:
            seat = _("đã có trong lớp, STT %(n)s", n=person.number)
        return cls(str(person.user_id), person.full_name, " · ".join(facts), seat)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """The form that enrols one learner, with those who may be meant and are to be told apart."""

    cohort_title: str
    back_url: str
    url: str
    unit_names: tuple[str, ...]
    alike: tuple[AlikeLine, ...]
    seated: tuple[AlikeLine, ...]
    receipt: str

    @classmethod
    def of(
        cls,
        cohort: Cohort,
        unit_names: Sequence[str],
        alike: Sequence[AlikePerson] = (),
        last: EnrolmentRow | None = None,
    ) -> EntryPage:
        """Return the page; ``last`` is who was enrolled a moment ago."""
        back_url = f"/cohorts/{cohort.slug}"
        lines = tuple(AlikeLine.of(each) for each in alike)
        return cls(
            cohort_title=cohort.title,
            back_url=back_url,
            url=f"{back_url}/learners",
            unit_names=tuple(unit_names),
            alike=lines,
            seated=tuple(each for each in lines if each.seat),
            receipt=enrolled_text(last) if last else "",
        )

    @property
    def free(self) -> tuple[AlikeLine, ...]:
        """Return those who may be meant and have no place in the cohort."""
        return tuple(each for each in self.alike if not each.seat)


def enrolled_text(row: EnrolmentRow) -> str:
    """Return the receipt of an enrolment."""
    return _(
        "Đã ghi danh %(name)s, STT %(n)s, %(unit)s.",
        name=row.full_name,
        n=row.number,
        unit=row.unit_name,
    )


@dataclass(frozen=True, slots=True)
class LearnerPage:
    """One learner of a cohort: what can be corrected, and what else can be done."""

    full_name: str
    facts: tuple[tuple[str, str], ...]
    cohort_title: str
    back_url: str
    url: str
    name_url: str
    slips_url: str
    number: int
    unit_names: tuple[str, ...]
    is_saved: bool

    @classmethod
    def of(
        cls,
        cohort: Cohort,
        row: EnrolmentRow,
        unit_names: Sequence[str] = (),
        *,
        is_saved: bool = False,
    ) -> LearnerPage:
        """Return the page of an enrolment."""
        back_url = f"/cohorts/{cohort.slug}"
        return cls(
            full_name=row.full_name,
            facts=(
                (_("STT"), str(row.number)),
                (_("Tên đăng nhập"), row.username),
                (_("Đơn vị"), row.unit_name),
                (_("Chức vụ"), row.position_title or "–"),
                (_("Điểm cầu"), row.site_name),
            ),
            cohort_title=cohort.title,
            back_url=back_url,
            url=f"{back_url}/learners/{row.number}",
            name_url=f"{back_url}/names/{row.number}",
            slips_url=f"{back_url}/slips",
            number=row.number,
            unit_names=tuple(unit_names),
            is_saved=is_saved,
        )
