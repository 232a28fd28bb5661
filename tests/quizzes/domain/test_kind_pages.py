"""The part of the page that belongs to a kind, drawn without the application."""

from __future__ import annotations

import re
from random import Random
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from bs4 import BeautifulSoup, Tag

from app.core.i18n import gettext
from app.core.markup import lang_attribute, spoken
from app.quizzes.domain.kinds.registry import KINDS
from tests.architecture.source import APP
from tests.quizzes.domain.questions import CANARY, EXAMPLES, read_example, right_response

FOLDERS = [APP / "templates", APP / "quizzes" / "templates"]
every_kind = pytest.mark.parametrize("name", list(KINDS))


def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDERS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=gettext, lang_attribute=lang_attribute, spoken=spoken)
    return made


def page(
    name: str, response: Any, seed: int = 1, prefix: str = "", **changes: Any
) -> BeautifulSoup:
    """Return the page of an example of this kind, as question 3 of a test."""
    kind, question = KINDS[name], read_example(name, **changes)
    arrangement = kind.arrange(question.content, Random(seed))
    q = SimpleNamespace(
        number=3,
        language="vi",
        answer_language="vi",
        prefix=prefix,
        view=kind.present(question.content, arrangement, response),
    )
    return BeautifulSoup(environment().get_template(kind.template).render(q=q), "html.parser")


def review_page(name: str, response: Any) -> BeautifulSoup:
    kind, question = KINDS[name], read_example(name)
    arrangement = kind.arrange(question.content, Random(1))
    q = SimpleNamespace(
        language="vi",
        answer_language="vi",
        review=kind.review(
            question.content, question.key, question.feedback, arrangement, response
        ),
    )
    html = environment().get_template("quizzes/kinds/review.html").render(q=q)
    return BeautifulSoup(html, "html.parser")


def posted(soup: BeautifulSoup) -> dict[str, list[str]]:
    """Return what a browser posts from these inputs."""
    form: dict[str, list[str]] = {}
    for box in soup.select("input[checked], input:not([type])"):
        form.setdefault(str(box["name"]), []).append(str(box["value"]))
    for select in soup.find_all("select"):
        chosen = select.find("option", selected=True) or select.find("option")
        assert isinstance(chosen, Tag)
        form[str(select["name"])] = [str(chosen.get("value", chosen.text))]
    return form


@every_kind
def test_a_browser_posts_back_what_the_page_shows(name: str):
    kind, question = KINDS[name], read_example(name)
    arrangement = kind.arrange(question.content, Random(1))
    for response in (right_response(question), None):
        form = posted(page(name, response))
        assert kind.parse(question.content, arrangement, form) == response


@every_kind
def test_in_a_form_of_all_questions_every_name_says_which_question(name: str):
    soup = page(name, None, prefix="q3.")
    assert all(str(each["name"]).startswith("q3.a") for each in soup.select("[name]"))


@every_kind
def test_the_page_holds_nothing_of_key_or_feedback(name: str):
    html = str(page(name, None))
    assert CANARY not in html
    assert "7319" not in html


@every_kind
def test_every_input_has_a_label_and_ids_are_unique(name: str):
    soup = page(name, None)
    inputs = soup.select("input, select")
    assert inputs
    for each in inputs:
        assert each.find_parent("label") or each.get("aria-label")
    ids = [each["id"] for each in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert all(str(each).startswith("q3") for each in ids)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("short_answer", {"accept": ["x"]}),
        ("short_answer", {"accept": ["một câu trả lời dài hơn nhiều"]}),
        ("numeric", {"answer": 3, "tolerance": 0}),
        ("numeric", {"answer": 123456.789, "tolerance": 5}),
    ],
)
def test_an_input_looks_the_same_whatever_the_key(name: str, change: dict[str, Any]):
    assert str(page(name, None, **change)) == str(page(name, None))


def test_the_two_sides_of_a_pair_share_no_token_that_tells():
    """The token of a left side's right answer is not always its own number."""
    question = read_example("matching")
    seen = set()
    for seed in range(12):
        form = posted(page("matching", right_response(question), seed))
        seen.add(form["a2"][0])
    assert seen == {"0", "1", "2"}


@every_kind
def test_texts_are_escaped(name: str):
    field = {"single": "choices", "multiple": "choices", "matching": "pairs"}.get(name, "items")
    hostile = "<img src=x>"
    entries = EXAMPLES[name].get(field)
    if not entries:
        soup = page(name, hostile) if name == "short_answer" else page(name, None)
    elif isinstance(entries[0], str):
        soup = page(name, None, items=[*entries, hostile])
    else:
        part = "left" if field == "pairs" else "text"
        soup = page(name, None, **{field: [*entries, {**entries[-1], part: hostile}]})
    assert soup.find("img") is None


@every_kind
def test_a_review_shows_the_key_and_the_explanation(name: str):
    right = right_response(read_example(name))
    text = re.sub(r"\s+", " ", review_page(name, right).text)
    assert "Đáp án đúng" in text
    assert CANARY in text
    assert "Chưa đúng" not in text


@every_kind
def test_a_review_without_a_response_shows_the_right_answer(name: str):
    soup = review_page(name, None)
    assert "Đáp án đúng" in soup.text
    assert "Đã chọn" not in soup.text
