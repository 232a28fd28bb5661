"""What every test may ask for: an application, an empty database, a clock, browsers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy import event

from app.core import pages
from app.core.db import Base, db
from app.core.observers import observers
from app.core.schema import upgrade_schema
from app.factory import create_app
from config import Config
from tests.needs import postgres_bin_dir
from tests.pages import Browser
from tests.postgres import private_cluster

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 08:00 in Việt Nam
_WITHOUT_DATABASE = ("architecture", "domain")


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of this process's test database, with all tables made by the migrations."""
    if os.environ.get("TAPHUAN_TEST_DATABASE") == "postgresql":
        with private_cluster(postgres_bin_dir()) as url:
            upgrade_schema(url)
            yield url
        return
    folder = tmp_path_factory.mktemp("database")
    url = f"sqlite:///{folder / 'template.sqlite3'}"
    upgrade_schema(url)
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    yield f"sqlite:///{folder / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give the application, made once a process."""
    app = create_app(
        Config(
            data_dir=tmp_path_factory.mktemp("instance"),
            secret_key="only-for-tests",
            base_url="http://localhost",
            database_url=database_url,
            testing=True,
            sqlite_synchronous="OFF",
        )
    )
    app.config["ARGON2"] = {"memory_cost": 64, "time_cost": 1, "parallelism": 1}
    return app


def _empty_sqlite(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(path.with_name("template.sqlite3"), path)


def _empty_postgres(engine: sa.Engine) -> None:
    tables = ", ".join(f'"{each.name}"' for each in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        connection.exec_driver_sql(f"TRUNCATE {tables}")


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give an empty database and an application context; domain tests need neither."""
    if set(request.node.path.parts) & set(_WITHOUT_DATABASE):
        yield
        return
    app: Flask = request.getfixturevalue("app")
    pages.store.clear()
    with app.app_context():
        engine = db.engine
        engine.dispose()
        if engine.dialect.name == "sqlite":
            _empty_sqlite(Path(str(engine.url.database)))
        else:
            _empty_postgres(engine)
        yield
        db.session.remove()
        engine.dispose()


class Clock:
    """The frozen present of a test."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def move_to(self, moment: datetime) -> None:
        """Make it that moment."""
        self._traveller.move_to(moment, tick=False)

    def forward(self, **amount: float) -> None:
        """Let time pass: ``forward(minutes=5)``."""
        self._traveller.shift(timedelta(**amount))


@pytest.fixture
def clock() -> Iterator[Clock]:
    """Freeze the clock on a Monday at 08:00 in Việt Nam."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def browser(app: Flask) -> Callable[[], Browser]:
    """Give a maker of browsers, each with its own cookies."""
    return lambda: Browser(app)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Give a context manager that lists the statements sent to the database (not the pragmas)."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("PRAGMA", "BEGIN", "SET ")):
                seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        observers.append(seen.append)
        try:
            yield seen
        finally:
            observers.remove(seen.append)
            event.remove(engine, "before_cursor_execute", note)

    return counting
