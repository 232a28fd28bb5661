"""The list of cohorts and one cohort in the eyes of an officer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.cohorts.models import Cohort
from app.cohorts.queries import CancelledRow, CohortRow, EnrolmentRow, SiteRow, StaffRow
from app.cohorts.view_models.learners import enrolled_text
from app.cohorts.view_models.staff import duty_text
from app.core.formatting import local_date, local_datetime
from app.core.i18n import gettext as _
from app.core.navigation import find_destination
from app.core.text import fold, is_name_like


@dataclass(frozen=True, slots=True)
class CohortCard:
    """One cohort in the list."""

    title: str
    url: str
    note: str

    @classmethod
    def of(cls, cohort: CohortRow) -> CohortCard:
        """Return the card of a cohort."""
        note = _(
            "%(code)s · từ %(first)s đến %(last)s · %(n)s học viên",
            code=cohort.code,
            first=local_date(cohort.starts_on),
            last=local_date(cohort.ends_on),
            n=cohort.learner_count,
        )
        return cls(cohort.title, f"/cohorts/{cohort.slug}", note)


@dataclass(frozen=True, slots=True)
class LearnerLine:
    """One learner in the list of a cohort; ``name_state`` is confirmed, reported or open."""

    number: int
    full_name: str
    printed_name: str
    unit_name: str
    site_name: str
    name_state: str
    remark: str
    url: str
    learner_url: str

    @classmethod
    def of(cls, cohort: Cohort, row: EnrolmentRow) -> LearnerLine:
        """Return the line of an enrolment."""
        state = "confirmed" if row.name_confirmed_at else "reported" if row.name_remark else "open"
        return cls(
            number=row.number,
            full_name=row.full_name,
            printed_name=row.printed_name,
            unit_name=row.unit_name,
            site_name=row.site_name,
            name_state=state,
            remark=row.name_remark,
            url=f"/cohorts/{cohort.slug}/names/{row.number}",
            learner_url=f"/cohorts/{cohort.slug}/learners/{row.number}",
        )


@dataclass(frozen=True, slots=True)
class CancelledLine:
    """Somebody who is no longer in a cohort, and the way back."""

    number: int
    full_name: str
    unit_name: str
    cancelled: str
    restoration_url: str

    @classmethod
    def of(cls, cohort: Cohort, row: CancelledRow) -> CancelledLine:
        """Return the line of a cancelled enrolment."""
        return cls(
            number=row.number,
            full_name=row.full_name,
            unit_name=row.unit_name,
            cancelled=local_datetime(row.cancelled_at),
            restoration_url=f"/cohorts/{cohort.slug}/learners/{row.number}/restoration",
        )


@dataclass(frozen=True, slots=True)
class CohortPage:
    """One cohort in the eyes of an officer."""

    title: str
    url: str
    asked_name: str
    facts: tuple[tuple[str, str], ...]
    sites: tuple[SiteRow, ...]
    links: tuple[tuple[str, str], ...]
    slips_url: str
    enrolment_url: str
    staff_url: str
    staff: tuple[tuple[str, str], ...]
    cancelled: tuple[CancelledLine, ...]
    receipt: str
    has_learners: bool
    learners: tuple[LearnerLine, ...]
    reported: tuple[LearnerLine, ...]
    unconfirmed: int

    @classmethod
    def of(
        cls,
        cohort: Cohort,
        version_title: str,
        sites: Sequence[SiteRow],
        enrolments: Sequence[EnrolmentRow],
        *,
        staff: Sequence[StaffRow] = (),
        cancelled: Sequence[CancelledRow] = (),
        asked_name: str = "",
        enrolled_number: int | None = None,
    ) -> CohortPage:
        """Return the page; links to higher features stand where those are installed.

        :param asked_name: lists only learners with a name like this one, unless it is empty
        :param enrolled_number: who was enrolled a moment ago
        """
        last = next((each for each in enrolments if each.number == enrolled_number), None)
        lines = tuple(LearnerLine.of(cohort, each) for each in enrolments)
        asked = fold(asked_name)
        offered = (
            (_("Bảng theo dõi"), find_destination("cohort_board", cohort=cohort.slug)),
            (_("Điều kiện hoàn thành"), find_destination("completion_rule", cohort=cohort.slug)),
            (_("Giấy chứng nhận"), find_destination("cohort_certificates", cohort=cohort.slug)),
        )
        return cls(
            title=cohort.title,
            url=f"/cohorts/{cohort.slug}",
            asked_name=asked_name,
            facts=(
                (_("Mã lớp"), cohort.code),
                (_("Theo khóa học"), version_title),
                (_("Thời gian"), f"{local_date(cohort.starts_on)} – {local_date(cohort.ends_on)}"),
                (_("Địa điểm"), cohort.place or "–"),
                (_("Cơ quan tổ chức"), cohort.organiser),
                (_("Học viên"), str(len(lines))),
            ),
            sites=tuple(sites),
            links=tuple((text, url) for text, url in offered if url),
            slips_url=f"/cohorts/{cohort.slug}/slips",
            enrolment_url=f"/cohorts/{cohort.slug}/learners/new",
            staff_url=f"/cohorts/{cohort.slug}/staff",
            staff=tuple((each.full_name, duty_text(each)) for each in staff),
            cancelled=tuple(CancelledLine.of(cohort, each) for each in cancelled),
            receipt=enrolled_text(last) if last else "",
            has_learners=bool(lines),
            learners=tuple(each for each in lines if is_name_like(each.full_name, asked)),
            reported=tuple(each for each in lines if each.name_state == "reported"),
            unconfirmed=sum(each.name_state != "confirmed" for each in lines),
        )
