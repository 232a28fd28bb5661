"""What officers see of cohorts."""

from app.cohorts.view_models.cohorts import CohortCard, CohortPage, LearnerLine
from app.cohorts.view_models.learners import EntryPage, LearnerPage
from app.cohorts.view_models.slips import SlipsPage
from app.cohorts.view_models.staff import StaffPage, duty_text

__all__ = [
    "CohortCard",
    "CohortPage",
    "EntryPage",
    "LearnerLine",
    "LearnerPage",
    "SlipsPage",
    "StaffPage",
    "duty_text",
]
