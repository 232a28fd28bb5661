"""The demo is complete, is made once, and is never half made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.auth.commands import proof
from app.core.clock import utc_now
from app.core.db import db
from app.factory import create_app
from config import Config, SettingError
from seed.demo import prepare
from seed.marker import print_accounts

pytestmark = pytest.mark.slow

CHOSEN = "mot-hai-ba-bon-74"
CHEAP = {"memory_cost": 64, "time_cost": 1, "parallelism": 1}


class InterruptedByTestError(Exception):
    pass


def interrupt_at(word: str) -> Any:
    def say(line: str) -> None:
        if word in line:
            raise InterruptedByTestError

    return say


def quiet(_line: str) -> None:
    pass


def snapshot(folder: Path) -> dict[str, bytes]:
    files = [each for each in folder.iterdir() if not each.name.endswith(("-wal", "-shm"))]
    return {each.name: each.read_bytes() for each in files}


@contextmanager
def inside(config: Config) -> Iterator[None]:
    with create_app(config).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Config, str]]:
    """Give a demo whose first build was interrupted in the middle, and its password."""
    config = Config(
        data_dir=tmp_path_factory.mktemp("demo"), secret_key="only-for-tests", demo=True
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "PARAMETERS", CHEAP)
        with pytest.raises(InterruptedByTestError):
            prepare(config, interrupt_at("một ngày"))
        assert not (config.data_dir / "taphuan.sqlite3").exists()
        yield config, prepare(config, quiet)


@pytest.fixture
def rows(demo: tuple[Config, str]) -> Any:
    """Give a function that asks the demo's database."""
    path = demo[0].data_dir / "taphuan.sqlite3"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield lambda statement: connection.execute(statement).fetchall()
    connection.close()


def test_seventy_learners_are_enrolled_at_five_sites(rows: Any):
    (count,) = rows(
        "SELECT count(*), count(DISTINCT e.site_id), count(DISTINCT e.learner_id) "
        "FROM enrolment e JOIN cohort c ON c.id = e.cohort_id WHERE c.slug = 'ttcs-01-2026'"
    )
    assert count == (70, 5, 70)


def test_some_are_finished_some_at_risk_and_three_never_came(rows: Any):
    passed = rows(
        "SELECT count(DISTINCT t.enrolment_id) FROM attempt t JOIN quiz q ON q.id = t.quiz_id "
        "JOIN activity a ON a.id = q.activity_id "
        "WHERE a.key = 'kiem-tra-cuoi-khoa' AND t.is_passed"
    )
    failed = rows(
        "SELECT count(*) FROM attempt t JOIN quiz q ON q.id = t.quiz_id "
        "JOIN activity a ON a.id = q.activity_id "
        "WHERE a.key = 'kiem-tra-cuoi-khoa' AND NOT t.is_passed"
    )
    absent = rows(
        "SELECT count(*) FROM progress_row p JOIN cohort c ON c.id = p.cohort_id "
        "WHERE c.slug = 'ttcs-01-2026' AND p.active_at IS NULL"
    )
    open_now = rows("SELECT count(*) FROM attempt WHERE state = 'in_progress'")
    assert passed == [(41,)]
    assert failed[0][0] >= 9
    assert absent == [(3,)]
    assert open_now == [(2,)]


def test_marks_of_the_pre_test_spread(rows: Any):
    marks = [
        mark
        for (mark,) in rows(
            "SELECT t.fraction FROM attempt t JOIN quiz q ON q.id = t.quiz_id "
            "JOIN activity a ON a.id = q.activity_id WHERE a.key = 'kiem-tra-dau-khoa'"
        )
    ]
    assert len(marks) == 67
    assert min(marks) < 0.4
    assert max(marks) > 0.85


def test_certificates_are_issued_one_revoked_and_one_replaced(rows: Any):
    entries = dict(rows("SELECT kind, count(*) FROM register_entry GROUP BY kind"))
    assert entries == {"issued": 39, "revoked": 1, "replaced": 1}
    numbers = [number for (number,) in rows("SELECT register_number FROM certificate")]
    assert sorted(numbers) == list(range(1, 40))


def test_the_pre_test_is_released_and_the_final_test_is_not(rows: Any):
    released = rows(
        "SELECT a.key FROM quiz_release r JOIN quiz q ON q.id = r.quiz_id "
        "JOIN activity a ON a.id = q.activity_id"
    )
    assert released == [("kiem-tra-dau-khoa",)]


def test_the_second_class_has_not_begun_and_its_slips_are_unused(rows: Any):
    begun = rows(
        "SELECT count(*), count(p.active_at) FROM progress_row p "
        "JOIN cohort c ON c.id = p.cohort_id WHERE c.slug = 'ttcs-02-2026'"
    )
    unused = rows(
        "SELECT u.username FROM login_slip s JOIN user u ON u.id = s.user_id "
        "WHERE s.used_at IS NULL AND s.cancelled_at IS NULL ORDER BY u.username"
    )
    assert begun == [(10, 0)]
    assert unused == [(f"hocvien{number}",) for number in range(61, 71)]


def test_every_account_that_is_named_has_the_password(demo: tuple[Config, str]):
    config, password = demo
    said: list[str] = []
    print_accounts("http://127.0.0.1:8000", password, said.append)
    text = "\n".join(said)
    names = ["canbo", "giangvien", "diemcau01", "vanthu", "kiemtra", "hocvien01", "hocvien61"]
    assert all(name in text for name in [*names, password, "http://127.0.0.1:8000", "Ctrl+C"])
    with inside(config):
        for name in [*names, "hocvien70"]:
            tried = proof.prove_password(
                login=name, password=password, address="127.0.0.1", at=utc_now()
            )
            assert tried.is_right, name


def test_preparing_again_changes_nothing(demo: tuple[Config, str]):
    config, password = demo
    before = snapshot(config.data_dir)
    assert prepare(config, interrupt_at("")) == password
    assert snapshot(config.data_dir) == before


def test_another_chosen_password_is_set_for_all(demo: tuple[Config, str]):
    config, password = demo
    assert prepare(replace(config, demo_password=CHOSEN), quiet) == CHOSEN
    with inside(config):
        for tried, is_right in ((CHOSEN, True), (password, False)):
            found = proof.prove_password(
                login="hocvien33", password=tried, address="127.0.0.1", at=utc_now()
            )
            assert found.is_right is is_right
    assert prepare(replace(config, demo_password=password), quiet) == password


def test_a_weak_chosen_password_is_refused_and_nothing_is_left(tmp_path: Path):
    config = Config(data_dir=tmp_path, secret_key="only-for-tests", demo_password="1234")
    with pytest.raises(SettingError, match="TAPHUAN_DEMO_PASSWORD"):
        prepare(config, quiet)
    assert not (tmp_path / "taphuan.sqlite3").exists()
    assert not (tmp_path / "demo-password").exists()


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path):
    (tmp_path / "taphuan.sqlite3").write_bytes(b"somebody's data")
    with pytest.raises(SettingError, match="--data"):
        prepare(Config(data_dir=tmp_path, secret_key="only-for-tests"), quiet)
    assert (tmp_path / "taphuan.sqlite3").read_bytes() == b"somebody's data"


def test_the_demo_refuses_another_database(tmp_path: Path):
    config = Config(data_dir=tmp_path, secret_key="x", database_url="postgresql://localhost/real")
    with pytest.raises(SettingError, match="TAPHUAN_DATABASE_URL"):
        prepare(config, quiet)
