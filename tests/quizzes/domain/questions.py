"""Questions of every kind: one example each, any question, any response, and a browser's post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st

from app.core.text import clean_line
from app.quizzes.domain.kinds.choices import ChoicesView
from app.quizzes.domain.kinds.kind import Kind, ReadQuestion
from app.quizzes.domain.kinds.matching import MatchingView
from app.quizzes.domain.kinds.ordering import OrderingView
from app.quizzes.domain.kinds.registry import KINDS

# Stands in every key and feedback text of the examples, and nowhere in their content.
CANARY = "chim-hoàng-yến"

EXAMPLES: Mapping[str, dict[str, Any]] = {
    "single": {
        "text": "Văn bản nào ra đời trước?",
        "choices": [
            {"text": "Quyết định 407", "correct": True, "feedback": CANARY},
            {"text": "Chỉ thị 07", "feedback": CANARY},
            {"text": "Kế hoạch 496", "feedback": CANARY},
            {"text": "Kế hoạch 300", "feedback": CANARY},
        ],
        "explanation": CANARY,
    },
    "multiple": {
        "text": "Cần kiểm tra điểm nào?",
        "choices": [
            {"text": "Hiệu lực", "correct": True, "feedback": CANARY},
            {"text": "Cơ quan thực hiện", "correct": True, "feedback": CANARY},
            {"text": "Số trang", "feedback": CANARY},
            {"text": "Thời hạn", "correct": True, "feedback": CANARY},
            {"text": "Số tin đã đăng"},
        ],
        "explanation": CANARY,
    },
    "true_false": {
        "text": "Báo chí là một kênh thực hiện.",
        "answer": True,
        "feedback": {"true": CANARY, "false": CANARY},
        "explanation": CANARY,
    },
    "matching": {
        "text": "Ghép văn bản với cơ quan ban hành.",
        "pairs": [
            {"left": "Quyết định 407", "right": "Thủ tướng Chính phủ"},
            {"left": "Chỉ thị 07", "right": "Thủ tướng Chính phủ"},
            {"left": "Kế hoạch 496", "right": "UBND tỉnh"},
        ],
        "distractors": ["Quốc hội"],
        "explanation": CANARY,
    },
    "ordering": {
        "text": "Xếp các khâu theo thứ tự.",
        "items": ["Hoạch định", "Xây dựng", "Hoàn thiện", "Ban hành"],
        "explanation": CANARY,
    },
    "short_answer": {
        "text": "Viết tắt của thông tin cơ sở là gì?",
        "accept": [CANARY, "TTCS"],
        "explanation": CANARY,
    },
    "numeric": {
        "text": "Có bao nhiêu học viên?",
        "answer": 7319,
        "tolerance": 0.5,
        "unit": "học viên",
        "explanation": CANARY,
    },
}

LETTERS = "aăâbcdđeêghikmnoôơpqrstuưvxyáàảãạấầậếệứừựỳỵ BĐHN019 .,-<&*'\"%\u00a0\u0301"
line = st.builds(
    lambda first, rest: clean_line(first + rest),
    st.sampled_from("abđcxé7*<"),
    st.text(LETTERS, max_size=12),
)
sizes = st.integers(6, 9)
FOUR_DIGITS = 9999


@dataclass(frozen=True)
class Asked:
    """A question of some kind, one arrangement of it, and what may happen to it."""

    kind: Kind
    question: ReadQuestion
    arrangement: list[Any]
    response: Any

    @property
    def content(self) -> dict[str, Any]:
        return self.question.content

    @property
    def right(self) -> Any:
        """Return the response that the key asks for."""
        return right_response(self.question)

    def fraction(self, response: Any) -> float:
        return float(self.kind.grade(self.content, self.question.key, response).fraction)

    def review(self, response: Any):
        question = self.question
        return self.kind.review(
            question.content, question.key, question.feedback, self.arrangement, response
        )


def read_example(name: str, **changes: Any) -> ReadQuestion:
    return KINDS[name].read({**EXAMPLES[name], **changes})


def right_response(question: ReadQuestion) -> Any:  # noqa: PLR0911 a row for each kind
    key = question.key
    match question.kind:
        case "single":
            return key["right"][0]
        case "multiple":
            return key["right"]
        case "true_false":
            return key["answer"]
        case "matching":
            return key["rights"]
        case "ordering":
            return [key["order"].index(item) for item in range(len(key["order"]))]
        case "short_answer":
            return key["accept"][0]
        case _:
            return key["answer"].replace(".", ",")


def post(view: Any) -> dict[str, list[str]]:
    """Return what a browser would post from the page of this view, left as it was shown."""
    match view:
        case ChoicesView():
            chosen = [each.token for each in view.options if each.chosen]
            return {"a": chosen} if chosen else {}
        case MatchingView():
            return {row.name: [row.chosen or ""] for row in view.rows}
        case OrderingView():
            return {item.name: [str(item.position or "")] for item in view.items}
        case _:
            return {"a": [view.value]}


@st.composite
def definitions(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw a question of this kind as an author might write it."""
    data: dict[str, Any] = {"text": draw(line), "explanation": draw(st.none() | line)}
    texts = [f"{each}{draw(line)}" for each in draw(st.permutations(range(3, draw(sizes))))]
    match name:
        case "single" | "multiple":
            most = 1 if name == "single" else len(texts) - 1
            places = st.integers(0, len(texts) - 1)
            right = draw(st.sets(places, min_size=1, max_size=most))
            data["choices"] = [
                {"text": text, "correct": place in right} for place, text in enumerate(texts)
            ]
        case "true_false":
            data["answer"] = draw(st.booleans())
        case "matching":
            size = draw(st.integers(2, len(texts)))
            data["pairs"] = [
                {"left": f"{place} {draw(line)}", "right": text}
                for place, text in enumerate(texts[:size])
            ]
            data["distractors"] = texts[size:]
        case "ordering":
            data["items"] = texts
        case "short_answer":
            data["accept"] = texts
            data["ignore_tone_marks"] = draw(st.booleans())
        case _:
            data["answer"] = draw(st.integers(0, 999) | st.floats(0.5, 999).map(_short))
            data["tolerance"] = draw(st.sampled_from([0, 0.5, 3]))
    return data


