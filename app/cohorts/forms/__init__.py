"""What may be posted about cohorts."""

from app.cohorts.forms.cohorts import CohortForm
from app.cohorts.forms.learners import CancelForm, LearnerForm, PlaceForm
from app.cohorts.forms.papers import PrintedNameForm, chosen_site
from app.cohorts.forms.staff import NewStaffForm, StaffForm

__all__ = [
    "CancelForm",
    "CohortForm",
    "LearnerForm",
    "NewStaffForm",
    "PlaceForm",
    "PrintedNameForm",
    "StaffForm",
    "chosen_site",
]
