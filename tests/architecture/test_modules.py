"""Rules every Python file keeps."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

from tests.architecture.source import (
    APP,
    HEIGHT,
    LAYERS,
    ROOT,
    contracts,
    features,
    modules,
    name,
    place,
    tree,
)

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LONGEST_FILE = 400
VAGUE_NAMES = {"utils", "helpers", "common", "constants", "services", "misc", "base", "lib"}


def python(code: str) -> str:
    """Run code in a fresh Python at the root and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_imports_go_one_way():
    python("from importlinter.cli import lint_imports_command as c; c(['--no-logo', '--no-cache'])")


def test_every_feature_stands_in_the_contracts():
    tops = next(each for each in contracts() if each["containers"] == ["app"])
    inside = next(each for each in contracts() if each["name"].startswith("The parts of"))
    assert features() <= set(HEIGHT)
    assert set(inside["containers"]) == {f"app.{each}" for each in features() - {"core"}}
    written = [re.sub(r"[() ]", "", layer).split("|") for layer in reversed(tops["layers"])]
    assert [set(row) for row in written] == [*map(set, LAYERS), {"factory"}]


def test_only_core_db_ends_a_transaction():
    enders = {
        name(path)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
    }
    assert enders == {"app/core/db.py"}


def test_nothing_is_imported_inside_a_function():
    hidden = [
        place(path, inner.lineno)
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_importing_a_package_starts_nothing():
    loud = [
        name(path)
        for path in [APP / "__init__.py", *APP.glob("*/__init__.py")]
        if len(tree(path).body) != 1 or not ast.get_docstring(tree(path))
    ]
    assert loud == []


def test_no_file_is_too_long():
    files = [*modules(), *ROOT.glob("*.py"), *ROOT.glob("seed/*.py"), *ROOT.glob("tests/**/*.py")]
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_file_has_a_name_that_says_nothing():
    assert [name(path) for path in modules() if path.stem in VAGUE_NAMES] == []


def test_domain_needs_neither_web_nor_database():
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(APP.glob("*/domain/**/*.py"))
    ]
    imports = "".join(f"import {each}\n" for each in names)
    code = f"import sys\n{imports}print(*sys.modules)"
    loaded = {each.split(".")[0] for each in python(code).split()}
    assert loaded & {"flask", "werkzeug", "sqlalchemy", "wtforms", "flask_login", "jinja2"} == set()


def test_domain_asks_neither_clock_nor_chance_nor_machine():
    banned = {"os", "secrets", "socket", "subprocess", "time", "app.core.clock", "app.core.db"}
    asked = []
    for path in APP.glob("*/domain/**/*.py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                # `from random import Random` is a type; `random.random()` is chance.
                asked += [
                    place(path, node.lineno)
                    for each in node.names
                    if each.name in banned | {"random"}
                ]
            elif isinstance(node, ast.ImportFrom) and node.module in banned:
                asked.append(place(path, node.lineno))
    assert asked == []


def test_a_server_does_not_load_what_only_commands_need():
    loaded = python("import sys, app.factory\nprint(*sys.modules)").split()
    assert {"alembic", "babel", "openpyxl", "pyhanko"} & {
        each.split(".")[0] for each in loaded
    } == set()


def test_a_server_loads_what_draws_papers_and_sheets_when_it_first_draws():
    code = "import sys, app.factory\nfrom app.core.qr import qr_path\n"
    before, after = (
        python(code + more + "print(*sys.modules)").split() for more in ("", "qr_path('x')\n")
    )
    drawing = {"segno", "xlsxwriter", "reportlab.pdfgen.canvas", "reportlab.rl_config", "PIL"}
    assert drawing & set(before) == set()
    assert "segno" in after


def test_a_server_command_starts_without_the_application():
    loaded = python("import sys, management.demo, management.serve\nprint(*sys.modules)").split()
    assert {"flask", "sqlalchemy", "alembic"} & set(loaded) == set()
