"""What can be done with cohorts, their staff and their learners."""

from app.cohorts.commands.cohorts import create_cohort, is_code, slug_of
from app.cohorts.commands.enrolments import (
    LearnerEntry,
    cancel_enrolment,
    correct_enrolment,
    enrol,
    enrol_entry,
    restore_enrolment,
)
from app.cohorts.commands.names import confirm_name, correct_printed_name, report_name
from app.cohorts.commands.staff import (
    ROLE_OF_DUTY,
    StaffEntry,
    add_staff,
    open_staff_account,
    remove_staff,
)

__all__ = [
    "ROLE_OF_DUTY",
    "LearnerEntry",
    "StaffEntry",
    "add_staff",
    "cancel_enrolment",
    "confirm_name",
    "correct_enrolment",
    "correct_printed_name",
    "create_cohort",
    "enrol",
    "enrol_entry",
    "is_code",
    "open_staff_account",
    "remove_staff",
    "report_name",
    "restore_enrolment",
    "slug_of",
]
