"""What single responses of each kind earn, in tables."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Any

import pytest

from app.core.i18n import Language, use_language
from app.quizzes.domain.kinds.numeric import number_text, read_number
from app.quizzes.domain.kinds.registry import KINDS
from tests.quizzes.domain.questions import EXAMPLES, read_example


def fraction(name: str, response: Any, **changes: Any) -> float:
    question = read_example(name, **changes)
    return float(KINDS[name].grade(question.content, question.key, response).fraction)


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        ([0, 1, 3], 1),
        ([0, 1], 0.66667),
        ([0], 0.33333),
        ([0, 1, 2, 3], 0.5),
        ([0, 1, 2], 0.16667),
        ([0, 2], 0),
        ([2, 4], 0),
        ([0, 1, 2, 3, 4], 0),
    ],
)
def test_several_choices_earn_their_share_less_the_wrong_ones(chosen: list[int], earned: float):
    assert fraction("multiple", chosen) == earned


@pytest.mark.parametrize(
    ("order", "earned"),
    [
        ("1234", 1),
        ("4123", 0.66667),  # the last step put first: two neighbours kept
        ("2341", 0.66667),
        ("3412", 0.66667),
        ("2134", 0.33333),
        ("1324", 0),
        ("4321", 0),
    ],
)
def test_an_order_earns_the_neighbours_it_keeps(order: str, earned: float):
    question = read_example("ordering")
    response: list[int | None] = [None] * 4
    for place, step in enumerate(order):
        response[question.key["order"][int(step) - 1]] = place
    assert fraction("ordering", response) == earned


def test_items_in_the_same_place_keep_no_neighbour():
    order = read_example("ordering").key["order"]
    response = [0, 0, 0, 0]
    response[order[0]], response[order[1]] = 0, 1
    assert fraction("ordering", response) == 0


def test_a_review_of_an_order_marks_as_many_rows_as_the_grade_counts():
    kind, question = KINDS["ordering"], read_example("ordering")
    order = question.key["order"]
    response = [(order.index(item) + 1) % 4 for item in range(4)]  # the last step put first
    review = kind.review(question.content, question.key, question.feedback, [], response)
    assert [row.correct for row in review.rows] == [False, False, True, True]
    assert review.right_answer[0] == "1. Hoạch định"


def test_an_unfinished_order_is_kept_and_shown():
    kind, question = KINDS["ordering"], read_example("ordering")
    assert kind.parse(
        question.content,
        [0, 1, 2, 3],
        {
            "a0": ["2"],
            "a1": [""],
            "a2": ["2"],
            "a3": [""],
        },
    ) == [1, None, 1, None]


def test_pairs_left_open_are_said_and_earn_nothing():
    kind, question = KINDS["matching"], read_example("matching")
    response = [question.key["rights"][0], None, None]
    assert fraction("matching", response) == 0.33333
    said = kind.restate(question.content, response)
    assert said.startswith("Quyết định 407 → Thủ tướng Chính phủ; Chỉ thị 07 → (bỏ trống)")


def test_feedback_is_shown_for_what_was_chosen_only():
    kind, question = KINDS["single"], read_example("single")
    said = {**question.feedback, "choices": ["a", "b", "c", "d"]}
    review = kind.review(question.content, question.key, said, [3, 2, 1, 0], 1)
    assert review.feedback == ("“Chỉ thị 07”: b",)
    assert [row.text for row in review.rows if row.correct] == ["Quyết định 407"]


@pytest.mark.parametrize(("response", "said"), [(True, "có"), (False, "không")])
def test_a_statement_has_feedback_for_either_judgement(response: bool, said: str):
    question = read_example("true_false", feedback={True: "có", False: "không"})
    review = KINDS["true_false"].review(
        question.content, question.key, question.feedback, [], response
    )
    assert review.feedback == (said,)


def test_a_statement_may_have_no_feedback():
    question = read_example("true_false", feedback=None)
    review = KINDS["true_false"].review(question.content, question.key, question.feedback, [], True)
    assert review.feedback == ()


TYPED = [
    # accepted, typed, right with marks, right without
    ("Bắc Kạn", "Bắc Kạn", True, True),
    ("Bắc Kạn", "bắc kạn", True, True),
    ("Bắc Kạn", "BẮC KẠN", True, True),
    ("Bắc Kạn", "  bắc \u00a0 kạn ", True, True),
    ("Bắc Kạn", unicodedata.normalize("NFD", "Bắc Kạn"), True, True),
    ("Bắc Kạn", "bac kan", False, True),
    ("Bắc Kạn", "bắc kan", False, True),
    ("Bắc Kạn", "bặc kán", False, True),
    ("Bắc Kạn", "bắckạn", False, False),
    ("Bắc Kạn", "Thái Nguyên", False, False),
    ("đồng thuận", "dong thuan", False, True),
    ("đồng thuận", "đong thuan", False, True),
    ("Đồng thuận", "ĐỒNG THUẬN", True, True),
    ("khoá học", "khóa học", True, True),  # two ways of placing one tone
    ("thuỷ lợi", "thủy lợi", True, True),
    ("hoà giải", "hóa giải", False, True),
    ("mưa", "mua", False, True),
    ("496/KH-UBND", "496/kh-ubnd", True, True),
    ("văn*", "văn bản", False, False),  # a star is a star
    ("văn*", "VĂN*", True, True),
]


@pytest.mark.parametrize(("accepted", "typed", "with_marks", "without"), TYPED)
def test_a_typed_text_is_compared_as_a_reader_would(
    accepted: str, typed: str, with_marks: bool, without: bool
):
    kind = KINDS["short_answer"]
    for ignores, is_right in ((False, with_marks), (True, without)):
        question = read_example("short_answer", accept=[accepted], ignore_tone_marks=ignores)
        response = kind.parse(question.content, [], {"a": [typed]})
        assert kind.grade(question.content, question.key, response).fraction == is_right


def test_the_hint_says_whether_marks_count():
    kind = KINDS["short_answer"]
    hints = {
        kind.present(read_example("short_answer", ignore_tone_marks=each).content, [], None).hint
        for each in (True, False)
    }
    assert len(hints) == 2


def test_like_texts_are_said_alike():
    kind, content = KINDS["short_answer"], read_example("short_answer").content
    assert kind.restate(content, "Bắc  Kạn") == kind.restate(content, "bắc kạn") == "bắc kạn"


NUMBERS = [
    ("70", "70"),
    ("070", "70"),
    ("+70", "70"),
    ("-3", "-3"),
    ("−3", "-3"),  # U+2212
    ("–3", "-3"),  # en dash
    ("- 3", "-3"),
    ("3,14", "3.14"),
    ("3.14", "3.14"),
    (",5", "0.5"),
    (".5", "0.5"),
    ("0.125", "0.125"),
    ("0,125", "0.125"),
    ("1,234", "1.234"),  # one comma is a decimal mark
    ("1.234", "1234"),  # one point before three digits is a thousands mark
    ("12.345", "12345"),
    ("1234.567", "1234.567"),
    ("1.23", "1.23"),
    ("1.2345", "1.2345"),
    ("1.234,5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("1.234.567", "1234567"),
    ("1,234,567", "1234567"),
    ("1.234.567,89", "1234567.89"),
    ("1,234,567.89", "1234567.89"),
    ("1 234 567", "1234567"),
    ("1\u00a0234,5", "1234.5"),
    ("1\u202f234", "1234"),
    ("70 học viên", "70"),
    ("70 HỌC VIÊN", "70"),
    ("70 hoc vien", "70"),
    ("70học viên", "70"),
    ("1.250 học viên", "1250"),
]
NO_NUMBERS = [
    "", "-", "bảy mươi", "70 người", "7 0", "1.23.4", "1,23,4", "1.234.56", "1,234.567.8",
    "1,,2", "1..2", "3,", "3.", "--3", "1e3", "0x10", "٣", "1/2", "70 80", "học viên", "∞", "nan",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), NUMBERS)
def test_a_number_is_read_the_vietnamese_or_the_english_way(typed: str, meant: str):
    assert read_number(typed, "học viên") == Decimal(meant)


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_not_read_as_one(typed: str):
    assert read_number(typed, "học viên") is None


def test_a_per_cent_sign_is_a_unit_and_only_where_it_is_asked():
    assert read_number("100%", "%") == read_number("100 %", "%") == 100
    assert read_number("100%") is None


@pytest.mark.parametrize(
    ("typed", "earned"),
    [("10", 1), ("9,5", 1), ("10.5", 1), ("10,500", 1), ("9,49", 0), ("10,51", 0), ("-10", 0)],
)
def test_both_ends_of_the_tolerance_count(typed: str, earned: int):
    assert fraction("numeric", typed, answer=10, tolerance=0.5) == earned


def test_a_review_says_how_a_number_was_read_where_it_could_be_read_otherwise():
    kind, question = KINDS["numeric"], read_example("numeric", answer=1234)

    def said(typed: str) -> str:
        args = (question.content, question.key, question.feedback, [])
        (row,) = kind.review(*args, typed).rows
        return row.text

    assert said("1.234") == "1.234 (hiểu là 1234 học viên)"
    assert said("1234") == "1234"
    assert said("1234 học viên") == "1234 học viên"


def test_the_right_number_is_given_with_its_unit_and_tolerance():
    def right(**changes: Any) -> tuple[str, ...]:
        question = read_example("numeric", **changes)
        args = (question.content, question.key, question.feedback, [], None)
        return KINDS["numeric"].review(*args).right_answer

    assert right() == ("7319 học viên (cho phép lệch 0,5)",)
    assert right(tolerance=0) == ("7319 học viên",)
    assert right(tolerance=None, unit=None, answer=2.5) == ("2,5",)


def test_the_label_names_the_unit():
    kind = KINDS["numeric"]
    assert kind.present(read_example("numeric").content, [], "3").label == "Câu trả lời (học viên)"
    assert kind.present(read_example("numeric", unit=None).content, [], "3").label == "Câu trả lời"


def test_like_numbers_are_said_alike():
    kind, content = KINDS["numeric"], read_example("numeric").content
    assert kind.restate(content, "3,50") == kind.restate(content, "3.5 học viên") == "3,5 học viên"


def test_a_number_is_written_with_the_readers_decimal_mark():
    try:
        assert number_text(Decimal("1234.50")) == "1234,5"
        use_language(Language.ENGLISH)
        assert number_text(Decimal("1234.50")) == "1234.5"
        assert number_text(Decimal(100)) == "100"
    finally:
        use_language(Language.VIETNAMESE)


def test_stored_text_that_no_longer_reads_as_a_number_earns_nothing():
    question = read_example("numeric", unit="người")
    grade = KINDS["numeric"].grade(question.content, question.key, "7319 học viên")
    assert grade.fraction == 0


def test_every_kind_has_an_example():
    assert set(EXAMPLES) == set(KINDS)
