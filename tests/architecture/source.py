"""The source as the architecture tests read it: files, trees and the order of the features."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"

# From the bottom up, as in the contract of import-linter; those in one row are siblings.
LAYERS = (
    ("core",),
    ("auth",),
    ("audit",),
    ("units",),
    ("courses",),
    ("cohorts",),
    ("quizzes",),
    ("progress",),
    ("surveys",),
    ("certificates",),
    ("reports",),
    ("admin", "dashboards", "offline", "notifications"),
)
HEIGHT = {feature: height for height, row in enumerate(LAYERS) for feature in row}


def features() -> set[str]:
    """Return the features that exist, the kernel among them."""
    return {path.parent.name for path in APP.glob("*/__init__.py")}


def modules() -> list[Path]:
    """Return every Python file of the program proper."""
    return sorted([*APP.rglob("*.py"), ROOT / "config.py", ROOT / "wsgi.py"])


def templates() -> list[Path]:
    """Return every template."""
    return sorted(APP.rglob("templates/**/*.html"))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    """Return the path as a reader of a failure wants it."""
    return path.relative_to(ROOT).as_posix()


def place(path: Path, line: int) -> str:
    """Return ``file:line``."""
    return f"{name(path)}:{line}"


def feature_of(path: Path) -> str:
    """Return the feature that owns a file; templates of the whole site belong to the kernel."""
    first = path.relative_to(APP).parts[0]
    return first if first in HEIGHT else "core"


def may_use(user: str, used: str) -> bool:
    """Say whether a feature may know another: itself, or one that lies below."""
    return user == used or HEIGHT[used] < HEIGHT[user]


def contracts() -> list[dict[str, Any]]:
    """Return the contracts of import-linter."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return found


def code_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    """Return the statements of a function without its docstring."""
    has_docstring = ast.get_docstring(function) is not None
    return function.body[1:] if has_docstring else function.body
