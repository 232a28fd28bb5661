"""What a learner of the demo posts for a question: the fields of the form, right or wrong.

The fields are those a browser would send (tokens are shown positions), so that every answer goes
the way of a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any, Final

from app.quizzes.domain.kinds.numeric import number_text

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one attempt asks it, with its key; ``kind`` is the word for it in files."""

    kind: str
    content: Mapping[str, Any]
    key: Mapping[str, Any]
    arrangement: Sequence[Any]


def posted_answer(asked: Asked, mistake: Random | None) -> Fields:
    """Return the fields of the right answer.

    :param mistake: if given, a likely mistake is drawn from it and made
    """
    return _WRITERS[asked.kind](asked, mistake)


def _single(asked: Asked, mistake: Random | None) -> Fields:
    places = asked.key["right"]
    if mistake:
        wrong = _wrong_choices(asked)
        # One wrong choice tempts more people than the others.
        places = [wrong[0] if mistake.random() < 0.6 else mistake.choice(wrong)]
    return _chosen(asked, places)


def _multiple(asked: Asked, mistake: Random | None) -> Fields:
    places = list(asked.key["right"])
    if mistake and len(places) > 1 and mistake.random() < 0.5:
        places.remove(mistake.choice(places))
    elif mistake:
        places.append(mistake.choice(_wrong_choices(asked)))
    return _chosen(asked, places)


def _wrong_choices(asked: Asked) -> list[int]:
    return [each for each in range(len(asked.content["choices"])) if each not in asked.key["right"]]


def _chosen(asked: Asked, places: Sequence[int]) -> Fields:
    return {"a": [str(asked.arrangement.index(place)) for place in places]}


def _true_false(asked: Asked, mistake: Random | None) -> Fields:
    says_true = bool(asked.key["answer"]) is not bool(mistake)
    return {"a": ["0" if says_true else "1"]}


def _matching(asked: Asked, mistake: Random | None) -> Fields:
    tokens = [str(asked.arrangement.index(place)) for place in asked.key["rights"]]
    if mistake:
        one, other = mistake.sample(range(len(tokens)), 2)
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return {f"a{row}": [token] for row, token in enumerate(tokens)}


def _ordering(asked: Asked, mistake: Random | None) -> Fields:
    order = list(asked.key["order"])
    if mistake:
        place = mistake.randrange(len(order) - 1)
        order[place], order[place + 1] = order[place + 1], order[place]
    return {
        f"a{shown}": [str(order.index(item) + 1)] for shown, item in enumerate(asked.arrangement)
    }


def _short_answer(asked: Asked, mistake: Random | None) -> Fields:
    return {"a": ["chưa nhớ ra" if mistake else asked.key["accept"][0]]}


def _numeric(asked: Asked, mistake: Random | None) -> Fields:
    answer = Decimal(asked.key["answer"])
    if mistake:
        answer += Decimal(asked.key["tolerance"]) + mistake.choice((1, 10, 30))
    return {"a": [number_text(answer)]}


_WRITERS: Final[Mapping[str, Callable[[Asked, Random | None], Fields]]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "short_answer": _short_answer,
    "numeric": _numeric,
}
