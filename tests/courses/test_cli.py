from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from app.courses import queries
from app.courses.cli import group
from tests.courses.packages import right_package, spoilt, write_folder, write_zip


def run(*words: object) -> Result:
    return CliRunner().invoke(group, [str(each) for each in words])


def test_checking_a_right_package_says_so_and_stores_nothing(tmp_path):
    result = run("check", write_folder(tmp_path / "khoa", right_package()))
    assert (result.exit_code, result.output) == (0, "khoa: đúng mẫu, 2 chuyên đề, 3 hoạt động.\n")
    assert queries.list_courses() == []


def test_checking_names_every_fault_of_every_package_with_file_and_line(tmp_path):
    folder = write_folder(
        tmp_path / "mot", spoilt("phan-mot/module.yaml", "requires: [m1-bai-hoc]", "require: x")
    )
    packed = write_zip(tmp_path / "hai.zip", spoilt("course.yaml", "title: Khóa thử", "title:"))
    good = write_folder(tmp_path / "ba", right_package())
    result = run("check", folder, packed, good)
    assert result.exit_code == 1
    assert f"{folder}/phan-mot/module.yaml:9: Không có mục “require”" in result.stderr
    assert f"{packed}/course.yaml:3: Thiếu mục “title”" in result.stderr
    assert result.stdout == "ba: đúng mẫu, 2 chuyên đề, 3 hoạt động.\n"


def test_importing_makes_a_draft_and_says_its_number(tmp_path):
    result = run("import", write_zip(tmp_path / "khoa.zip", right_package()))
    assert (result.exit_code, result.output) == (0, "Đã nhập “Khóa thử”, phiên bản 1.\n")
    assert queries.find_published_version("khoa-thu") is None


def test_importing_and_publishing_twice_changes_nothing_and_says_so(tmp_path):
    folder = write_folder(tmp_path / "khoa", right_package())
    assert "Đã công bố phiên bản 1." in run("import", folder, "--publish").output
    result = run("import", folder, "--publish")
    assert result.exit_code == 0
    assert "đã nhập trước đây" in result.output
    assert "đã công bố từ trước" in result.output
    assert [each.number for each in queries.list_versions("khoa-thu")] == [1]


@pytest.mark.parametrize("words", [("import",), ("check",), ("import", "--publish")])
def test_a_path_that_is_not_there_is_one_sentence(tmp_path, words):
    result = run(*words, tmp_path / "khong-co")
    assert result.exit_code == 1
    assert "kiểm tra lại đường dẫn" in result.stderr
    assert "Traceback" not in result.output


def test_a_broken_package_is_refused_whole(tmp_path):
    folder = write_folder(tmp_path / "khoa", spoilt("phan-hai/module.yaml", "bai-hoc.md", "x.md"))
    result = run("import", folder, "--publish")
    assert result.exit_code == 1
    assert "phan-hai/module.yaml:4" in result.stderr
    assert "chưa nhập gì" in result.stderr
    assert queries.list_courses() == []
