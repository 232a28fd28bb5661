"""Issue to a cohort again and again, each time killed one statement later (run by test_races).

Usage: ``python -m tests.certificates.killed_issue ADDRESS COHORT_ID``. Prints, for each time, how
many rows each table of issued papers and the counters hold afterwards, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import uuid
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from app.certificates.commands import IssueOrder, issue_drawn_ahead
from app.certificates.drawing import FONTS
from app.core.clock import utc_now
from app.core.db import is_writing, transaction, writing_engine
from app.core.pdf import register_faces
from app.factory import create_app
from config import Config

TABLES = (
    "issue_batch",
    "certificate",
    "certificate_file",
    "register_entry",
    "register_counter",
    "audit_entry",
)
_MOST_STATEMENTS = 60


def issue_until(app: Flask, cohort_id: uuid.UUID, last_statement: int) -> None:
    """Issue; the process dies before it sends that statement inside the transaction."""
    with app.app_context():
        sent = 0

        def count(*_arguments: object) -> None:
            nonlocal sent
            if is_writing():
                sent += 1
                if sent == last_statement:
                    os.kill(os.getpid(), signal.SIGKILL)

        event.listen(writing_engine(), "before_cursor_execute", count)
        event.listen(writing_engine(), "commit", count)
        order = IssueOrder(
            cohort_id=cohort_id,
            decision_number="1/QĐ",
            decision_on=date(2020, 1, 1),
            issued_at=utc_now(),
            issued_by_id=None,
        )
        issue_drawn_ahead(order, transaction)


def count_rows(address: str) -> list[int]:
    """Return how many rows each table holds, seen by somebody else."""
    engine = sa.create_engine(address)
    with engine.connect() as connection:
        counts = [
            connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in TABLES
        ]
    engine.dispose()
    return counts


def main(address: str, cohort_id: str) -> None:
    """Kill at every statement in turn, until one issue gets through."""
    app = create_app(
        Config(
            data_dir=Path(tempfile.gettempdir()),
            secret_key="only-for-tests",
            database_url=address,
            testing=True,
        )
    )
    register_faces(FONTS)  # once, so that no child has to
    seen = [count_rows(address)]
    for last_statement in range(1, _MOST_STATEMENTS):
        child = os.fork()
        if child == 0:
            issue_until(app, uuid.UUID(cohort_id), last_statement)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        seen.append(count_rows(address))
        if not os.WIFSIGNALED(status):
            break
    sys.stdout.write(json.dumps({"died": os.WIFSIGNALED(status), "seen": seen}))


if __name__ == "__main__":
    main(*sys.argv[1:])
