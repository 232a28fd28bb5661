from __future__ import annotations

import pytest

from app.auth.models import Role
from tests.courses.packages import right_package, spoilt
from tests.courses.test_commands import import_files, publish
from tests.factories import make_user


@pytest.fixture
def trainer(browser):
    it = browser()
    it.sign_in(make_user("Trần Thị Bình", roles=Role.TRAINER))
    return it


def test_without_courses_the_page_says_how_one_comes_in(trainer):
    assert "Hãy báo cho người vận hành." in trainer.get("/courses").text


def test_a_trainer_reads_a_course_from_the_list_to_the_lesson(trainer):
    publish(import_files(right_package()))
    import_files(spoilt("course.yaml", "title: Khóa thử", "title: Khóa mới"), digest="b" * 64)
    courses = trainer.get("/courses")
    assert "Bản nháp 2" in courses.text
    assert "2 bài học, 1 bài kiểm tra" in courses.text
    course = trainer.get(courses.link("Khóa thử"))
    assert "Phiên bản 1, công bố" in course.text
    assert "Mở sau khi xong: Bài một" in course.text
    lesson = trainer.get(course.link("Bài một"))
    assert lesson.all("main [lang]") == []
    assert lesson.one(".prose h2").get_text() == "Bảng"
    assert "10 phút" in lesson.text
    draft = trainer.get(course.link("Phiên bản 2"))
    assert draft.one("h1").get_text() == "Khóa mới"
    trainer.post("/language", {"lang": "en"})
    assert trainer.get(course.link("Bài một")).one(".prose")["lang"] == "vi"


@pytest.mark.parametrize(
    "path",
    [
        "/courses/khong-co",
        "/courses/khoa-thu/versions/9",
        "/courses/khoa-thu/versions/1/khong-co",
        "/courses/khoa-thu/versions/1/m1-luyen-tap",
    ],
)
def test_what_is_not_there_is_a_sentence(trainer, path):
    import_files(right_package())
    assert "Hãy mở lại danh sách khóa học" in trainer.get(path, status=404).text


@pytest.mark.parametrize("role", [Role.LEARNER, Role.COORDINATOR, Role.CLERK])
def test_others_may_not_read_drafts(browser, role):
    import_files(right_package())
    other = browser()
    other.sign_in(make_user(roles=role))
    for path in ("/courses", "/courses/khoa-thu", "/courses/khoa-thu/versions/1/m1-bai-hoc"):
        other.get(path, status=403)


def test_the_pages_take_few_statements_whatever_the_size(trainer, count_queries):
    publish(import_files(right_package()))
    for path in ("/courses", "/courses/khoa-thu", "/courses/khoa-thu/versions/1/m1-bai-hoc"):
        with count_queries() as seen:
            trainer.get(path)
        assert len(seen) <= 9, seen
