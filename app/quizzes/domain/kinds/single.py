"""One choice out of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
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
from app.quizzes.domain.kinds.posting import BadResponseError, Form
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade


class Single:
    """Exactly one choice is correct.

    Response: the original position of the chosen one. Grade: 1 or 0.
    """

    name = "single"
    has_course_words = True
    template = "quizzes/kinds/single.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question; exactly one choice has ``correct: true``."""
        fields = Fields(data, ignored=COMMON_NAMES)
        question = read_choices(self.name, fields)
        if question.content["choices"] and len(question.key["right"]) != 1:
            fields.fault(_("Câu một đáp án cần đúng một phương án có correct: true."), "choices")
        fields.finish()
        return question

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return the choices in a drawn order."""
        return arrange_choices(content, rng)

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[int], form: Form) -> Any:
        """Return the original position of the choice posted, None without one."""
        chosen = chosen_positions(arrangement, form)
        if len(chosen) > 1:
            raise BadResponseError(_("Câu này chỉ chọn một đáp án. Hãy chọn lại."))
        return chosen[0] if chosen else None

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return 1 for the correct choice, else 0."""
        if response is None:
            return Grade.unanswered()
        return Grade.of(Decimal(response in key["right"]))

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[int], response: Any
    ) -> ChoicesView:
        """Return the choices in the order shown."""
        return present_choices(content, arrangement, _chosen(response), _("Chọn một đáp án."))

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[int],
        response: Any,
    ) -> ReviewView:
        """Return the choices with the chosen and the correct one marked."""
        return review_choices(content, key, feedback, arrangement, _chosen(response))

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the text of the chosen one."""
        return "" if response is None else str(content["choices"][response])


def _chosen(response: Any) -> list[int]:
    return [] if response is None else [response]
