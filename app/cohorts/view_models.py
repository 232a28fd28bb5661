"""What officers see of cohorts."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import segno
from markupsafe import Markup

from app.auth.commands import PrintedSlip
from app.cohorts.models import Cohort
from app.cohorts.queries import CohortRow, EnrolmentRow, SiteRow
from app.core.formatting import local_date, local_datetime
from app.core.i18n import gettext as _
from app.core.markup import safe
from app.core.navigation import find_destination

SLIPS_A_PAGE = 8


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
        )


@dataclass(frozen=True, slots=True)
class CohortPage:
    """One cohort in the eyes of an officer."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sites: tuple[SiteRow, ...]
    links: tuple[tuple[str, str], ...]
    slips_url: str
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
    ) -> CohortPage:
        """Return the page; links to higher features stand where those are installed."""
        lines = tuple(LearnerLine.of(cohort, each) for each in enrolments)
        offered = (
            (_("Bảng theo dõi"), find_destination("cohort_board", cohort=cohort.slug)),
            (_("Điều kiện hoàn thành"), find_destination("completion_rule", cohort=cohort.slug)),
            (_("Giấy chứng nhận"), find_destination("cohort_certificates", cohort=cohort.slug)),
        )
        return cls(
            title=cohort.title,
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
            learners=lines,
            reported=tuple(each for each in lines if each.name_state == "reported"),
            unconfirmed=sum(each.name_state != "confirmed" for each in lines),
        )


@dataclass(frozen=True, slots=True)
class Slip:
    """One printed slip."""

    number: int
    full_name: str
    unit_name: str
    site_name: str
    username: str
    code: str
    qr: Markup
    expires: str


@dataclass(frozen=True, slots=True)
class SlipsPage:
    """Slips in sheets of eight, in the order of given names."""

    title: str
    code: str
    address: str
    back_url: str
    sheets: tuple[tuple[Slip, ...], ...]
    count: int

    @classmethod
    def of(
        cls,
        cohort: Cohort,
        base_url: str,
        printed: Sequence[PrintedSlip],
        enrolments: Mapping[uuid.UUID, EnrolmentRow],
    ) -> SlipsPage:
        """Return the sheets.

        :param enrolments: by the learner's id
        """
        slips = [
            Slip(
                number=enrolments[each.user_id].number,
                full_name=each.full_name,
                unit_name=enrolments[each.user_id].unit_name,
                site_name=enrolments[each.user_id].site_name,
                username=each.username,
                code=each.code,
                qr=qr_svg(base_url + each.path),
                expires=local_datetime(each.expires_at),
            )
            for each in printed
        ]
        sheets = tuple(
            tuple(slips[at : at + SLIPS_A_PAGE]) for at in range(0, len(slips), SLIPS_A_PAGE)
        )
        address = base_url.partition("://")[2] or base_url
        return cls(
            cohort.title, cohort.code, address, f"/cohorts/{cohort.slug}", sheets, len(slips)
        )


def qr_svg(text: str) -> Markup:
    """Return a QR code as one SVG path, with the quiet zone that scanners need."""
    buffer = BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4, nl=False
    )
    return safe(buffer.getvalue().decode())
