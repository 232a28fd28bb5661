from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.courses.domain.activity import ActivityKind
from app.courses.domain.faults import Fault
from app.courses.domain.package import (
    LARGEST_FILE,
    MOST_FILES,
    CoursePackage,
    PackagedLesson,
    PackagedQuiz,
    digest_of,
)
from app.courses.domain.reading import read_package
from tests.courses.packages import contents, right_package, spoilt


def faults_of(files: Mapping[str, str | bytes]) -> tuple[Fault, ...]:
    package, faults = read_package(contents(files), {})
    assert (package is None) == bool(faults)
    return faults


def read_right(files: Mapping[str, str | bytes]) -> CoursePackage:
    package, faults = read_package(contents(files), {})
    assert faults == ()
    assert package is not None
    return package


def test_a_right_package_is_read_whole_and_in_order():
    package = read_right(right_package())
    assert [module.key for module in package.modules] == ["m1", "m2"]
    lesson, quiz = package.modules[0].activities
    assert isinstance(lesson, PackagedLesson)
    assert (lesson.key, lesson.minutes, lesson.objectives) == ("m1-bai-hoc", 10, ("m1-1",))
    assert lesson.markdown.startswith("Đoạn mở đầu")
    assert isinstance(quiz, PackagedQuiz)
    assert quiz.requires == ("m1-bai-hoc",)
    assert quiz.definition["questions"][0]["answer"] is True
    assert package.modules[1].activities[0].requires == ("m1-bai-hoc", "m1-luyen-tap")


FIRST, QUIZ, LESSON = "phan-mot/module.yaml", "phan-mot/luyen-tap.yaml", "phan-mot/bai-hoc.md"

# file, what is there, what is written instead, file and line of the fault, words of the sentence
BROKEN = [
    ("course.yaml", "taphuan-course/1", "taphuan-course/9", "course.yaml:1", "taphuan-course/1"),
    ("course.yaml", "id: khoa-thu", "id: Khóa Thử", "course.yaml:2", "chữ thường không dấu"),
    ("course.yaml", "title: Khóa thử", "title:", "course.yaml:3", "Thiếu mục “title”"),
    ("course.yaml", "title: Khóa thử", "title: 2024", "course.yaml:3", "phải là chữ"),
    ("course.yaml", "title: Khóa thử", "title: " + "a" * 201, "course.yaml:3", "200"),
    ("course.yaml", "summary: Khóa", "sumary: Khóa", "course.yaml:4", "sumary"),
    ("course.yaml", "language: vi", "language: fr", "course.yaml:5", "vi, en"),
    ("course.yaml", "summary: Khóa", "summary: Khóa: học: Khóa", "course.yaml:4", "cú pháp YAML"),
    ("course.yaml", "title: Khóa thử", "title: a\ntitle: b", "course.yaml:4", "hai lần"),
    ("course.yaml", "title: Khóa thử", "title: &a Khóa", "course.yaml:3", "&tên"),
    ("course.yaml", "title: Khóa thử", "title: !!python/name:os.x y", "course.yaml:3", "!nhãn"),
    ("course.yaml", "title: Khóa thử", "title: a\x01b", "course.yaml:3", "ký tự điều khiển"),
    ("course.yaml", "title: Khóa thử", f"title: {'[' * 30}", "course.yaml:3", "quá nhiều tầng"),
    ("course.yaml", "  - phan-hai", "  - phan-ba", "course.yaml:12", "phan-ba/module.yaml"),
    ("course.yaml", "  - phan-hai", "  - ../phan-hai", "course.yaml:12", "ngoài thư mục"),
    ("course.yaml", "  - phan-hai", "  - phan-mot", "course.yaml:12", "hai lần"),
    ("course.yaml", "  - phan-hai\n", "", "phan-hai/module.yaml", "modules"),
    ("course.yaml", "    text: Tin", "    txt: Tin", "course.yaml:9", "txt"),
    ("course.yaml", "  - id: s1\n", "  - s1\n  - id: s1\n", "course.yaml:8", "tên: giá trị"),
    ("phan-hai/module.yaml", "id: m2", "id: m1", "phan-hai/module.yaml:1", "phan-mot/m"),
    (FIRST, "id: m1-1", "id: m1_1", f"{FIRST}:4", "không phải mã"),
    (FIRST, "activities:", "activity:", f"{FIRST}:6", "activity"),
    (FIRST, "bai-hoc.md", "../bai.md", f"{FIRST}:7", "ngoài thư mục"),
    (FIRST, "bai-hoc.md", "/etc/passwd", f"{FIRST}:7", "ngoài thư mục"),
    (FIRST, "bai-hoc.md", "bai-ba.md", f"{FIRST}:7", "bai-ba.md"),
    (FIRST, "bai-hoc.md", "phim.mp4", f"{FIRST}:7", "loại tệp"),
    (FIRST, "bai-hoc.md", "Bai_hoc.md", f"{FIRST}:7", "không phải mã"),
    (FIRST, "[m1-bai-hoc]", "[m9]", f"{FIRST}:9", "m9"),
    (FIRST, "[m1-bai-hoc]", "[m2-bai-hoc]", f"{FIRST}:9", "đổi thứ tự"),
    (FIRST, "[m1-bai-hoc]", "[m1-luyen-tap]", f"{FIRST}:9", "đổi thứ tự"),
    (FIRST, "[m1-bai-hoc]", "m1-bai-hoc", f"{FIRST}:9", "danh sách"),
    (FIRST, "  - file: bai-hoc.md\n", "", "phan-mot/bai-hoc.md", "activities"),
    (LESSON, "id: m1-bai-hoc", "id: m2-bai-hoc", "phan-hai/bai-hoc.md:2", "phan-mot"),
    (LESSON, "minutes: 10", "minutes: mười", f"{LESSON}:4", "số nguyên"),
    (LESSON, "minutes: 10\n", "", f"{LESSON}:2", "minutes"),
    (LESSON, "[m1-1]", "[m1-7]", f"{LESSON}:5", "m1-7"),
    (LESSON, "[s1]", "[s7]", f"{LESSON}:6", "s7"),
    (LESSON, "---\nid", "id", f"{LESSON}:1", "dòng ---"),
    (LESSON, "title: Bài một", "title: a: b", f"{LESSON}:3", "YAML"),
    (LESSON, "Đoạn", "<b>Đoạn</b>", f"{LESSON}:9", "HTML"),
    (LESSON, "Đoạn", "Một\n![x](https://a.vn/a.png)", f"{LESSON}:10", "hình"),
    (LESSON, "Đoạn", "[x](/logout)", f"{LESSON}:9", "https://"),
    ("phan-hai/bai-hoc.md", "Chữ của bài hai.", "---", "phan-hai/bai-hoc.md:5", "chưa có chữ"),
    (QUIZ, "source: s1", "source: s7", "phan-mot/luyen-tap.yaml:14", "s7"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "words"), BROKEN)
