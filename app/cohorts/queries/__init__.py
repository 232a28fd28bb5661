"""What is read of cohorts, sites, staff and enrolments."""

from app.cohorts.queries.alike import AlikePerson, find_alike
from app.cohorts.queries.cohorts import (
    CohortRow,
    SiteRow,
    find_cohort_by_code,
    get_cohort,
    get_version_title,
    list_cohorts,
    list_sites,
    usual_organiser,
)
from app.cohorts.queries.enrolments import (
    CancelledRow,
    EnrolmentRow,
    get_cancelled_by_number,
    get_enrolment,
    get_enrolment_by_number,
    list_cancelled,
    list_enrolments,
)
from app.cohorts.queries.staff import (
    StaffRow,
    StaffView,
    find_staff_cohorts,
    get_staff,
    get_staff_view,
    is_staff,
    list_staff,
)

__all__ = [
    "AlikePerson",
    "CancelledRow",
    "CohortRow",
    "EnrolmentRow",
    "SiteRow",
    "StaffRow",
    "StaffView",
    "find_alike",
    "find_cohort_by_code",
    "find_staff_cohorts",
    "get_cancelled_by_number",
    "get_cohort",
    "get_enrolment",
    "get_enrolment_by_number",
    "get_staff",
    "get_staff_view",
    "get_version_title",
    "is_staff",
    "list_cancelled",
    "list_cohorts",
    "list_enrolments",
    "list_sites",
    "list_staff",
    "usual_organiser",
]
