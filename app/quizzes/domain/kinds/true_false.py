"""A statement to be judged true or false."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from app.core.i18n import gettext as _
from app.quizzes.domain.kinds.choices import ChoicesView, Option
from app.quizzes.domain.kinds.kind import (
    COMMON_NAMES,
    ReadQuestion,
    ReviewRow,
    ReviewView,
    read_explanation,
    read_prompt,
)
from app.quizzes.domain.kinds.posting import BadResponseError, Form, posted_values, shown_position
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade

_SHOWN = (True, False)


class TrueFalse:
    """A statement that is right or not; always shown as “Đúng”, then “Sai”.

    Response: true or false. Grade: 1 or 0.
    """

    name = "true_false"
    has_course_words = False
    template = "quizzes/kinds/single.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question; feedback under "true" is for those who chose true."""
        fields = Fields(data, ignored=COMMON_NAMES)
        content = read_prompt(fields)
        answer = fields.flag("answer")
        feedback = self._read_feedback(fields)
        explanation = read_explanation(fields)
        fields.finish()
        return ReadQuestion(self.name, content, {"answer": answer}, {**explanation, **feedback})

    def _read_feedback(self, fields: Fields) -> dict[str, Any]:
        """Take the two sentences; YAML reads an unquoted ``true:`` as a truth value, not a word."""
        data = fields.get("feedback")
        if data is None:
            return {"true": "", "false": ""}
        if isinstance(data, Mapping):
            data = {
                str(name).lower() if isinstance(name, bool) else name: value
                for name, value in data.items()
            }
        part = Fields(data, ("feedback",))
        said = {name: part.text(name, is_required=False, most=1000) for name in ("true", "false")}
        fields.adopt_parts([part])
        return said

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return nothing: the two answers always stand in the same order."""
        return []

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[Any], form: Form) -> Any:
        """Return true, false, or None without a choice."""
        tokens = posted_values(form, "a")
        if len(tokens) > 1:
            raise BadResponseError(_("Câu này chỉ chọn một đáp án. Hãy chọn lại."))
        return _SHOWN[shown_position(tokens[0], len(_SHOWN))] if tokens else None

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return 1 for the right judgement, else 0."""
        if response is None:
            return Grade.unanswered()
        return Grade.of(Decimal(response is key["answer"]))

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[Any], response: Any
    ) -> ChoicesView:
        """Return the statement with its two answers."""
        return ChoicesView(
            content["text"],
            _("Chọn Đúng hoặc Sai."),
            tuple(
                Option(str(shown), _word(answer=answer), response is answer)
                for shown, answer in enumerate(_SHOWN)
            ),
        )

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[Any],
        response: Any,
    ) -> ReviewView:
        """Return the two answers with the chosen and the correct one marked."""
        said = "" if response is None else feedback["true" if response else "false"]
        return ReviewView(
            prompt=content["text"],
            rows=tuple(
                ReviewRow(_word(answer=answer), response is answer, key["answer"] is answer)
                for answer in _SHOWN
            ),
            feedback=(said,) if said else (),
            right_answer=(_word(answer=key["answer"]),),
            key_is_in_rows=True,
            explanation=feedback["explanation"],
        )

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return the judgement in a word."""
        return "" if response is None else _word(answer=response)


def _word(*, answer: bool) -> str:
    return _("Đúng") if answer else _("Sai")
