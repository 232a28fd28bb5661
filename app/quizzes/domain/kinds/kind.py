"""What every kind of question can do, and the plain values that pass through it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

from app.quizzes.domain.kinds.posting import Form
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade

# Names of a question's mapping that every kind shares; app.quizzes.domain.definition reads them.
COMMON_NAMES = frozenset({"id", "kind", "objective", "source", "max_mark"})


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
    def has_course_words(self) -> bool:
        """Say whether the answers are words of the course, rather than ours or numbers."""

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
