"""Left sides to be paired with right sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from app.core.i18n import gettext as _
from app.quizzes.domain.kinds.kind import (
    COMMON_NAMES,
    ReadQuestion,
    ReviewRow,
    ReviewView,
    drawn_order,
    read_explanation,
    read_prompt,
)
from app.quizzes.domain.kinds.posting import Form, posted_row, shown_position
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade

MOST_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One left side: ``name`` of its field, ``chosen`` the token of its right side or None."""

    name: str
    text: str
    chosen: str | None


@dataclass(frozen=True, slots=True)
class MatchingView:
    """The left sides in the author's order; ``choices`` are (token, right side) as shown."""

    prompt: str
    hint: str
    rows: tuple[Row, ...]
    choices: tuple[tuple[str, str], ...]


class Matching:
    """Each left side has one right side; a right side may serve several or, a distractor, none.

    Right sides are stored sorted, distractors among them, so that their order tells nothing.
    Response: for each left side the original position of its right side, or None. Grade: the
    share of left sides with the correct right side.
    """

    name = "matching"
    has_course_words = True
    template = "quizzes/kinds/matching.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question made of ``pairs`` and, as they like, ``distractors``."""
        fields = Fields(data, ignored=COMMON_NAMES)
        prompt = read_prompt(fields)
        parts = fields.parts("pairs", least=2, most=MOST_PAIRS)
        lefts = [part.text("left") for part in parts]
        rights = [part.text("right") for part in parts]
        fields.adopt_parts(parts)
        fields.refuse_doubles("pairs", lefts, "left")
        distractors = fields.texts("distractors", least=0, most=MOST_PAIRS)
        for place, text in enumerate(distractors):
            if text in rights:
                fields.fault(_("Mục này đã là vế phải của một cặp: bỏ đi."), "distractors", place)
        choices = sorted({*rights, *distractors})
        if len(lefts) >= 2 and len(choices) < 2:
            fields.fault(_("Cần ít nhất hai vế phải khác nhau."), "pairs")
        explanation = read_explanation(fields)
        fields.finish()
        return ReadQuestion(
            self.name,
            {**prompt, "lefts": lefts, "rights": choices},
            {"rights": [choices.index(right) for right in rights]},
            explanation,
        )

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return the right sides in a drawn order."""
        return drawn_order(len(content["rights"]), rng)

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[int], form: Form) -> Any:
        """Return the original right side for each left side, None when all are left open."""
        tokens = posted_row(form, len(content["lefts"]))
        response = [
            arrangement[shown_position(token, len(arrangement))] if token else None
            for token in tokens
        ]
        return None if all(each is None for each in response) else response

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return the share of correct pairs."""
        if response is None:
            return Grade.unanswered()
        right = sum(
            chosen == correct for chosen, correct in zip(response, key["rights"], strict=True)
        )
        return Grade.of(Decimal(right) / len(content["lefts"]))

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[int], response: Any
    ) -> MatchingView:
        """Return the left sides, each with all right sides to choose from."""
        shown = {place: str(number) for number, place in enumerate(arrangement)}
        return MatchingView(
            content["text"],
            _("Mỗi dòng chọn một mục phù hợp."),
            tuple(
                Row(f"a{number}", left, None if chosen is None else shown[chosen])
                for number, (left, chosen) in enumerate(_pairs(content, response))
            ),
            tuple((shown[place], content["rights"][place]) for place in arrangement),
        )

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[int],
        response: Any,
    ) -> ReviewView:
        """Return the learner's pairs, each right or not, then all correct pairs."""
        rights = content["rights"]
        pairs = zip(_pairs(content, response), key["rights"], strict=True)
        return ReviewView(
            prompt=content["text"],
            rows=tuple(
                ReviewRow(_pair(left, rights, chosen), chosen is not None, chosen == correct)
                for (left, chosen), correct in pairs
            ),
            feedback=(),
            right_answer=tuple(
                _pair(left, rights, correct)
                for left, correct in zip(content["lefts"], key["rights"], strict=True)
            ),
            key_is_in_rows=False,
            explanation=feedback["explanation"],
        )

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the pairs in the author's order of left sides."""
        if response is None:
            return ""
        return "; ".join(
            _pair(left, content["rights"], chosen) for left, chosen in _pairs(content, response)
        )


def _pairs(content: Mapping[str, Any], response: Any) -> list[tuple[str, int | None]]:
    lefts = content["lefts"]
    return list(zip(lefts, response or [None] * len(lefts), strict=True))


def _pair(left: str, rights: Sequence[str], chosen: int | None) -> str:
    return f"{left} → {_('(bỏ trống)') if chosen is None else rights[chosen]}"
