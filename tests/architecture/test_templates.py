"""Rules every template keeps."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.architecture.source import (
    APP,
    HEIGHT,
    feature_of,
    may_use,
    modules,
    name,
    place,
    templates,
    tree,
)

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
LINK = re.compile(r"""url_for\(\s*["'](\w+)\.""")
TEMPLATE = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([\w-]+)/""")
MARKUP = APP / "core" / "markup.py"

FORBIDDEN = {
    "script in an attribute": re.compile(r"\s(on[a-z]+|hx-on[:\w-]*)\s*=", re.IGNORECASE),
    "script in a value": re.compile(r"""["'\s](js|javascript):""", re.IGNORECASE),
    "a filter of events, which is evaluated": re.compile(r"""hx-trigger\s*=\s*["'][^"'{]*\["""),
    "boosted links": re.compile(r"hx-boost"),
    "a style in an attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "script inside the page": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "another host": re.compile(r"""(?:src|href|action|hx-\w+)\s*=\s*["'](?:https?:)?//"""),
}


def source_of(path: Path) -> str:
    """Return the template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def test_every_template_can_be_read(app: Flask):
    with app.app_context():
        for path in templates():
            folder = next(each for each in path.parents if each.name == "templates")
            app.jinja_env.get_template(path.relative_to(folder).as_posix())


def test_templates_link_to_their_own_feature_or_a_lower_one():
    wrong = [
        (name(path), used)
        for path in templates()
        for used in LINK.findall(source_of(path))
        if used not in HEIGHT or not may_use(feature_of(path), used)
    ]
    assert wrong == []


def test_templates_include_their_own_feature_or_a_lower_one():
    shared = {path.name for path in (APP / "templates").iterdir() if path.is_dir()}
    wrong = [
        (name(path), used)
        for path in templates()
        for used in TEMPLATE.findall(source_of(path))
        if used not in shared and (used not in HEIGHT or not may_use(feature_of(path), used))
    ]
    assert wrong == []


def test_a_feature_keeps_its_templates_in_a_folder_of_its_name():
    wrong = [
        name(path)
        for path in templates()
        if feature_of(path) != "core"
        and path.relative_to(APP).parts[1:3] != ("templates", feature_of(path))
    ]
    assert wrong == []


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_templates_hold_nothing_the_page_policy_forbids(rule: str):
    found = [name(path) for path in templates() if FORBIDDEN[rule].search(source_of(path))]
    assert found == []


def test_fragments_have_one_root_with_an_id():
    wrong = {name(path): roots_of(path) for path in templates() if path.name.startswith("_")}
    assert {path: roots for path, roots in wrong.items() if len(roots) != 1 or "" in roots} == {}


def roots_of(path: Path) -> set[str]:
    """Return the ids of the outermost elements; ``""`` for one without, ``text`` for bare text.

    A macro stands for one element. Branches may give the same root in several forms. What htmx
    swaps elsewhere (``hx-swap-oob``) travels beside the root.
    """
    source = re.sub(r"\{%-?\s*call\b.*?%\}", '<i id="macro">', source_of(path), flags=re.DOTALL)
    source = re.sub(r"\{%-?\s*endcall\s*-?%\}", "</i>", source)
    source = re.sub(r"\{%.*?%\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{\{-?\s*\w+\(.*?\}\}(?=\s*(\{|<|$))", macro_or_text, source, flags=re.DOTALL)
    source = re.sub(r"\{\{.*?\}\}", "x", source, flags=re.DOTALL)
    roots = set()
    for node in BeautifulSoup(source, "html.parser").contents:
        if isinstance(node, Tag):
            if "hx-swap-oob" not in node.attrs and "oob" not in node.attrs:
                roots.add(str(node.get("id", "")))
        elif str(node).strip():
            roots.add("text")
    return roots


def macro_or_text(found: re.Match[str]) -> str:
    """Return an element for a macro; words, and what a macro swaps out of band, are none."""
    if re.match(r"\{\{-?\s*_\(", found[0]):
        return "x"
    return '<i id="macro" oob></i>' if "oob=true" in found[0] else '<i id="macro"></i>'


def test_only_core_markup_marks_text_as_safe():
    markers = [
        place(path, node.lineno)
        for path in modules()
        if path != MARKUP
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) == "Markup"
    ]
    assert markers == []


def test_scripts_evaluate_no_text():
    evaluators = [
        name(path)
        for path in (APP / "static" / "src").glob("*.js")
        if re.search(r"\beval\(|new Function|\.innerHTML\s*=|document\.write", path.read_text())
    ]
    assert evaluators == []
