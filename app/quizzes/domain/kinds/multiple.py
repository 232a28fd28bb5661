"""Any number of choices out of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from app.core.i18n import gettext as _
from app.quizzes.domain.kinds.choices import (
    ChoicesView,
    arrange_choices,
    chosen_positions,
    present_choices,
    read_choices,
    review_choices,
)
from app.quizzes.domain.kinds.kind import COMMON_NAMES, ReadQuestion, ReviewView
from app.quizzes.domain.kinds.posting import Form
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade


class Multiple:
    """One or more choices are correct, and at least one is not.

    Response: the original positions chosen, ascending. Grade: 1/right for each correct choice,
    less 1/wrong for each wrong one, not below 0; so choosing everything and choosing nothing
    earn the same, and only exactly the correct ones earn 1.
    """

    name = "multiple"
    has_course_words = True
    template = "quizzes/kinds/multiple.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question; some choices, but not all, have ``correct: true``."""
        fields = Fields(data, ignored=COMMON_NAMES)
        question = read_choices(self.name, fields)
        count = len(question.content["choices"])
        if count and not question.key["right"]:
            fields.fault(_("Cần ít nhất một phương án có correct: true."), "choices")
        elif count and len(question.key["right"]) == count:
            fields.fault(
                _("Cần ít nhất một phương án sai, nếu không thì chọn hết là đúng."), "choices"
            )
        fields.finish()
        return question

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return the choices in a drawn order."""
        return arrange_choices(content, rng)

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[int], form: Form) -> Any:
        """Return the original positions of the choices posted, None without any."""
        return chosen_positions(arrangement, form) or None

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return the share of correct choices less the share of wrong ones, at least 0."""
        if response is None:
            return Grade.unanswered()
        right = set(key["right"])
        hits = len(right.intersection(response))
        share = Fraction(hits, len(right)) - Fraction(
            len(response) - hits, len(content["choices"]) - len(right)
        )
        return Grade.of(Decimal(share.numerator) / Decimal(share.denominator))

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[int], response: Any
    ) -> ChoicesView:
        """Return the choices in the order shown."""
        hint = _("Có thể chọn nhiều đáp án. Chọn sai bị trừ điểm trong câu.")
        return present_choices(content, arrangement, response or (), hint)

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[int],
        response: Any,
    ) -> ReviewView:
        """Return the choices with the chosen and the correct ones marked."""
        return review_choices(content, key, feedback, arrangement, response or ())

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the chosen texts in the author's order."""
        return "; ".join(content["choices"][place] for place in response or ())
