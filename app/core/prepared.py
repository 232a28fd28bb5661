"""Statements of the hot views: compiled once, then run past the engine's bookkeeping on SQLite.

Running a Core statement through a session costs several times what SQLite needs to answer it. A
:class:`Prepared` statement keeps its SQL and the conversions of its values. Outside of a
transaction it reads on a connection that belongs to the thread and can never write; inside
``transaction()`` it runs on the connection of that transaction. On PostgreSQL it is an ordinary
Core statement on the session's connection.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy import event

Row = tuple[Any, ...]
_EXTENSION = "sqlite_readers"
_writer: ContextVar[sqlite3.Connection | None] = ContextVar("writer", default=None)
observers: list[Callable[[str], None]] = []
"""Who is told the SQL of every statement run past the engine (tests that count)."""


class SqliteReaders:
    """One read-only connection for each thread of this process."""

    def __init__(
        self, path: str, prepare: Callable[[sqlite3.Connection], None], dialect: sa.Dialect
    ) -> None:
        self.dialect = dialect
        self._path = path
        self._prepare = prepare
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection, opened on first use."""
        found: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, cached_statements=256, check_same_thread=False)
            self._prepare(found)
            self._mine.connection = found
            self._all.append(found)
        return found

    def close(self) -> None:
        """Close all connections; the next reads open new ones."""
        self._mine = threading.local()
        while self._all:
            self._all.pop().close()


def init_readers(
    app: Flask, engine: sa.Engine, prepare: Callable[[sqlite3.Connection], None]
) -> None:
    """Give an application on SQLite its reading connections.

    :param prepare: makes a new connection read-only
    """
    readers = SqliteReaders(str(engine.url.database), prepare, engine.dialect)
    app.extensions[_EXTENSION] = readers
    event.listen(engine, "engine_disposed", lambda _engine: readers.close())


@contextmanager
def writing_on(connection: sqlite3.Connection) -> Iterator[None]:
    """Let prepared statements run on the connection of the open transaction."""
    token = _writer.set(connection)
    try:
        yield
    finally:
        _writer.reset(token)


class Prepared:
    """A Core statement with named values, for the views that are asked for all the time."""

    def __init__(self, statement: sa.Executable) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def all(self, **values: Any) -> list[Row]:
        """Return all rows."""
        readers = current_app.extensions.get(_EXTENSION)
        if readers is None:
            return [tuple(row) for row in self._ask_session(values)]
        compiled = self._compiled or self._compile(readers.dialect)
        connection = _writer.get() or readers.connection()
        return compiled.rows(connection, values)

    def first(self, **values: Any) -> Row | None:
        """Return the first row, None without any."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def run(self, **values: Any) -> int:
        """Write inside ``transaction()`` and return how many rows that changed."""
        readers = current_app.extensions.get(_EXTENSION)
        if readers is None:
            return self._ask_session(values).rowcount
        compiled = self._compiled or self._compile(readers.dialect)
        return compiled.run(_writer.get() or readers.connection(), values)

    def _ask_session(self, values: dict[str, Any]) -> sa.CursorResult[Any]:
        session = current_app.extensions["sqlalchemy"].session
        result: sa.CursorResult[Any] = session.connection().execute(self._statement, values)
        return result

    def _compile(self, dialect: sa.Dialect) -> _Compiled:
        self._compiled = _Compiled(self._statement, dialect)
        return self._compiled


class _Compiled:
    """The SQL of a statement, and how values go in and come out."""

    def __init__(self, statement: Any, dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self.sql = str(compiled)
        self._values: list[tuple[str, Callable[[Any], Any] | None, bool, Any]] = []
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            into = bind.type.dialect_impl(dialect).bind_processor(dialect)
            fixed = None if bind.required else _through(into, bind.value)
            self._values.append((name, into, bind.required, fixed))
        columns = getattr(statement, "selected_columns", ())
        out = [each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns]
        self._out = [(place, process) for place, process in enumerate(out) if process]

    def _bound(self, values: dict[str, Any]) -> list[Any]:
        return [
            (into(values[name]) if into else values[name]) if required else fixed
            for name, into, required, fixed in self._values
        ]

    def rows(self, connection: sqlite3.Connection, values: dict[str, Any]) -> list[Row]:
        for each in observers:
            each(self.sql)
        found = connection.execute(self.sql, self._bound(values)).fetchall()
        if not self._out:
            return found
        rows = []
        for raw in found:
            row = list(raw)
            for place, process in self._out:
                row[place] = process(row[place])
            rows.append(tuple(row))
        return rows

    def run(self, connection: sqlite3.Connection, values: dict[str, Any]) -> int:
        for each in observers:
            each(self.sql)
        return connection.execute(self.sql, self._bound(values)).rowcount


def _through(process: Callable[[Any], Any] | None, value: Any) -> Any:
    return process(value) if process else value
