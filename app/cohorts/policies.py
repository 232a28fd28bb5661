"""Who may see what of a cohort: pure yes or no."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from app.auth.models import Role
from app.cohorts.models import StaffDuty


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a member of staff sees: the whole cohort (``site_id`` None) or one site.

    ``can_teach`` says whether the person may also act as its trainer (release answers).
    """

    site_id: uuid.UUID | None
    can_teach: bool


def reach_of(roles: Role, duties: Iterable[tuple[StaffDuty, uuid.UUID | None]]) -> Reach | None:
    """Return how far somebody with these roles and duties sees, or None for not at all.

    Officers see every cohort; a trainer of the cohort sees it whole; a coordinator sees one site.

    :param duties: each with the site it is bound to
    """
    held = list(duties)
    if roles & Role.OFFICER or any(duty is StaffDuty.TRAINER for duty, _site in held):
        return Reach(site_id=None, can_teach=True)
    sites = [site_id for duty, site_id in held if duty is StaffDuty.COORDINATOR]
    return Reach(site_id=sites[0], can_teach=False) if sites else None
