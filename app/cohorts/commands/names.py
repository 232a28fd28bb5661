"""The name to be printed: confirmed or found wrong by the learner, corrected by an officer."""

from __future__ import annotations

import uuid
from datetime import datetime

from app.auth.errors import UnprintableNameError
from app.cohorts import queries
from app.cohorts.errors import NameMissingError, RemarkMissingError
from app.cohorts.events import NameConfirmed, NameReported, PrintedNameCorrected
from app.core.db import db
from app.core.events import publish
from app.core.text import clean_line, signs_not_in_names

_LONGEST_NAME = 120
_LONGEST_REMARK = 300


def confirm_name(*, enrolment_id: uuid.UUID, confirmed_at: datetime) -> None:
    """Keep that the learner said the printed name is right; a second time changes nothing.

    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    enrolment = queries.get_enrolment(enrolment_id)
    if enrolment.name_confirmed_at is not None:
        return
    enrolment.name_confirmed_at = confirmed_at
    enrolment.name_remark = ""
    db.session.flush()
    publish(NameConfirmed(enrolment_id, confirmed_at))


def report_name(*, enrolment_id: uuid.UUID, remark: str, reported_at: datetime) -> None:
    """Keep what the learner says is wrong with the printed name, for the officer to correct.

    :raises RemarkMissingError: nothing, or too much, was written
    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    remark = clean_line(remark)
    if not remark or len(remark) > _LONGEST_REMARK:
        raise RemarkMissingError
    enrolment = queries.get_enrolment(enrolment_id)
    enrolment.name_confirmed_at = None
    enrolment.name_remark = remark
    db.session.flush()
    publish(NameReported(enrolment_id, reported_at))


def correct_printed_name(
    *,
    enrolment_id: uuid.UUID,
    printed_name: str,
    corrected_by_id: uuid.UUID,
    corrected_at: datetime,
) -> None:
    """Change the name to be printed; the learner has to confirm it again.

    :raises NameMissingError: the name has no letter or is too long
    :raises UnprintableNameError: it holds a sign that no paper could print
    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    name = clean_line(printed_name)
    has_letter = any(each.isalpha() for each in name)
    if not has_letter or len(name) > _LONGEST_NAME:
        raise NameMissingError
    if wrong := signs_not_in_names(name):
        raise UnprintableNameError(wrong)
    enrolment = queries.get_enrolment(enrolment_id)
    before = enrolment.printed_name
    enrolment.printed_name = name
    enrolment.name_confirmed_at = None
    enrolment.name_remark = ""
    db.session.flush()
    publish(PrintedNameCorrected(enrolment_id, before, name, corrected_by_id, corrected_at))
