"""Forms that show what a command refused beside the field it speaks of."""

from __future__ import annotations

from app.auth.errors import (
    BadEmailError,
    BadFullNameError,
    BadPhoneError,
    BadUsernameError,
    ContactTakenError,
    UnprintableNameError,
    UsernameTakenError,
)
from app.cohorts.errors import CodeTakenError, NameMissingError, NumberTakenError
from app.core.errors import AppError
from app.core.forms import BaseForm
from app.units.errors import BadUnitNameError, UnitAmbiguousError

# Which field a refusal speaks of; anything else stands above the form.
_FIELD_OF: dict[type[AppError], str] = {
    BadEmailError: "email",
    BadFullNameError: "full_name",
    BadPhoneError: "phone",
    BadUnitNameError: "unit_name",
    BadUsernameError: "username",
    CodeTakenError: "code",
    NumberTakenError: "number",
    NameMissingError: "printed_name",
    UnitAmbiguousError: "unit_name",
    UsernameTakenError: "username",
}


class RefusableForm(BaseForm):
    """A form that can say, beside its fields, what a command refused."""

    def refuse(self, error: AppError) -> None:
        """Put the sentence of a refusal where it belongs."""
        name = _FIELD_OF.get(type(error), "")
        if isinstance(error, UnprintableNameError):
            name = "full_name" if "full_name" in self else "printed_name"
        if isinstance(error, ContactTakenError):
            name = "email" if "@" in error.contact else "phone"
        if name in self:
            self[name].errors = [*self[name].errors, error.sentence]
        else:
            self.form_errors.append(error.sentence)
