"""What can be done with cohorts, their staff and their learners."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.auth.models import User
from app.cohorts import queries
from app.cohorts.errors import (
    AlreadyEnrolledError,
    CodeTakenError,
    CohortInvalidError,
    CohortNotFoundError,
    NameMissingError,
    RemarkMissingError,
    SiteNotInCohortError,
    VersionNotPublishedError,
)
from app.cohorts.events import (
    CohortCreated,
    EnrolmentCancelled,
    EnrolmentMade,
    NameConfirmed,
    NameReported,
    PrintedNameCorrected,
    StaffAdded,
)
from app.cohorts.models import Cohort, CohortStaff, Enrolment, EnrolmentState, Site, StaffDuty
from app.core.db import db
from app.core.events import publish
from app.core.i18n import gettext as _
from app.core.text import clean_line, fold
from app.courses.models import CourseVersion, VersionState

_LONGEST_NAME = 120
_LONGEST_REMARK = 300
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug_of(code: str) -> str:
    """Return the address of a cohort from its code: ``TTCS-01/2026`` → ``ttcs-01-2026``."""
    return _NOT_SLUG.sub("-", fold(code)).strip("-")


def create_cohort(
    *,
    code: str,
    title: str,
    version_id: uuid.UUID,
    starts_on: date,
    ends_on: date,
    place: str,
    organiser: str,
    sites: Sequence[str],
    created_at: datetime,
) -> Cohort:
    """Open a cohort of a published version; the first site is the main one.

    :raises VersionNotPublishedError: the version may still change
    :raises CodeTakenError: another cohort has this code, or one that gives the same address
    :raises CohortInvalidError: something is missing, or the days or sites contradict each other
    """
    code, title, organiser = clean_line(code), clean_line(title), clean_line(organiser)
    names = [clean_line(each) for each in sites]
    _check_cohort(code, title, organiser, names)
    if ends_on < starts_on:
        raise CohortInvalidError(_("Ngày kết thúc trước ngày bắt đầu. Hãy kiểm tra lại hai ngày."))
    version = db.session.get(CourseVersion, version_id)
    if version is None or version.state is not VersionState.PUBLISHED:
        raise VersionNotPublishedError
    slug = slug_of(code)
    taken = sa.select(Cohort.id).where(sa.or_(Cohort.code == code, Cohort.slug == slug))
    if db.session.scalar(taken) is not None:
        raise CodeTakenError(code)
    cohort = Cohort(
        slug=slug,
        code=code,
        title=title,
        version_id=version_id,
        starts_on=starts_on,
        ends_on=ends_on,
        place=clean_line(place),
        organiser=organiser,
        created_at=created_at,
    )
    db.session.add(cohort)
    db.session.flush()
    db.session.add_all(
        Site(cohort_id=cohort.id, position=position, name=name, is_main=position == 0)
        for position, name in enumerate(names)
    )
    db.session.flush()
    publish(CohortCreated(cohort.id, version_id, created_at))
    return cohort


def _check_cohort(code: str, title: str, organiser: str, sites: Sequence[str]) -> None:
    if not slug_of(code):
        raise CohortInvalidError(_("Hãy đặt mã lớp có chữ hoặc số, ví dụ TTCS-01/2026."))
    if not title or not organiser:
        raise CohortInvalidError(_("Hãy điền tên lớp và cơ quan tổ chức."))
    if not sites or not all(sites):
        raise CohortInvalidError(_("Lớp cần ít nhất một điểm cầu, mỗi điểm cầu có tên."))
    if len(set(sites)) < len(sites):
        raise CohortInvalidError(_("Hai điểm cầu trùng tên. Hãy đặt tên khác nhau."))


def add_staff(
    *,
    cohort_id: uuid.UUID,
    user_id: uuid.UUID,
    duty: StaffDuty,
    site_id: uuid.UUID | None = None,
) -> CohortStaff:
    """Let somebody teach the cohort or coordinate one site of it; asking twice changes nothing.

    :raises SiteNotInCohortError: a coordinator without a site of this cohort, or a trainer with one
    """
    if (duty is StaffDuty.COORDINATOR) != (site_id is not None):
        raise SiteNotInCohortError
    if site_id is not None:
        _check_site(cohort_id, site_id)
    present = db.session.scalar(
        sa.select(CohortStaff).where(
            CohortStaff.cohort_id == cohort_id,
            CohortStaff.user_id == user_id,
            CohortStaff.duty == duty,
        )
    )
    if present is not None:
        present.site_id = site_id
        return present
    staff = CohortStaff(cohort_id=cohort_id, user_id=user_id, duty=duty, site_id=site_id)
    db.session.add(staff)
    db.session.flush()
    publish(StaffAdded(cohort_id, user_id, duty.value, site_id))
    return staff


def _check_site(cohort_id: uuid.UUID, site_id: uuid.UUID) -> None:
    site = db.session.get(Site, site_id)
    if site is None or site.cohort_id != cohort_id:
        raise SiteNotInCohortError


def enrol(
    *,
    cohort_id: uuid.UUID,
    learner_id: uuid.UUID,
    site_id: uuid.UUID,
    unit_name: str,
    position_title: str,
    enrolled_at: datetime,
    number: int | None = None,
) -> Enrolment:
    """Put a learner into a cohort, with unit and position as they are that day.

    :param number: the STT of the official list; the next free one when it is not given
    :raises AlreadyEnrolledError: the learner has, or had, a place here (a cancelled one stays)
    :raises SiteNotInCohortError: the site is another cohort's
    :raises CohortNotFoundError: there is no such cohort
    """
    cohort = db.session.get(Cohort, cohort_id)
    learner = db.session.get(User, learner_id)
    if cohort is None or learner is None:
        raise CohortNotFoundError
    _check_site(cohort_id, site_id)
    mine = sa.select(Enrolment.id).where(
        Enrolment.cohort_id == cohort_id, Enrolment.learner_id == learner_id
    )
    if db.session.scalar(mine) is not None:
        raise AlreadyEnrolledError
    if number is None:
        last = sa.select(sa.func.max(Enrolment.number)).where(Enrolment.cohort_id == cohort_id)
        number = (db.session.scalar(last) or 0) + 1
    enrolment = Enrolment(
        cohort_id=cohort_id,
        learner_id=learner_id,
        site_id=site_id,
        number=number,
        unit_name=clean_line(unit_name),
        position_title=clean_line(position_title),
        printed_name=learner.full_name,
        enrolled_at=enrolled_at,
    )
    db.session.add(enrolment)
    db.session.flush()
    publish(EnrolmentMade(enrolment.id, cohort_id, learner_id, cohort.version_id, enrolled_at))
    return enrolment


def cancel_enrolment(*, enrolment_id: uuid.UUID, cancelled_at: datetime) -> None:
    """Take a learner out of the cohort; everything the learner did stays stored.

    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    enrolment = queries.get_enrolment(enrolment_id)
    enrolment.state = EnrolmentState.CANCELLED
    enrolment.cancelled_at = cancelled_at
    db.session.flush()
    publish(EnrolmentCancelled(enrolment_id, enrolment.cohort_id, cancelled_at))


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

    :raises NameMissingError: the name is empty or too long
    :raises EnrolmentNotFoundError: there is no such active enrolment
    """
    name = clean_line(printed_name)
    if not name or len(name) > _LONGEST_NAME:
        raise NameMissingError
    enrolment = queries.get_enrolment(enrolment_id)
    before = enrolment.printed_name
    enrolment.printed_name = name
    enrolment.name_confirmed_at = None
    enrolment.name_remark = ""
    db.session.flush()
    publish(PrintedNameCorrected(enrolment_id, before, name, corrected_by_id, corrected_at))
