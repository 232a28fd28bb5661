"""Certificates issued to a cohort: who gets one, which numbers, all or none."""

from __future__ import annotations

import hashlib
import subprocess
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.certificates import commands, queries
from app.certificates.errors import (
    AlreadyIssuedError,
    DecisionMissingError,
    DecisionTooLateError,
    IssuerNotSetError,
    NameNotConfirmedError,
    NameReportedError,
    NobodyToIssueError,
    NotEligibleError,
    NotInCohortError,
    NumbersMovedError,
)
from app.certificates.models import Certificate, CertificateFile, RegisterCounter
from app.cohorts.commands import report_name
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.pdf import UndrawableTextError
from tests.certificates.factories import (
    DECIDED,
    issue,
    issued,
    make_issuer,
    make_ready,
    make_ready_cohort,
    order_of,
)
from tests.factories import make_cohort, make_enrolment, make_user
from tests.needs import pdftotext_path

pytestmark = pytest.mark.usefixtures("clock")


def count(model: type) -> int:
    return db.session.query(model).count()


def test_everybody_ready_gets_a_number_in_the_order_of_the_list():
    cohort = make_ready_cohort(["Trần Thị Bích", "Nguyễn Văn An", "Lê Ấn"])
    issue(cohort)
    rows = issued(cohort)
    assert [row.printed_name for row in rows] == ["Trần Thị Bích", "Nguyễn Văn An", "Lê Ấn"]
    assert [row.register_no for row in rows] == [f"00{n}/2026/GCN-SKHCN" for n in (1, 2, 3)]
    assert [row.serial_no for row in rows] == ["0000001", "0000002", "0000003"]


def test_the_stored_bytes_are_those_of_their_fingerprint():
    cohort = make_ready_cohort()
    issue(cohort)
    for row in issued(cohort):
        paper = queries.get_paper(row.id)
        assert paper.content.startswith(b"%PDF")
        assert hashlib.sha256(paper.content).hexdigest() == row.sha256 == paper.sha256
        assert len(paper.content) == row.size


def test_the_name_on_the_paper_is_the_learners_to_the_letter(tmp_path: Path):
    pdftotext = pdftotext_path()
    names = ["H'Hen Niê", "Nguyễn Thuỳ Dương", "Đặng Ngọc Ánh", "Lò A Pó", "Phạm Hữu Nghĩa"]
    cohort = make_ready_cohort(names)
    issue(cohort)
    for row in issued(cohort):
        path = tmp_path / "paper.pdf"
        path.write_bytes(queries.get_paper(row.id).content)
        text = subprocess.run([pdftotext, "-layout", path, "-"], capture_output=True, check=True)
        lines = [line.strip() for line in text.stdout.decode().splitlines()]
        assert row.printed_name in lines
        assert unicodedata.is_normalized("NFC", row.printed_name)


def test_a_second_issue_adds_nothing():
    cohort = make_ready_cohort()
    issue(cohort)
    with pytest.raises(NobodyToIssueError):
        issue(cohort)
    assert count(Certificate) == 2
    assert {row.next_number for row in db.session.query(RegisterCounter)} == {3}


def test_who_comes_later_gets_the_next_number():
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    issue(cohort)
    make_ready(cohort, "Trần Thị Bích")
    issue(cohort)
    assert [row.register_number for row in issued(cohort)] == [1, 2]


def test_the_register_starts_again_each_year_and_the_serial_does_not(clock):
    first, second = make_ready_cohort(), make_ready_cohort()
    clock.move_to(datetime(2026, 12, 31, 16, 59, tzinfo=UTC))  # 23:59 in Việt Nam
    issue(first)
    clock.move_to(datetime(2026, 12, 31, 17, 0, tzinfo=UTC))  # 1/1/2027 there
    issue(second)
    assert [row.register_no for row in issued(second)] == [
        "001/2027/GCN-SKHCN",
        "002/2027/GCN-SKHCN",
    ]
    assert [row.serial_no for row in issued(second)] == ["0000003", "0000004"]


