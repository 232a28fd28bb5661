from __future__ import annotations

import unicodedata
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app.core.clock import utc_now
from app.core.db import transaction
from app.courses import commands, queries
from app.courses.archive import read_files
from app.courses.domain.activity import ActivityKind
from app.courses.domain.package import PackagedLesson, PackagedQuiz

SEED = Path(__file__).resolve().parents[2] / "seed" / "courses"
COURSES = sorted(each.parent for each in SEED.glob("*/course.yaml"))
LESSON_PAGE_LIMIT = 4500
SHELL = 900  # head, header and footer of a page, compressed with its text
COMPRESSION = 5


@pytest.mark.parametrize("folder", COURSES, ids=lambda each: each.name)
def test_a_shipped_course_has_no_fault(app: Flask, folder: Path):
    package, _digest = commands.open_package(folder)
    assert package.modules


@pytest.mark.parametrize("folder", COURSES, ids=lambda each: each.name)
def test_a_shipped_course_is_nfc(folder: Path):
    for name, content in read_files(folder).items():
        text = content.decode()
        assert text == unicodedata.normalize("NFC", text), name


def test_policy_communication_has_five_topics_each_with_objectives_lesson_and_practice(app: Flask):
    package, _digest = commands.open_package(SEED / "truyen-thong-chinh-sach")
    topics = [module for module in package.modules if module.objectives]
    assert len(topics) == 5
    for topic in topics:
        kinds = {type(each) for each in topic.activities}
        assert kinds == {PackagedLesson, PackagedQuiz}, topic.key


@pytest.mark.parametrize("folder", COURSES, ids=lambda each: each.name)
def test_lessons_are_of_the_length_and_the_weight_they_may_have(app: Flask, folder: Path):
    package, digest = commands.open_package(folder)
    with transaction():
        version = commands.import_package(package=package, digest=digest, imported_at=utc_now())
    lessons = [
        each
        for each in queries.get_outline(version.id).activities
        if each.kind is ActivityKind.LESSON
    ]
    assert lessons
    for lesson in lessons:
        body = queries.get_lesson_body(lesson.id)
        assert 600 <= body.word_count <= 1200, lesson.key
        sent = len(brotli.compress(body.html.encode(), quality=COMPRESSION))
        assert sent + SHELL <= LESSON_PAGE_LIMIT, lesson.key
