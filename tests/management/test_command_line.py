"""What a command line that cannot be understood is told, and where ``--data`` may stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.revision import is_current
from manage import cli
from management.refusals import run

Said = tuple[int, str, str]
Telling = Callable[..., Said]


@pytest.fixture
def tell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Telling:
    """Give a caller of the program's command line: words → status, output, errors."""
    monkeypatch.setenv("TAPHUAN_DATA", str(tmp_path / "default"))
    monkeypatch.setenv("TAPHUAN_BASE_URL", "http://127.0.0.1:8000")
    monkeypatch.delenv("TAPHUAN_DATABASE_URL", raising=False)

    def said(*words: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            run(cli, "./taphuan", [str(each) for each in words])
        output, errors = capsys.readouterr()
        return int(ended.value.code or 0), output, errors

    return said


@pytest.mark.parametrize(
    ("words", "vietnamese", "english"),
    [
        ("bogus", "không có lệnh “bogus”. Xem: ./taphuan --help", "No such command 'bogus'"),
        ("course imp", "không có lệnh “imp”. Xem: ./taphuan course --help", "Did you mean"),
        ("serve --bogus", "lệnh này không có tùy chọn --bogus", "No such option '--bogus'"),
        ("--port 1 serve", "--port không đứng trước tên lệnh; hãy ghi sau", "No such option"),
        ("serve --port", "tùy chọn --port thiếu hoặc thừa giá trị", "requires an argument"),
        ("serve --port abc", "giá trị của --port không dùng được", "'abc' is not a valid integer"),
        ("demo --port 0", "giá trị của --port không dùng được", "not in the range"),
        ("course import", "thiếu PATH", "Missing argument 'PATH'"),
        ("user create", "thiếu --username", "Missing option '--username'"),
        ("migrate twice", "dòng lệnh có chỗ thừa", "unexpected extra argument (twice)"),
        ("--data x test", "lệnh này không có tùy chọn --data", "No such option '--data'"),
    ],
)
def test_what_cannot_be_understood_is_one_line_in_two_languages(
    tell: Telling, words: str, vietnamese: str, english: str
) -> None:
    status, output, errors = tell(*words.split())
    assert (status, output) == (2, "")
    assert errors.count("\n") == 1
    assert errors.startswith("Lỗi: ")
    assert vietnamese in errors
    assert english in errors


def test_the_folder_may_stand_before_the_command_or_after_it(tell: Telling, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    assert tell("--data", before, "migrate")[0] == 0
    assert tell("migrate", "--data", after)[0] == 0
    for folder in (before, after):
        assert is_current(f"sqlite:///{folder / 'taphuan.sqlite3'}")
    assert not (tmp_path / "default").exists()


def test_the_folder_after_the_command_wins(tell: Telling, tmp_path: Path) -> None:
    assert tell("--data", tmp_path / "before", "migrate", "--data", tmp_path / "after")[0] == 0
    assert (tmp_path / "after" / "taphuan.sqlite3").exists()
    assert not (tmp_path / "before").exists()


def test_a_command_that_was_understood_but_not_done_ends_with_one(
    tell: Telling, tmp_path: Path
) -> None:
    status, _output, errors = tell("--data", tmp_path / "empty", "serve")
    assert status == 1
    assert errors.startswith("Lỗi (error): Cơ sở dữ liệu chưa đúng phiên bản. Chạy: ./taphuan")


def test_help_is_no_error(tell: Telling) -> None:
    for words in (("--help",), ("-h",), ("course", "--help"), ("serve", "-h")):
        status, output, errors = tell(*words)
        assert (status, errors) == (0, "")
        assert "--data" in output
