"""Certificates from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.certificates import queries
from app.certificates.cli import group
from app.core.errors import AppError
from tests.certificates.factories import issued, make_officer, make_ready_cohort, revoke

pytestmark = pytest.mark.usefixtures("clock")


def run(*arguments: str):
    return CliRunner().invoke(group, arguments)


def test_a_cohort_is_issued_by_its_code_and_a_file_verified(tmp_path: Path):
    cohort = make_ready_cohort()
    officer = make_officer()
    decision = ("--decision", "1/QĐ", "--on", "20/11/2026", "--officer", officer.username)
    done = run("issue", cohort.code, *decision)
    assert done.exit_code == 0, done.output
    assert "Đã cấp 2 giấy, số vào sổ 001/2026/GCN-SKHCN đến 002/2026/GCN-SKHCN." in done.output
    row = issued(cohort)[0]
    path = tmp_path / "paper.pdf"
    path.write_bytes(queries.get_paper(row.id).content)
    done = run("verify", str(path))
    assert (done.exit_code, done.output) == (0, "001/2026/GCN-SKHCN: Còn hiệu lực\n")
    revoke(row.id)
    done = run("verify", str(path))
    assert (done.exit_code, done.output) == (1, "001/2026/GCN-SKHCN: Đã thu hồi\n")


@pytest.mark.parametrize("place", [0, 1_000, -1])
def test_a_file_with_one_changed_byte_is_not_ours(tmp_path: Path, place: int):
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    assert run("issue", cohort.slug, "--decision", "1/QĐ", "--on", "2026-11-20").exit_code == 0
    content = bytearray(queries.get_paper(issued(cohort)[0].id).content)
    content[place] ^= 1
    path = tmp_path / "changed.pdf"
    path.write_bytes(content)
    done = run("verify", str(path))
    assert isinstance(done.exception, AppError)
    assert "không trùng với giấy nào" in done.exception.sentence


def test_unknown_cohorts_and_officers_are_said(tmp_path: Path):
    cohort = make_ready_cohort()
    decision = ("--decision", "1/QĐ", "--on", "20/11/2026")
    done = run("issue", "khong-co", *decision)
    assert isinstance(done.exception, AppError)
    done = run("issue", cohort.code, *decision, "--officer", "khongco")
    assert isinstance(done.exception, AppError)
    assert issued(cohort) == []
