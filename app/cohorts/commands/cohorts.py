"""Opening a cohort."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from app.cohorts.errors import CodeTakenError, CohortInvalidError, VersionNotPublishedError
from app.cohorts.events import CohortCreated
from app.cohorts.models import Cohort, Site
from app.core.db import db
from app.core.events import publish
from app.core.i18n import gettext as _
from app.core.text import clean_line, fold
from app.courses.models import CourseVersion, VersionState

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_TAKEN_BY_PAGES = frozenset({"", "new"})  # /cohorts, /cohorts/new


def slug_of(code: str) -> str:
    """Return the address of a cohort from its code: ``TTCS-01/2026`` → ``ttcs-01-2026``."""
    return _NOT_SLUG.sub("-", fold(code)).strip("-")


def is_code(code: str) -> bool:
    """Say whether a code gives a cohort an address of its own."""
    return slug_of(code) not in _TAKEN_BY_PAGES


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
    if not is_code(code):
        raise CohortInvalidError(_("Hãy đặt mã lớp có chữ hoặc số, ví dụ TTCS-01/2026."))
    if not title or not organiser:
        raise CohortInvalidError(_("Hãy điền tên lớp và cơ quan tổ chức."))
    if not sites or not all(sites):
        raise CohortInvalidError(_("Lớp cần ít nhất một điểm cầu, mỗi điểm cầu có tên."))
    if len(set(sites)) < len(sites):
        raise CohortInvalidError(_("Hai điểm cầu trùng tên. Hãy đặt tên khác nhau."))
