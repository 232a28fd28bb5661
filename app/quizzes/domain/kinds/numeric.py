"""A number, typed the Vietnamese or the English way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from app.core.i18n import Language, language
from app.core.i18n import gettext as _
from app.core.text import clean_line, fold
from app.quizzes.domain.kinds.kind import (
    COMMON_NAMES,
    ReadQuestion,
    ReviewRow,
    ReviewView,
    read_explanation,
    read_prompt,
)
from app.quizzes.domain.kinds.posting import BadResponseError, Form, posted_line
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.kinds.short_answer import TypedView
from app.quizzes.domain.marks import Grade

_SPLIT = re.compile(r"([+−–-]?) ?((?:[0-9., ]*[0-9])|)(.*)")
# Whole and decimal part, tried in this order.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?",  # 1.234 · 1.234.567,8
        r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)",  # 1,234.5
        r"([1-9][0-9]{0,2}(?:,[0-9]{3}){2,})()",  # 1,234,567
        r"([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?",  # 1 234 567,8
        r"([0-9]+)(?:[.,]([0-9]+))?",  # 70 · 3,14 · 3.14 · 0.125 · 1234.567
        r"()[.,]([0-9]+)",  # ,5
    )
)


class Numeric:
    """A number within a tolerance, the ends included; the unit may be typed or not.

    Response: the text as typed, so that it can be graded again. Grade: 1 or 0.
    """

    name = "numeric"
    has_course_words = False
    template = "quizzes/kinds/numeric.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question; ``tolerance`` is 0 unless given, in the unit of the answer."""
        fields = Fields(data, ignored=COMMON_NAMES)
        prompt = read_prompt(fields)
        answer = fields.number("answer")
        tolerance = fields.number("tolerance", default=Decimal(0))
        if tolerance < 0:
            fields.fault(_("Sai số cho phép không được âm."), "tolerance")
        unit = fields.text("unit", is_required=False, most=40)
        if unit and re.match(r"[0-9.,]", unit):
            fields.fault(_("Đơn vị không bắt đầu bằng chữ số, dấu chấm hay dấu phẩy."), "unit")
        explanation = read_explanation(fields)
        fields.finish()
        return ReadQuestion(
            self.name,
            {**prompt, "unit": unit},
            {"answer": f"{answer:f}", "tolerance": f"{tolerance:f}"},
            explanation,
        )

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return nothing: there is nothing to order."""
        return []

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[Any], form: Form) -> Any:
        """Return the text typed if it reads as a number, None when it is empty.

        :raises BadResponseError: when it is no number or has another unit
        """
        typed = clean_line(posted_line(form))
        if not typed:
            return None
        if read_number(typed, content["unit"]) is None:
            raise BadResponseError(_not_a_number(content["unit"]))
        return typed

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return 1 within the tolerance, else 0."""
        if response is None:
            return Grade.unanswered()
        number = read_number(response, content["unit"])
        answer, tolerance = Decimal(key["answer"]), Decimal(key["tolerance"])
        is_right = number is not None and answer - tolerance <= number <= answer + tolerance
        return Grade.of(Decimal(is_right))

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[Any], response: Any
    ) -> TypedView:
        """Return the input with what was typed."""
        unit = content["unit"]
        label = _("Câu trả lời (%(unit)s)", unit=unit) if unit else _("Câu trả lời")
        hint = _("Ghi một số, ví dụ 1.250 hoặc 3,5.")
        return TypedView(content["text"], hint, label, response or "")

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[Any],
        response: Any,
    ) -> ReviewView:
        """Return the number as it was understood, and the right one with its tolerance."""
        is_right = self.grade(content, key, response).fraction == 1
        row = ReviewRow(self._understood(content, response), chosen=True, correct=is_right)
        right = _with_unit(number_text(Decimal(key["answer"])), content["unit"])
        tolerance = Decimal(key["tolerance"])
        if tolerance:
            right = _(
                "%(number)s (cho phép lệch %(tolerance)s)",
                number=right,
                tolerance=number_text(tolerance),
            )
        return ReviewView(
            prompt=content["text"],
            rows=() if response is None else (row,),
            feedback=(),
            right_answer=(right,),
            key_is_in_rows=False,
            explanation=feedback["explanation"],
        )

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the number as it was understood, so that 3,50 and 3.5 are counted together."""
        number = None if response is None else read_number(response, content["unit"])
        return "" if number is None else _with_unit(number_text(number), content["unit"])

    def _understood(self, content: Mapping[str, Any], response: Any) -> str:
        """Return what was typed and, where it could be read in two ways, how it was read."""
        understood = self.restate(content, response)
        if response in {None, understood, understood.removesuffix(content["unit"]).strip()}:
            return response or ""
        return _("%(typed)s (hiểu là %(number)s)", typed=response, number=understood)


def read_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number that a person typed, None when it is none.

    Comma and point may both be there: the last one is the decimal mark. A comma alone is a decimal
    mark (3,14; 1,234 is a little more than one), several are thousands marks. A point alone is a
    thousands mark when it stands before exactly three digits and after one to three that do not
    begin with 0: “1.234” is one thousand two hundred and thirty-four, as in every Vietnamese
    official paper, although an English reader means 1.234; else it is a decimal mark (3.14; 0.125).
    Spaces may mark thousands. The minus may be a hyphen, U+2212 or an en dash. What follows the
    number must be the unit, tone marks and letter case aside, or nothing.
    """
    sign, digits, rest = _SPLIT.fullmatch(clean_line(text)).groups()  # type: ignore[union-attr]
    if fold(rest) not in {"", fold(unit)}:
        return None
    for form in _FORMS:
        if found := form.fullmatch(digits):
            whole = re.sub("[., ]", "", found[1])
            number = Decimal(f"{whole or 0}.{found[2] or 0}")
            return number if sign in {"", "+"} else -number
    return None


def number_text(number: Decimal) -> str:
    """Return the number without thousands marks, with the reader's decimal mark."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() is Language.VIETNAMESE else text


def _with_unit(number: str, unit: str) -> str:
    return f"{number} {unit}" if unit else number


def _not_a_number(unit: str) -> str:
    if unit:
        return _("Chỉ ghi một số, ví dụ 1.250 hoặc 3,5; đơn vị là %(unit)s.", unit=unit)
    return _("Chỉ ghi một số, ví dụ 1.250 hoặc 3,5.")
