"""What an officer sees of a cohort's rule."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.cohorts.models import Cohort
from app.courses.queries import Outline


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """One activity that may be required."""

    ordinal: int
    title: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class RulePart:
    """The activities of one module."""

    title: str
    choices: tuple[RuleChoice, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """What a cohort must do to be certified."""

    title: str
    language: str
    url: str
    back_url: str
    parts: tuple[RulePart, ...]
    is_set: bool
    error: str

    @classmethod
    def of(
        cls,
        cohort: Cohort,
        outline: Outline,
        required: Collection[int],
        *,
        is_set: bool,
        error: str = "",
    ) -> RulePage:
        """Return the page with these ordinals ticked."""
        parts = tuple(
            RulePart(
                module.title,
                tuple(
                    RuleChoice(each.ordinal, each.title, each.ordinal in required)
                    for each in module.activities
                ),
            )
            for module in outline.modules
        )
        back_url = f"/cohorts/{cohort.slug}"
        return cls(
            cohort.title, outline.language, f"{back_url}/rule", back_url, parts, is_set, error
        )