def test_a_fault_is_named_with_its_file_and_line(file, old, new, place, words):
    faults = faults_of(spoilt(file, old, new))
    assert any(str(each).startswith(f"{place}: ") and words in each.sentence for each in faults), [
        str(each) for each in faults
    ]


def test_a_missing_course_file_is_named():
    files = right_package()
    del files["course.yaml"]
    assert [str(each) for each in faults_of(files)] == [
        "course.yaml: Thiếu tệp này: thêm tệp vào gói."
    ]


@pytest.mark.parametrize("file", sorted(right_package()))
def test_an_empty_file_is_named(file):
    assert f"{file}:1: Tệp trống" in "\n".join(map(str, faults_of(right_package() | {file: " \n"})))


def test_a_text_that_is_not_utf8_is_named_with_its_line():
    broken = "id: m1\ntitle: Phần một".encode("utf-16-le")
    faults = faults_of({**right_package(), "phan-mot/module.yaml": b"id: m1\n\xff\xfe" + broken})
    assert ("phan-mot/module.yaml", 2) in [(each.file, each.line) for each in faults]


def test_a_quiz_without_questions_is_named():
    files = right_package()
    files["phan-mot/luyen-tap.yaml"] = "id: m1-luyen-tap\ntitle: Luyện tập\nquestions: []\n"
    (fault,) = faults_of(files)
    assert (fault.file, fault.line) == ("phan-mot/luyen-tap.yaml", 3)
    assert "chưa có câu hỏi" in fault.sentence


def test_the_same_question_id_in_two_quizzes_is_named():
    files = right_package()
    files["phan-hai/module.yaml"] += "  - file: kiem-tra.yaml\n"
    files["phan-hai/kiem-tra.yaml"] = files["phan-mot/luyen-tap.yaml"].replace(
        "id: m1-luyen-tap", "id: m2-kiem-tra"
    )
    (fault,) = faults_of(files)
    assert (fault.file, fault.line) == ("phan-hai/kiem-tra.yaml", 11)
    assert "phan-mot/luyen-tap.yaml:11" in fault.sentence


