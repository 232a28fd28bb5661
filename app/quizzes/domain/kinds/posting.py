"""What a browser posts for one question: the fields ``a`` or ``a0``, ``a1``… and their tokens."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from app.core.errors import InvalidInputError
from app.core.i18n import gettext as _

MOST_TYPED_CHARACTERS = 200
_ANSWER_FIELD = re.compile(r"a[0-9]*")

Form = Mapping[str, Sequence[str]]


class BadResponseError(InvalidInputError):
    """What was posted is no response to this question; what was saved before still counts."""


def posted_values(form: Form, name: str) -> list[str]:
    """Return the values of an answer field, without empty ones.

    :raises BadResponseError: when the form has answer fields of another shape, so that a post
        made for another question never clears this one
    """
    check_answer_fields(form, {name})
    return [value for value in form.get(name, ()) if value != ""]


def posted_row(form: Form, size: int) -> list[str]:
    """Return the one value of each field a0…a(size−1); empty where nothing was chosen.

    :raises BadResponseError: when a field is missing, doubled or too many
    """
    names = [f"a{number}" for number in range(size)]
    check_answer_fields(form, names)
    values = [list(form.get(name, ())) for name in names]
    if any(len(each) != 1 for each in values):
        raise BadResponseError(
            _("Câu trả lời gửi lên chưa đủ các dòng. Tải lại trang rồi chọn lại.")
        )
    return [value for (value,) in values]


def posted_line(form: Form) -> str:
    """Return the one value of the field ``a`` as it was typed.

    :raises BadResponseError: when the field is missing or doubled, or its text too long
    """
    check_answer_fields(form, {"a"})
    values = list(form.get("a", ()))
    if len(values) != 1:
        raise BadResponseError(
            _("Không thấy ô trả lời trong phần gửi lên. Tải lại trang rồi gõ lại.")
        )
    if len(values[0]) > MOST_TYPED_CHARACTERS:
        raise BadResponseError(
            _("Câu trả lời dài quá %(most)s ký tự. Hãy viết ngắn lại.", most=MOST_TYPED_CHARACTERS)
        )
    return values[0]


def check_answer_fields(form: Form, expected: Collection[str]) -> None:
    """Refuse answer fields that this question does not have.

    :raises BadResponseError: when there is one
    """
    if any(_ANSWER_FIELD.fullmatch(name) and name not in expected for name in form):
        raise BadResponseError(
            _("Phần gửi lên không khớp với câu hỏi này. Tải lại trang rồi trả lời lại.")
        )


def shown_position(token: str, size: int, *, first: int = 0) -> int:
    """Return the shown position, from 0, that a token names; tokens count from ``first``.

    :raises BadResponseError: when no such position was shown
    """
    if token not in {str(number) for number in range(first, first + size)}:
        raise BadResponseError(
            _("Phương án gửi lên không có trong câu này. Tải lại trang rồi chọn lại.")
        )
    return int(token) - first
