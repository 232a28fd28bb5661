"""Items to be put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
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

MOST_ITEMS = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One item: ``name`` of its field, ``position`` the place given to it from 1, or None."""

    name: str
    text: str
    position: int | None


@dataclass(frozen=True, slots=True)
class OrderingView:
    """The items in the order shown, each with its place."""

    prompt: str
    hint: str
    items: tuple[Item, ...]


class Ordering:
    """Items have one right order.

    Items are stored sorted by their text; the key alone holds the order. Response: for each
    stored item its place from 0, or None where it has none yet; two items may have the same place
    while the learner is still at work, and that is kept rather than refused.

    Grade: the share of neighbours kept: of the n − 1 pairs that follow each other in the key, those
    that follow each other in the response (Moodle's *relative to the next item*). A learner who
    misplaces one step of five still knows the others follow each other; counting places instead
    would give 0 when the last step is put first. Items sharing a place keep no neighbour.
    """

    name = "ordering"
    has_course_words = True
    template = "quizzes/kinds/ordering.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question; ``items`` stand in the right order in the file."""
        fields = Fields(data, ignored=COMMON_NAMES)
        prompt = read_prompt(fields)
        items = fields.texts("items", least=2, most=MOST_ITEMS)
        explanation = read_explanation(fields)
        fields.finish()
        stored = sorted(items)
        return ReadQuestion(
            self.name,
            {**prompt, "items": stored},
            {"order": [stored.index(item) for item in items]},
            explanation,
        )

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return the items in a drawn order."""
        return drawn_order(len(content["items"]), rng)

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[int], form: Form) -> Any:
        """Return each stored item's place from 0, None when no item has one.

        The field a0 belongs to the first item shown and holds its place counted from 1.
        """
        size = len(arrangement)
        places: list[int | None] = [None] * size
        for item, token in zip(arrangement, posted_row(form, size), strict=True):
            if token:
                places[item] = shown_position(token, size, first=1)
        return None if all(place is None for place in places) else places

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return the share of the key's neighbours that the response keeps."""
        if response is None:
            return Grade.unanswered()
        kept = sum(_follow(response, first, second) for first, second in pairwise(key["order"]))
        return Grade.of(Decimal(kept) / (len(key["order"]) - 1))

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[int], response: Any
    ) -> OrderingView:
        """Return the items in the order shown."""
        places = response or [None] * len(arrangement)
        return OrderingView(
            content["text"],
            _("Chọn thứ tự cho từng mục, 1 là đầu tiên."),
            tuple(
                Item(
                    f"a{number}",
                    content["items"][item],
                    None if places[item] is None else places[item] + 1,
                )
                for number, item in enumerate(arrangement)
            ),
        )

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[int],
        response: Any,
    ) -> ReviewView:
        """Return the learner's order and the right one.

        A row is correct when it follows the item that it follows in the key, as in the grade; the
        first item of the key when it stands first.
        """
        items = content["items"]
        correct = {key["order"][0]} if response and response[key["order"][0]] == 0 else set()
        correct |= {
            second for first, second in pairwise(key["order"]) if _follow(response, first, second)
        }
        return ReviewView(
            prompt=content["text"],
            rows=tuple(
                ReviewRow(f"{place + 1}. {items[item]}", chosen=True, correct=item in correct)
                for place, item in _placed(response)
            ),
            feedback=(),
            right_answer=tuple(
                f"{place}. {items[item]}" for place, item in enumerate(key["order"], start=1)
            ),
            key_is_in_rows=False,
            explanation=feedback["explanation"],
        )

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the items that have a place, in the learner's order."""
        return "; ".join(
            f"{place + 1}. {content['items'][item]}" for place, item in _placed(response)
        )


def _follow(places: Sequence[int | None] | None, first: int, second: int) -> bool:
    """Say whether ``second`` stands right behind ``first`` and neither shares its place."""
    if places is None:
        return False
    one, two = places[first], places[second]
    return one is not None and two == one + 1 and places.count(one) == 1 and places.count(two) == 1


def _placed(response: Any) -> list[tuple[int, int]]:
    """Return (place, item) of the items that have a place, by place."""
    return sorted((place, item) for item, place in enumerate(response or ()) if place is not None)
