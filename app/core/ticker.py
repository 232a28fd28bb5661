"""Work that the clock asks for, done beside the requests of a serving process."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from flask import Flask

logger = logging.getLogger(__name__)

Job = Callable[[], object]


def add_job(app: Flask, job: Job) -> None:
    """Let ``job`` be run every few seconds while the application serves.

    Each process runs it, so a job must be safe to run twice at once.
    """
    jobs: list[Job] = app.extensions.setdefault("jobs", [])
    jobs.append(job)


def run_jobs(app: Flask) -> None:
    """Run each job once; one that fails is logged and does not stop the others."""
    for job in app.extensions.get("jobs", []):
        try:
            with app.app_context():
                job()
        except Exception:
            logger.exception("job %s failed", job.__name__)


def start_ticker(app: Flask, *, every_seconds: float = 5.0) -> threading.Event:
    """Run the jobs in a thread until the returned event is set or the process ends."""
    stop = threading.Event()

    def tick() -> None:
        while not stop.wait(every_seconds):
            run_jobs(app)

    threading.Thread(target=tick, name="ticker", daemon=True).start()
    return stop
