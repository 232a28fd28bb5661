"""Forms: what may be posted. Texts are NFC and trimmed at this border; messages are ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Self

from flask import request
from wtforms import Field, Form
from wtforms.validators import DataRequired, Length

from app.core.i18n import gettext as _
from app.core.i18n import lazy
from app.core.text import clean_line

LARGEST_NUMBER = 2**31 - 1


def trimmed(value: Any) -> Any:
    """Return one clean line of text (filter for text fields)."""
    return clean_line(value) if isinstance(value, str) else value


class Translations:
    """WTForms' own messages, which exist in no Vietnamese catalogue, in our words."""

    _OURS = {
        "This field is required.": lazy("Hãy điền mục này."),
        "Not a valid choice.": lazy("Hãy chọn một mục có trong danh sách."),
        "Not a valid integer value.": lazy("Hãy nhập một số nguyên."),
        "Not a valid date value.": lazy("Hãy nhập ngày theo dạng ngày/tháng/năm."),
    }

    def gettext(self, string: str) -> str:
        """Return our sentence for WTForms' sentence."""
        return _(self._OURS.get(string, string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return our sentence; Vietnamese has no plural form."""
        return self.gettext(singular if n == 1 else plural)


class BaseForm(Form):
    """The parent of every form: our words for errors, text trimmed and NFC."""

    class Meta:
        """How WTForms builds the forms of this project."""

        def get_translations(self, _form: Form) -> Translations:
            """Return our words."""
            return Translations()

        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Add the trimming filter to text fields (passwords are kept as typed)."""
            filters: Iterable[Callable[[Any], Any]] = unbound_field.kwargs.get("filters", ())
            if unbound_field.field_class.__name__ in {"StringField", "SearchField", "TelField"}:
                unbound_field.kwargs["filters"] = [
                    *[f for f in filters if f is not trimmed],
                    trimmed,
                ]
            field: Field = unbound_field.bind(form=form, **options)
            return field

    @classmethod
    def posted(cls, **values: Any) -> Self:
        """Return the form filled from the present request."""
        return cls(request.form, **values)

    def error_list(self) -> list[tuple[str, str]]:
        """Return (field id, sentence) for the error summary, in the order of the form."""
        return [(field.id, str(error)) for field in self for error in field.errors]


def stored_number(text: str) -> int:
    """Return a whole number of a query (``type=stored_number``) that every database can hold.

    :raises ValueError: it is none, or is too large
    """
    number = int(text)
    if abs(number) > LARGEST_NUMBER:
        message = f"too large: {text[:20]}"
        raise ValueError(message)
    return number


def required(sentence: str | None = None) -> DataRequired:
    """Return the validator of a field that must be filled, with a sentence that says what to do."""
    return DataRequired(sentence)


def at_most(count: int) -> Length:
    """Return the validator of a text's length in characters."""
    return Length(max=count, message=lazy("Hãy viết ngắn hơn: tối đa %(max)d ký tự."))
