"""Rules every address and its view keep."""

from __future__ import annotations

import ast
import re

from flask import Flask

from tests.architecture.source import APP, code_in, name, place, tree

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)?")
VARIABLE = re.compile(r"<(?:(?P<kind>[a-z_]+)(?:\([^)]*\))?:)?(?P<name>[a-z_]+)>")
LONGEST_VIEW = 20
ROUTE_FILES = [*APP.glob("*/routes.py"), *APP.glob("*/routes/*.py")]


def test_every_route_states_an_access_rule(app: Flask):
    silent = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "access_rule")
    ]
    assert silent == []


def test_addresses_are_kebab_case_and_typed(app: Flask):
    wrong = []
    for rule in app.url_map.iter_rules():
        kinds = [found["kind"] for found in VARIABLE.finditer(rule.rule)]
        fixed = VARIABLE.sub("x", rule.rule).strip("/")
        words = [word for word in fixed.split("/") if word]
        if None in kinds or not all(KEBAB.fullmatch(word) for word in words):
            wrong.append(rule.rule)
    assert wrong == []


def test_addresses_end_without_a_slash(app: Flask):
    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert [rule for rule in rules if rule != "/" and rule.endswith("/")] == []


def test_no_two_views_answer_the_same_request(app: Flask):
    asked: dict[tuple[str, str], set[str]] = {}
    for rule in app.url_map.iter_rules():
        shape = VARIABLE.sub(lambda found: f"<{found['kind']}>", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            asked.setdefault((method, shape), set()).add(rule.endpoint)
    assert {request: views for request, views in asked.items() if len(views) > 1} == {}


def test_views_are_short():
    long = []
    for path in ROUTE_FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and (code := code_in(node)):
                lines = (code[-1].end_lineno or 0) - code[0].lineno + 1
                if lines > LONGEST_VIEW:
                    long.append(f"{place(path, node.lineno)} {node.name}: {lines} lines")
    assert long == []


def test_routes_speak_no_sql():
    speakers = [
        name(path)
        for path in ROUTE_FILES
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"))
        or (isinstance(node, ast.Import) and any("sqlalchemy" in each.name for each in node.names))
    ]
    assert speakers == []