def test_who_does_not_meet_the_rule_is_left_out_and_refused_when_chosen():
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    lazy = make_enrolment(cohort, make_user("Vũ Lười"), name_confirmed_at=utc_now())
    with pytest.raises(NotEligibleError, match="Vũ Lười"):
        issue(cohort, enrolment_ids={lazy.id})
    issue(cohort)
    assert [row.printed_name for row in issued(cohort)] == ["Nguyễn Văn An"]


def test_a_name_not_confirmed_is_refused_until_the_officer_has_it_on_paper():
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    unsure = make_ready(cohort, "Trần Thị Bích", confirmed=False)
    with pytest.raises(NameNotConfirmedError, match="Trần Thị Bích"):
        issue(cohort, enrolment_ids={unsure.id})
    issue(cohort)
    assert len(issued(cohort)) == 1
    issue(cohort, confirmed_on_paper=True)
    assert len(issued(cohort)) == 2


def test_a_name_reported_as_wrong_is_not_printed_even_with_a_paper():
    cohort = make_ready_cohort(["Nguyễn Văn An"])
    wrong = make_ready(cohort, "Trần Thị Bích")
    with transaction():
        report_name(enrolment_id=wrong.id, remark="Trần Thị Bích Ngọc", reported_at=utc_now())
    with pytest.raises(NameReportedError, match="Trần Thị Bích"):
        issue(cohort, enrolment_ids={wrong.id}, confirmed_on_paper=True)
    issue(cohort, confirmed_on_paper=True)
    assert len(issued(cohort)) == 1


def test_who_has_one_or_is_of_another_cohort_cannot_be_chosen():
    cohort, other = make_ready_cohort(["Nguyễn Văn An"]), make_ready_cohort(["Lê Ấn"])
    issue(cohort)
    (mine,) = queries.list_candidates(cohort.id)
    (theirs,) = queries.list_candidates(other.id)
    with pytest.raises(AlreadyIssuedError, match="Nguyễn Văn An"):
        issue(cohort, enrolment_ids={mine.enrolment_id})
    with pytest.raises(NotInCohortError):
        issue(cohort, enrolment_ids={theirs.enrolment_id})


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"decision_number": " "}, DecisionMissingError),
        ({"decision_number": "1" * 61}, DecisionMissingError),
        ({"decision_on": DECIDED + timedelta(days=30)}, DecisionTooLateError),
    ],
)
def test_a_decision_needs_a_number_and_a_day_that_has_come(wrong, error):
    cohort = make_ready_cohort()
    with pytest.raises(error):
        issue(cohort, **wrong)
    assert count(Certificate) == 0


def test_nothing_is_issued_before_somebody_says_who_issues():
    cohort = make_cohort()
    make_ready(cohort)
    with pytest.raises(IssuerNotSetError):
        issue(cohort)


def test_one_name_that_cannot_be_printed_stops_the_whole_batch():
    cohort = make_ready_cohort(["Nguyễn Văn An", "李 小龙"])
    with pytest.raises(UndrawableTextError, match="李"):
        issue(cohort)
    assert count(Certificate) == count(CertificateFile) == count(RegisterCounter) == 0


def test_what_is_drawn_ahead_is_what_is_stored():
    cohort = make_ready_cohort()
    commands.issue_drawn_ahead(order_of(cohort), transaction)
    assert [row.register_number for row in issued(cohort)] == [1, 2]


def test_numbers_that_were_shown_and_are_taken_by_then_issue_nothing():
    first, second = make_ready_cohort(), make_ready_cohort()
    shown = order_of(second, first_number=1)
    issue(first)
    with pytest.raises(NumbersMovedError):
        commands.issue_drawn_ahead(shown, transaction)
    assert issued(second) == []


def test_seventy_are_issued_in_as_many_statements_as_two(count_queries):
    small, large = make_ready_cohort(), make_ready_cohort([f"Nguyễn Văn An {n}" for n in range(70)])
    make_issuer()
    with count_queries() as few:
        commands.issue_drawn_ahead(order_of(small), transaction)
    with count_queries() as many:
        commands.issue_drawn_ahead(order_of(large), transaction)
    assert len(many) == len(few) <= 30
    assert len(issued(large)) == 70
