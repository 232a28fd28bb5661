"""Several who issue at once, and machines that die on the way: no gap, no twin, no half paper."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.certificates import commands, queries
from app.certificates.commands import IssueOrder
from app.certificates.domain.stored_face import face_from_values
from app.certificates.drawing import draw
from app.certificates.errors import NobodyToIssueError, NotEligibleError
from app.certificates.models import Certificate, CertificateFile, RegisterCounter, RegisterEntry
from app.cohorts.commands import cancel_enrolment
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.errors import RuleBrokenError
from app.progress.models import ProgressRow
from tests.certificates.factories import issued, make_ready_cohort

ROOT = Path(__file__).resolve().parents[2]
THREADS = 8


def order(cohort_id: uuid.UUID) -> IssueOrder:
    return IssueOrder(
        cohort_id=cohort_id,
        decision_number="1/QĐ",
        decision_on=date(2020, 1, 1),
        issued_at=utc_now(),
        issued_by_id=None,
    )


def issue_at_once(app: Flask, cohort_ids: list[uuid.UUID]) -> list[object]:
    """Issue to each cohort in a thread of its own, all starting together."""
    gate = threading.Barrier(len(cohort_ids))

    def run(cohort_id: uuid.UUID) -> object:
        with app.app_context():
            gate.wait()
            try:
                return commands.issue_drawn_ahead(order(cohort_id), transaction)
            except RuleBrokenError as error:
                return error

    with ThreadPoolExecutor(len(cohort_ids)) as pool:
        return list(pool.map(run, cohort_ids))


def numbers() -> tuple[list[int], list[int]]:
    rows = db.session.execute(sa.select(Certificate.register_number, Certificate.serial_number))
    return tuple(sorted(each) for each in zip(*rows, strict=True))  # type: ignore[return-value]


def test_eight_who_issue_at_once_leave_no_gap_and_no_twin(app: Flask):
    cohorts = [make_ready_cohort(["Nguyễn Văn An", "Lê Ấn", "Lò A Pó"]) for _ in range(THREADS)]
    results = issue_at_once(app, [each.id for each in cohorts])
    assert not [each for each in results if isinstance(each, Exception)]
    everything = list(range(1, 3 * THREADS + 1))
    assert numbers() == (everything, everything)
    for cohort in cohorts:
        mine = [row.register_number for row in issued(cohort)]
        assert mine == list(range(mine[0], mine[0] + 3))
    for certificate in db.session.query(Certificate):
        drawn_alone = draw(face_from_values(certificate.face))
        assert queries.get_paper(certificate.id).content == drawn_alone


def test_eight_who_issue_to_the_same_cohort_issue_once(app: Flask):
    cohort = make_ready_cohort(["Nguyễn Văn An", "Lê Ấn", "Lò A Pó"])
    results = issue_at_once(app, [cohort.id] * THREADS)
    refused = [each for each in results if isinstance(each, NobodyToIssueError)]
    assert len(refused) == THREADS - 1
    assert numbers() == ([1, 2, 3], [1, 2, 3])


def test_who_issues_while_another_took_the_numbers_draws_again():
    first, second = make_ready_cohort(["Lê Ấn"] * 5), make_ready_cohort(["Lò A Pó"] * 5)
    opened = []

    @contextmanager
    def late_transaction():
        if not opened:
            opened.append(1)
            with transaction():
                commands.issue_batch(
                    cohort_id=first.id,
                    decision_number="1/QĐ",
                    decision_on=date(2020, 1, 1),
                    issued_by_id=None,
                    issued_at=utc_now(),
                )
        opened.append(2)
        with transaction():
            yield

    commands.issue_drawn_ahead(order(second.id), late_transaction)
    assert opened == [1, 2, 2]
    assert [row.register_number for row in issued(second)] == [6, 7, 8, 9, 10]
    for row in issued(second):
        assert len(queries.get_paper(row.id).content) == row.size


def test_who_leaves_or_falls_behind_after_the_drawing_gets_none():
    cohort = make_ready_cohort(["Nguyễn Văn An", "Lê Ấn", "Lò A Pó"])
    _an, leaver, _po = queries.list_candidates(cohort.id)

    @contextmanager
    def late_transaction():
        with transaction():
            cancel_enrolment(enrolment_id=leaver.enrolment_id, cancelled_at=utc_now())
        with transaction():
            yield

    commands.issue_drawn_ahead(order(cohort.id), late_transaction)
    assert [row.printed_name for row in issued(cohort)] == ["Nguyễn Văn An", "Lò A Pó"]


def test_a_chosen_one_who_falls_behind_after_the_drawing_stops_the_batch():
    cohort = make_ready_cohort(["Nguyễn Văn An", "Lê Ấn"])
    people = queries.list_candidates(cohort.id)
    chosen = frozenset(each.enrolment_id for each in people)

    @contextmanager
    def late_transaction():
        with transaction():
            row = db.session.get_one(ProgressRow, people[1].enrolment_id)
            row.cells = row.cells.replace("d", ".").replace("D", ".")
            row.cells = "".join("." if each.isalpha() else each for each in row.cells)
        with transaction():
            yield

    shown = IssueOrder(
        cohort_id=cohort.id,
        decision_number="1/QĐ",
        decision_on=date(2020, 1, 1),
        issued_at=utc_now(),
        issued_by_id=None,
        enrolment_ids=chosen,
    )
    with pytest.raises(NotEligibleError, match="Lê Ấn"):
        commands.issue_drawn_ahead(shown, late_transaction)
    assert db.session.query(Certificate).count() == 0


@pytest.mark.slow
def test_a_machine_that_dies_while_issuing_leaves_all_or_nothing():
    cohort = make_ready_cohort(["Nguyễn Văn An", "Lê Ấn", "Lò A Pó"])
    address = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    db.engine.dispose()
    run = subprocess.run(
        [sys.executable, "-m", "tests.certificates.killed_issue", address, str(cohort.id)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    before, *killed, after = found["seen"]
    assert not found["died"]
    assert len(killed) >= 10
    assert all(counts in (before, after) for counts in killed)
    assert after[:5] == [1, 3, 3, 3, 2]
    assert numbers() == ([1, 2, 3], [1, 2, 3])
    assert db.session.query(CertificateFile).count() == 3
    assert db.session.query(RegisterEntry).count() == 3
    assert {each.next_number for each in db.session.query(RegisterCounter)} == {4}
