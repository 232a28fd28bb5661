"""SQLite's connections: each thread keeps one that reads and one that writes.

The reading one can never write (``query_only``); the writing one is used by nothing but
``transaction()``. Keeping them spares every request the opening, checking and resetting that a
pool does. When the ORM is used inside a transaction, its engine is given the writing connection.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.pool import NullPool

from app.core.observers import tell

BUSY_TIMEOUT_MS = 15_000
_EXTENSION = "sqlite_connections"


class KeptConnection(sqlite3.Connection):
    """A connection of a thread: a pool may ask for its end, only its owner ends it."""

    def close(self) -> None:
        """Do nothing."""

    def end(self) -> None:
        """Close the connection."""
        super().close()


class SqliteConnections:
    """The connections of all threads of this process to one file."""

    def __init__(self, path: str, synchronous: str) -> None:
        self._path = path
        self._synchronous = synchronous
        self._mine = threading.local()
        self._all: list[KeptConnection] = []
        self.engine = _engine_on(self.writer)

    def reader(self) -> sqlite3.Connection:
        """Return this thread's connection for reading."""
        found: sqlite3.Connection | None = getattr(self._mine, "reader", None)
        if found is None:
            found = self._mine.reader = self._open()
            found.execute("PRAGMA query_only=ON")
        return found

    def writer(self) -> sqlite3.Connection:
        """Return this thread's connection for writing."""
        found: sqlite3.Connection | None = getattr(self._mine, "writer", None)
        if found is None:
            found = self._mine.writer = self._open()
        return found

    def _open(self) -> KeptConnection:
        connection = sqlite3.connect(
            self._path,
            factory=KeptConnection,
            isolation_level=None,  # the driver opens no transaction by itself
            cached_statements=256,
            check_same_thread=False,
        )
        prepare(connection, self._synchronous)
        self._all.append(connection)
        return connection

    def close(self) -> None:
        """Close the connections of all threads; the next use opens new ones."""
        self._mine = threading.local()
        while self._all:
            self._all.pop().end()


def _engine_on(give: Callable[[], sqlite3.Connection]) -> sa.Engine:
    """Return an engine whose every connection is the given one, with its transaction open.

    An engine rolls its very first connection back after asking it what it can; that one is in
    memory. A statement that would run outside of a transaction, and so be kept by itself, is
    refused.
    """
    source: Callable[[], sqlite3.Connection] = _in_memory

    def create() -> sqlite3.Connection:
        return source()

    engine = sa.create_engine("sqlite://", creator=create, poolclass=NullPool)
    with engine.connect():
        source = give

    @event.listens_for(engine, "before_cursor_execute")
    def _check(_connection: object, cursor: Any, statement: str, *_rest: object) -> None:
        check_open(cursor.connection)
        tell(statement)

    return engine


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


def check_open(connection: sqlite3.Connection) -> None:
    """Check that a transaction is open.

    :raises RuntimeError: it was ended before the end of its block
    """
    if not connection.in_transaction:
        message = "the transaction was ended inside its block"
        raise RuntimeError(message)


def prepare(connection: sqlite3.Connection, synchronous: str) -> None:
    """Set a new connection up: patient, with foreign keys, and as durable as asked."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA synchronous={synchronous}")


def init_sqlite(app: Flask, engine: sa.Engine, synchronous: str) -> None:
    """Give an application on SQLite its connections; those of its engine can only read."""
    connections = SqliteConnections(str(engine.url.database), synchronous)
    app.extensions[_EXTENSION] = connections

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        prepare(connection, synchronous)
        connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "engine_disposed")
    def _close(_engine: object) -> None:
        connections.close()


def connections_of(app: Flask) -> SqliteConnections | None:
    """Return the connections of an application, None when it is not on SQLite."""
    found: SqliteConnections | None = app.extensions.get(_EXTENSION)
    return found


_writing: ContextVar[SqliteConnections | None] = ContextVar("writing", default=None)


def writing() -> SqliteConnections | None:
    """Return the connections whose writer has a transaction open here, None without one."""
    return _writing.get()


@contextmanager
def immediate(connections: SqliteConnections) -> Iterator[sqlite3.Connection]:
    """Begin a transaction that writes at once; it is rolled back unless the caller commits it."""
    writer = connections.writer()
    writer.execute("BEGIN IMMEDIATE")
    token = _writing.set(connections)
    try:
        yield writer
    finally:
        _writing.reset(token)
        if writer.in_transaction:
            writer.execute("ROLLBACK")
