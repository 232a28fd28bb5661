"""What may be posted to an attempt.

Saving an answer is the hottest write, so that its few fields are read by hand; each kind of
question checks its own fields against what was shown.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.core.text import nfc
from app.quizzes.commands import PostedSlot
from app.quizzes.errors import BadReceiptDataError

_FIELD = re.compile(r"a\d{0,2}")
_FORM_FIELD = re.compile(r"q(\d{1,3})\.(a\d{0,2}|was)")
_SEQ = re.compile(r"\d{1,9}")

Posted = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The fields of one question, and the client's id and sequence number if a script sent them."""

    posted: Posted
    response_id: uuid.UUID | None
    seq: int | None

    @classmethod
    def read(cls, form: MultiDict[str, str]) -> AnswerForm:
        """Read a post.

        :raises BadReceiptDataError: id or number is unreadable, or only one of them came
        """
        posted = {
            name: [nfc(value) for value in form.getlist(name)]
            for name in form
            if _FIELD.fullmatch(name)
        }
        response_id, seq = form.get("response_id"), form.get("seq")
        if response_id is None and seq is None:
            return cls(posted, None, None)
        try:
            return cls(posted, uuid.UUID(response_id or ""), int(seq or ""))
        except ValueError as error:
            raise BadReceiptDataError from error


def read_whole_form(form: MultiDict[str, str], slot_count: int) -> dict[int, PostedSlot]:
    """Return the fields of each question of a test posted as one form (``q3.a0`` …).

    ``q3.was`` is there for every question of the form: it says which response was shown, and lets a
    question whose ticks were all taken away be told from one that was not in the form.
    """
    fields: dict[int, Posted] = {}
    drawn: dict[int, int] = {}
    for name in form:
        match = _FORM_FIELD.fullmatch(name)
        if match is None or not 1 <= int(match[1]) <= slot_count:
            continue
        number = int(match[1])
        if match[2] == "was":
            drawn[number] = int(form[name]) if _SEQ.fullmatch(form[name]) else 0
            fields.setdefault(number, {})
        else:
            fields.setdefault(number, {})[match[2]] = [nfc(each) for each in form.getlist(name)]
    return {number: PostedSlot(each, drawn.get(number, 0)) for number, each in fields.items()}
