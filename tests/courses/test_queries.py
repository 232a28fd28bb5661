from __future__ import annotations

import pytest

from app.core.db import db
from app.courses import queries
from app.courses.errors import CourseNotFoundError
from tests.courses.packages import right_package
from tests.courses.test_commands import import_files, publish


def test_a_published_outline_and_lesson_are_read_once(count_queries):
    version = import_files(right_package())
    publish(version)
    lesson = queries.get_outline(version.id).activities[0]
    queries.get_lesson_body(lesson.id)
    db.session.remove()
    with count_queries() as seen:
        assert queries.get_outline(version.id).by_key("m1-bai-hoc") == lesson
        assert queries.get_lesson_body(lesson.id).minutes == 10
    assert seen == []


def test_a_draft_is_read_anew(count_queries):
    version = import_files(right_package())
    queries.get_outline(version.id)
    with count_queries() as seen:
        queries.get_outline(version.id)
    assert len(seen) == 4


def test_an_outline_knows_its_activities_by_key_and_place():
    outline = queries.get_outline(import_files(right_package()).id)
    assert outline.by_ordinal(2) is outline.by_key("m2-bai-hoc")
    for ask in (
        lambda: outline.by_key("x"),
        lambda: outline.by_ordinal(3),
        lambda: outline.by_ordinal(-1),
    ):
        with pytest.raises(CourseNotFoundError):
            ask()


def test_what_is_not_there_is_not_found():
    version = import_files(right_package())
    quiz = queries.get_outline(version.id).by_key("m1-luyen-tap")
    with pytest.raises(CourseNotFoundError):
        queries.get_outline(quiz.id)
    with pytest.raises(CourseNotFoundError):
        queries.get_lesson_body(quiz.id)
    with pytest.raises(CourseNotFoundError):
        queries.get_version("khoa-thu", 9)
    assert queries.find_published_version("khoa-thu") is None
    assert queries.find_version_by_digest("khoa-thu", "f" * 64) is None


def test_the_list_of_courses_takes_three_statements_and_counts_the_newest_version(count_queries):
    import_files(right_package())
    with count_queries() as seen:
        (row,) = queries.list_courses()
    assert len(seen) == 3
    assert (row.key, row.lesson_count, row.quiz_count) == ("khoa-thu", 2, 1)
    assert [each.number for each in row.versions] == [1]
