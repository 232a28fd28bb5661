"""Fractions and max marks → marks → the grade of a quiz.

Words (Moodle's question engine): *fraction* 0…1 for one question, *mark* = fraction × max mark,
*grade* is what the quiz reports.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_MARK_STEP = Decimal("0.01")
_FRACTION_STEP = Decimal("0.00001")


class Outcome(enum.StrEnum):
    """How a graded response stands, in one word."""

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Grade:
    """What a kind of question says of one response: ``fraction`` 0…1 and the outcome."""

    fraction: Decimal
    outcome: Outcome

    @classmethod
    def of(cls, fraction: Decimal) -> Grade:
        """Return the grade of a fraction, held within 0…1 and rounded to five places."""
        held = min(max(fraction, Decimal(0)), Decimal(1)).quantize(_FRACTION_STEP, ROUND_HALF_UP)
        if held == 1:
            return cls(held, Outcome.RIGHT)
        return cls(held, Outcome.PARTIAL if held > 0 else Outcome.WRONG)

    @classmethod
    def unanswered(cls) -> Grade:
        """Return the grade of a question without a response."""
        return cls(Decimal(0).quantize(_FRACTION_STEP), Outcome.UNANSWERED)


def mark(fraction: Decimal, max_mark: Decimal) -> Decimal:
    """Return fraction × max mark, rounded half up to hundredths."""
    return (fraction * max_mark).quantize(_MARK_STEP, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class QuizGrade:
    """The sum of an attempt: ``mark`` of ``max_mark``, and their ratio 0…1."""

    mark: Decimal
    max_mark: Decimal
    fraction: Decimal

    def is_passed(self, pass_fraction: Decimal) -> bool:
        """Say whether the grade reaches the pass mark."""
        return self.fraction >= pass_fraction


def quiz_grade(slots: Iterable[tuple[Decimal, Decimal]]) -> QuizGrade:
    """Return the grade of an attempt from (fraction, max mark) of each slot."""
    pairs = list(slots)
    total = sum((mark(fraction, most) for fraction, most in pairs), Decimal(0))
    most = sum((each for _, each in pairs), Decimal(0))
    ratio = total / most if most else Decimal(0)
    return QuizGrade(
        total.quantize(_MARK_STEP),
        most.quantize(_MARK_STEP),
        ratio.quantize(_FRACTION_STEP, ROUND_HALF_UP),
    )
