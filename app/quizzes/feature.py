"""Join the quiz engine to an application."""

from __future__ import annotations

from flask import Flask

from app.core.events import bus_of
from app.core.ticker import add_job
from app.courses.commands import register_reader
from app.courses.events import ActivityImported
from app.courses.models import ActivityKind
from app.quizzes.domain.definition import quiz_faults
from app.quizzes.jobs import close_overdue_attempts
from app.quizzes.routes import bp
from app.quizzes.subscribers import store_imported_quiz


def register(app: Flask) -> None:
    """Add the pages, the reader of quiz files, and the closing of overdue attempts."""
    app.register_blueprint(bp)
    bus_of(app).subscribe(ActivityImported, store_imported_quiz)
    register_reader(app, ActivityKind.QUIZ, quiz_faults)
    add_job(app, close_overdue_attempts)
