"""A course as an open package: what the files of a package say, once they are right."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.courses.domain.marked_yaml import Path

FORMAT = "taphuan-course/1"
TABLE_WORDS = {"vi": "Bảng", "en": "Table"}
LARGEST_FILE = 1024 * 1024
LARGEST_PACKAGE = 8 * 1024 * 1024
MOST_FILES = 2000

Reader = Callable[[Mapping[str, Any], frozenset[str]], list[tuple[Path, str]]]
"""Checks the definition of one activity: (data, known objective ids) → (path in data, sentence)."""


@dataclass(frozen=True, slots=True)
class PackagedText:
    """A text with its id: an objective or a source."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class PackagedActivity:
    """What lessons and quizzes have in common; ``requires`` holds ids of earlier activities."""

    key: str
    title: str
    minutes: int | None
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackagedLesson(PackagedActivity):
    """A lesson: Markdown, with ids of its objectives and sources."""

    objectives: tuple[str, ...]
    sources: tuple[str, ...]
    markdown: str


@dataclass(frozen=True, slots=True)
class PackagedQuiz(PackagedActivity):
    """A quiz: the whole definition as written, for the owner of quizzes."""

    definition: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PackagedModule:
    """A topic with its objectives and its activities in order."""

    key: str
    title: str
    objectives: tuple[PackagedText, ...]
    activities: tuple[PackagedLesson | PackagedQuiz, ...]


@dataclass(frozen=True, slots=True)
class CoursePackage:
    """A course that may be imported: nothing in it contradicts anything else in it."""

    key: str
    title: str
    summary: str
    language: str
    licence: str
    sources: tuple[PackagedText, ...]
    modules: tuple[PackagedModule, ...]


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of a package: of all names and contents, in whatever way it travelled."""
    total = hashlib.sha256()
    for name in sorted(files):
        content = files[name]
        total.update(f"{len(name.encode())}:{name}:{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()
