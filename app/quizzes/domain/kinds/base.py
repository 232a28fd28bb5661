"""What every kind of question can do, and the plain values that pass through it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from app.core.errors import InvalidInputError
from app.core.i18n import gettext as _
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade

# Names of a question's mapping that every kind shares; app.quizzes.domain.definition reads them.
COMMON_NAMES = frozenset({"id", "kind", "objective", "source", "max_mark"})
MOST_TYPED_CHARACTERS = 200
_ANSWER_FIELD = re.compile(r"a[0-9]*")

Form = Mapping[str, Sequence[str]]


class BadResponseError(InvalidInputError):
    """What was posted is no response to this question; what was saved before still counts."""


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question as read from its file: three JSON values that are stored apart."""

    kind: str
    content: dict[str, Any]
    key: dict[str, Any]
    feedback: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One part of a graded response: ``chosen`` by the learner, ``correct`` by the key."""

    text: str
    chosen: bool
    correct: bool


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What is shown of a question once its key may be seen.

    ``feedback``: sentences on what was chosen; ``right_answer``: the key in words, line by line;
    ``key_is_in_rows``: the rows mark every right answer, so that the page need not repeat it.
    """

    prompt: str
    rows: tuple[ReviewRow, ...]
    feedback: tuple[str, ...]
    right_answer: tuple[str, ...]
    key_is_in_rows: bool
    explanation: str


class QuestionView(Protocol):
    """What every kind's page gets at least: the question and how it is answered."""

    @property
    def prompt(self) -> str:
        """Return the text of the question."""

    @property
    def hint(self) -> str:
        """Return one sentence on how to answer."""


class Kind(Protocol):
    """A kind of question.

    A *response* is plain JSON in the stored (original) positions; None means not answered. An
    *arrangement* lists original positions in the order shown. A *token*, the value of a posted
    field, is a shown position, so that it says nothing about the original one.
    """

    @property
    def name(self) -> str:
        """Return the word for the kind in files and tables."""

    @property
    def template(self) -> str:
        """Return the template that asks it; it gets ``q.view`` and ``q.number``."""

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question described in a course file.

        :raises DefinitionError: with every fault and what to do about it
        """

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return the order shown in one attempt.

        Whatever order could betray the key is drawn always, also when the quiz keeps its
        questions in the author's order.
        """

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[Any], form: Form) -> Any:
        """Return the response that was posted, None when it was left empty.

        :raises BadResponseError: for a token that was not shown or a field missing or too many
        """

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return the fraction, 0…1, and the outcome of a response."""

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[Any], response: Any
    ) -> QuestionView:
        """Return what the learner's page shows; it has no field for the key."""

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[Any],
        response: Any,
    ) -> ReviewView:
        """Return the response beside the key, for those who may see it."""

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the response in words, alike for alike responses; empty when not answered."""


def read_prompt(fields: Fields) -> dict[str, Any]:
    """Take the text that every question has."""
    return {"text": fields.text("text", most=2000)}


def read_explanation(fields: Fields) -> dict[str, Any]:
    """Take the explanation that is shown after grading, whatever the response."""
    return {"explanation": fields.text("explanation", is_required=False, most=2000)}


def drawn_order(size: int, rng: Random) -> list[int]:
    """Return the positions 0…size−1 in an order drawn from all with equal chance."""
    return rng.sample(range(size), size)


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
