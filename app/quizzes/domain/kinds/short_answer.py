"""A word or a few, typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

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
from app.quizzes.domain.kinds.posting import MOST_TYPED_CHARACTERS, Form, posted_line
from app.quizzes.domain.kinds.reading import Fields
from app.quizzes.domain.marks import Grade

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class TypedView:
    """A question with one input; ``label`` stands over it, ``value`` is what was typed."""

    prompt: str
    hint: str
    label: str
    value: str


class ShortAnswer:
    """One of several accepted texts is typed; letter case and spacing do not count.

    There are no patterns: ``*`` in an accepted text is a star. With ``ignore_tone_marks`` tone and
    letter marks do not count either (“bỏ dấu”, đ as d). Response: the text as typed, NFC. Grade:
    1 or 0.
    """

    name = "short_answer"
    has_course_words = True
    template = "quizzes/kinds/short_answer.html"

    def read(self, data: Mapping[str, Any]) -> ReadQuestion:
        """Return the question; the first text of ``accept`` is shown as the right one later."""
        fields = Fields(data, ignored=COMMON_NAMES)
        prompt = read_prompt(fields)
        accept = fields.texts("accept", least=1, most=50, length=MOST_TYPED_CHARACTERS)
        ignores = fields.flag("ignore_tone_marks", default=False)
        explanation = read_explanation(fields)
        fields.finish()
        return ReadQuestion(
            self.name, {**prompt, "ignore_tone_marks": ignores}, {"accept": accept}, explanation
        )

    def arrange(self, content: Mapping[str, Any], rng: Random) -> list[Any]:
        """Return nothing: there is nothing to order."""
        return []

    def parse(self, content: Mapping[str, Any], arrangement: Sequence[Any], form: Form) -> Any:
        """Return the text typed, None when it is empty."""
        return clean_line(posted_line(form)) or None

    def grade(self, content: Mapping[str, Any], key: Mapping[str, Any], response: Any) -> Grade:
        """Return 1 for an accepted text, else 0."""
        if response is None:
            return Grade.unanswered()
        ignores = content["ignore_tone_marks"]
        typed = _compared(response, ignore_marks=ignores)
        return Grade.of(
            Decimal(any(typed == _compared(each, ignore_marks=ignores) for each in key["accept"]))
        )

    def present(
        self, content: Mapping[str, Any], arrangement: Sequence[Any], response: Any
    ) -> TypedView:
        """Return the input with what was typed."""
        hint = (
            _("Trả lời ngắn gọn, gõ không dấu cũng được.")
            if content["ignore_tone_marks"]
            else _("Trả lời ngắn gọn, gõ có dấu.")
        )
        return TypedView(content["text"], hint, _("Câu trả lời"), response or "")

    def review(
        self,
        content: Mapping[str, Any],
        key: Mapping[str, Any],
        feedback: Mapping[str, Any],
        arrangement: Sequence[Any],
        response: Any,
    ) -> ReviewView:
        """Return what was typed and the first accepted text."""
        is_right = self.grade(content, key, response).fraction == 1
        return ReviewView(
            prompt=content["text"],
            rows=() if response is None else (ReviewRow(response, chosen=True, correct=is_right),),
            feedback=(),
            right_answer=(key["accept"][0],),
            key_is_in_rows=False,
            explanation=feedback["explanation"],
        )

    def restate(self, content: Mapping[str, Any], response: Any) -> str:
        """Return what was typed, small letters, so that like responses are counted together."""
        return "" if response is None else clean_line(response).lower()


def _compared(text: str, *, ignore_marks: bool) -> str:
    """Return the form in which two texts are compared.

    Without “bỏ dấu” a tone mark counts by syllable, not by letter: “hoá” and “hóa”, “thuỷ” and
    “thủy” are two ways of spelling one word, and which one a learner gets is the keyboard's choice.
    """
    if ignore_marks:
        return fold(text)
    return " ".join(_tone_last(word) for word in clean_line(text).casefold().split())


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = [each for each in letters if each in _TONES]
    bare = "".join(each for each in letters if each not in _TONES)
    return unicodedata.normalize("NFC", bare) + "".join(tones)
