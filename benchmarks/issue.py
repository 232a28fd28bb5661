"""Print what issuing to a cohort costs: drawn, numbered and stored, and how long others wait.

    python -m benchmarks.issue [--certificates 70] [--rounds 3]

On an SQLite file with WAL and synchronous=FULL. The goal is under 3 s for 70 on two cores. "Locked"
is the time in which nobody else can save an answer.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.certificates import commands, queries
from app.certificates.commands import IssueOrder
from app.core.clock import utc_now
from app.core.db import Base, db, transaction
from app.core.schema import migration_engine
from app.factory import create_app
from config import Config
from tests.certificates.factories import make_ready_cohort

locked_seconds: list[float] = []


@contextmanager
def timed_transaction() -> Iterator[None]:
    """Open a transaction and note how long it held the database."""
    began = time.perf_counter()
    with transaction():
        yield
    locked_seconds.append(time.perf_counter() - began)


def measure(count: int) -> tuple[float, float]:
    """Issue to a new cohort; return wall seconds and CPU-ms for each certificate."""
    cohort = make_ready_cohort([f"Nguyễn Thị Học {number}" for number in range(1, count + 1)])
    order = IssueOrder(
        cohort_id=cohort.id,
        decision_number="128/QĐ-SKHCN",
        decision_on=date(2026, 1, 1),
        issued_at=utc_now(),
        issued_by_id=None,
    )
    wall, processor = time.perf_counter(), time.process_time()
    commands.issue_drawn_ahead(order, timed_transaction)
    spent = time.perf_counter() - wall, (time.process_time() - processor) * 1000 / count
    assert len(queries.list_of_cohort(cohort.id)) == count
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Print what issuing costs.")
    parser.add_argument("--certificates", type=int, default=70)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = Config(data_dir=Path(folder), secret_key="of-a-benchmark", testing=True)  # noqa: S106
        app = create_app(config)
        engine = migration_engine(config.sqlalchemy_url)
        Base.metadata.create_all(engine)
        engine.dispose()
        with app.app_context():
            rounds = [measure(arguments.certificates) for _ in range(arguments.rounds)]
            db.session.remove()
            db.engine.dispose()
    walls, processors = zip(*rounds, strict=True)
    count = arguments.certificates
    print(f"{count} certificates issued:  {statistics.median(walls):6.2f} s  (goal 3)")
    print(f"processor, each:          {statistics.median(processors):6.1f} CPU-ms")
    print(f"database locked:          {statistics.median(locked_seconds) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
