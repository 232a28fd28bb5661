"""What questions with listed choices have in common: their reading, their order and their page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from app.core.i18n import gettext as _
from app.quizzes.domain.kinds.kind import (
    ReadQuestion,
    ReviewRow,
    ReviewView,
    drawn_order,
    read_explanation,
    read_prompt,
)
from app.quizzes.domain.kinds.posting import Form, posted_values, shown_position
from app.quizzes.domain.kinds.reading import Fields

MOST_CHOICES = 20


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as shown: ``token`` is posted when it is chosen."""

    token: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoicesView:
    """A question and its choices in the order shown."""

    prompt: str
    hint: str
    options: tuple[Option, ...]


def read_choices(kind: str, fields: Fields) -> ReadQuestion:
    """Take prompt, choices, explanation and, per choice, whether it is correct and its feedback.

    Choices stay in the author's order, in which the correct one often comes first; therefore the
    order shown is always drawn.
    """
    prompt = read_prompt(fields)
    parts = fields.parts("choices", least=2, most=MOST_CHOICES)
    texts = [part.text("text") for part in parts]
    right = [place for place, part in enumerate(parts) if part.flag("correct", default=False)]
    feedback = [part.text("feedback", is_required=False, most=1000) for part in parts]
    fields.adopt_parts(parts)
    fields.refuse_doubles("choices", texts, "text")
    return ReadQuestion(
        kind=kind,
        content={**prompt, "choices": texts},
        key={"right": right},
        feedback={**read_explanation(fields), "choices": feedback},
    )


def arrange_choices(content: Mapping[str, Any], rng: Random) -> list[int]:
    """Return the choices in an order drawn for this attempt."""
    return drawn_order(len(content["choices"]), rng)


def chosen_positions(arrangement: Sequence[int], form: Form) -> list[int]:
    """Return the original positions of the choices posted, ascending, each once.

    :raises BadResponseError: for a choice that was not shown
    """
    tokens = posted_values(form, "a")
    return sorted({arrangement[shown_position(token, len(arrangement))] for token in tokens})


def present_choices(
    content: Mapping[str, Any], arrangement: Sequence[int], chosen: Collection[int], hint: str
) -> ChoicesView:
    """Return the choices in the order shown."""
    texts = content["choices"]
    return ChoicesView(
        content["text"],
        hint,
        tuple(
            Option(str(shown), texts[place], place in chosen)
            for shown, place in enumerate(arrangement)
        ),
    )


def review_choices(
    content: Mapping[str, Any],
    key: Mapping[str, Any],
    feedback: Mapping[str, Any],
    arrangement: Sequence[int],
    chosen: Collection[int],
) -> ReviewView:
    """Return the choices in the order shown, with the feedback on those chosen."""
    texts, right, said = content["choices"], key["right"], feedback["choices"]
    return ReviewView(
        prompt=content["text"],
        rows=tuple(
            ReviewRow(texts[place], place in chosen, place in right) for place in arrangement
        ),
        feedback=tuple(
            _("“%(choice)s”: %(feedback)s", choice=texts[place], feedback=said[place])
            for place in arrangement
            if place in chosen and said[place]
        ),
        right_answer=tuple(texts[place] for place in arrangement if place in right),
        key_is_in_rows=True,
        explanation=feedback["explanation"],
    )