def test_what_is_too_large_is_named_and_not_read():
    (fault,) = faults_of({**right_package(), "phan-mot/bai-hoc.md": b"a" * (LARGEST_FILE + 1)})
    assert (fault.file, fault.line) == ("phan-mot/bai-hoc.md", 0)
    many = {f"phan-mot/{number}.txt": "a" for number in range(MOST_FILES)}
    assert "2000 tệp" in str(faults_of({**right_package(), **many})[0])
    heavy = {f"phan-mot/{number}.txt": b"a" * LARGEST_FILE for number in range(9)}
    assert "8 MiB" in str(faults_of({**right_package(), **heavy})[0])


def test_all_faults_are_shown_at_once():
    files = spoilt("course.yaml", "title: Khóa thử", "titel: Khóa thử")
    files["phan-mot/module.yaml"] = files["phan-mot/module.yaml"].replace("bai-hoc.md", "x.md")
    files["phan-hai/bai-hoc.md"] = "không có phần đầu"
    named = {each.file for each in faults_of(files)}
    assert named >= {"course.yaml", "phan-mot/module.yaml", "phan-hai/bai-hoc.md"}


def test_a_lesson_that_cannot_be_read_is_one_fault_and_not_also_a_missing_requirement():
    files = spoilt("phan-mot/bai-hoc.md", "title: Bài một", "title: a: b")
    assert [(each.file, each.line) for each in faults_of(files)] == [("phan-mot/bai-hoc.md", 3)]


def test_a_reader_of_quizzes_names_places_by_path_and_gets_the_objectives():
    asked: list[Any] = []

    def reader(data: Mapping[str, Any], objectives: frozenset[str]):
        asked.append((data["purpose"], objectives))
        return [(("questions", 0, "kind"), "Loại lạ."), (("questions", 0, "points"), "Thiếu.")]

    package, faults = read_package(contents(right_package()), {ActivityKind.QUIZ: reader})
    assert package is None
    assert asked == [("practice", frozenset({"m1-1"}))]
    assert [str(each) for each in faults] == [
        "phan-mot/luyen-tap.yaml:12: Loại lạ.",
        "phan-mot/luyen-tap.yaml:11: Thiếu.",
    ]


def test_texts_are_nfc_whatever_form_they_came_in():
    decomposed = "Kho\u0301a thu\u031b\u0309"
    files = spoilt("course.yaml", "title: Khóa thử", f"title: {decomposed}")
    files["phan-hai/bai-hoc.md"] = files["phan-hai/bai-hoc.md"].replace("Chữ", decomposed)
    package = read_right(files)
    assert package.title == "Khóa thử"
    lesson = package.modules[1].activities[0]
    assert isinstance(lesson, PackagedLesson)
    assert lesson.markdown.startswith("Khóa thử")


def test_plain_words_stay_words():
    definition = (
        read_right(
            spoilt("phan-mot/luyen-tap.yaml", "answer: true", "accept: [no, 07, 12:30, 7, 0.5, ~]")
        )
        .modules[0]
        .activities[1]
    )
    assert isinstance(definition, PackagedQuiz)
    accept = definition.definition["questions"][0]["accept"]
    assert accept == ["no", "07", "12:30", 7, 0.5, None]


def test_windows_line_ends_and_a_byte_order_mark_are_read():
    files = {name: text.replace("\n", "\r\n") for name, text in right_package().items()}
    files["course.yaml"] = "\ufeff" + files["course.yaml"]
    assert read_right(files) == read_right(right_package())


def test_the_digest_depends_on_names_and_contents_only():
    files = contents(right_package())
    assert digest_of(files) == digest_of(dict(reversed(files.items())))
    assert digest_of(files) != digest_of({**files, "course.yaml": b"x"})
    assert re.fullmatch("[0-9a-f]{64}", digest_of(files))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(right_package())),
    st.integers(0, 400),
    st.one_of(st.binary(max_size=12), st.text(max_size=8).map(str.encode)),
)
def test_a_spoilt_byte_gives_a_course_or_faults_and_never_an_accident(file, place, noise):
    files = contents(right_package())
    files[file] = files[file][:place] + noise + files[file][place + len(noise) :]
    package, faults = read_package(files, {})
    assert (package is None) == bool(faults)
    assert all(fault.sentence for fault in faults)