def _short(number: float) -> float:
    return round(number, 2)


@st.composite
def responses(draw: st.DrawFn, question: ReadQuestion) -> Any:
    """Draw an answer to the question, never None."""
    content = question.content
    match question.kind:
        case "single":
            return draw(st.integers(0, len(content["choices"]) - 1))
        case "multiple":
            places = st.integers(0, len(content["choices"]) - 1)
            return sorted(draw(st.sets(places, min_size=1)))
        case "true_false":
            return draw(st.booleans())
        case "matching" | "ordering":
            rows = content["lefts" if question.kind == "matching" else "items"]
            values = content["rights" if question.kind == "matching" else "items"]
            one = st.none() | st.integers(0, len(values) - 1)
            row = draw(st.lists(one, min_size=len(rows), max_size=len(rows)))
            return row if any(value is not None for value in row) else [0, *row[1:]]
        case "short_answer":
            return draw(line)
        case _:
            return str(draw(st.integers(-FOUR_DIGITS, FOUR_DIGITS)))


@st.composite
def asked(draw: st.DrawFn, *names: str) -> Asked:
    """Draw a question of one of the kinds named (any kind without), arranged and answered."""
    name = draw(st.sampled_from(names or list(KINDS)))
    kind = KINDS[name]
    question = kind.read(draw(definitions(name)))
    arrangement = kind.arrange(question.content, Random(draw(st.integers(0, 2**32))))
    return Asked(kind, question, arrangement, draw(responses(question)))
