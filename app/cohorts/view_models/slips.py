"""Login slips as they are printed."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from markupsafe import Markup

from app.auth.commands import PrintedSlip
from app.cohorts.models import Cohort
from app.cohorts.queries import EnrolmentRow
from app.core.deferred import Deferred
from app.core.formatting import local_datetime
from app.core.markup import safe

if TYPE_CHECKING:
    import segno
else:
    segno = Deferred("segno")

SLIPS_A_PAGE = 8


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
