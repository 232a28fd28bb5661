"""What may be posted about printed names and login slips."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from wtforms import StringField

from app.cohorts.forms.refusals import RefusableForm
from app.cohorts.queries import SiteRow
from app.core.forms import at_most, required
from app.core.i18n import lazy


class PrintedNameForm(RefusableForm):
    """The name as it will be printed."""

    printed_name = StringField(
        lazy("Họ và tên in trên giấy chứng nhận"),
        [required(lazy("Hãy điền họ và tên.")), at_most(120)],
        description=lazy("Viết đủ dấu, đúng như trên giấy tờ của học viên."),
    )


def chosen_site(text: str, sites: Sequence[SiteRow]) -> uuid.UUID | None:
    """Return the site that a select of places 1, 2, … names; None is all sites."""
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    return sites[place - 1].id if 1 <= place <= len(sites) else None
