"""What holds of the site that a learner or a coordinator is given."""

from __future__ import annotations

import uuid

from app.cohorts.errors import SiteNotInCohortError
from app.cohorts.models import Site
from app.core.db import db


def check_site(cohort_id: uuid.UUID, site_id: uuid.UUID) -> None:
    """Refuse a site of another cohort.

    :raises SiteNotInCohortError: it is one, or there is none
    """
    site = db.session.get(Site, site_id)
    if site is None or site.cohort_id != cohort_id:
        raise SiteNotInCohortError
