"""Who may: every route states a rule, and a test fails the build for one that does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class AccessRule:
    """What a route demands of the asker, in words (for the walk over all routes)."""

    name: str


PUBLIC = AccessRule("public")


def state_rule(view: View, rule: AccessRule) -> View:
    """Write the rule on the view function, where the architecture test looks for it."""
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """State that anybody may, signed in or not."""
    return state_rule(view, PUBLIC)
