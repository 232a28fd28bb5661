"""Statements of the hot views: compiled once, then run past the engine's bookkeeping on SQLite.

Running a Core statement through a session costs several times what SQLite needs to answer it. A
:class:`Prepared` statement keeps its SQL and the conversions of its values. Outside of a
transaction it reads on a connection that belongs to the thread and can never write; inside
``transaction()`` it runs on the connection of that transaction. On PostgreSQL it is an ordinary
Core statement on the session's connection.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from flask import current_app

from app.core.observers import tell
from app.core.sqlite import check_open, connections_of, writing

Row = tuple[Any, ...]


class Prepared:
    """A Core statement with named values, for the views that are asked for all the time."""

    def __init__(self, statement: sa.Executable) -> None:
        self._statement = statement
        self._compiled: _Compiled | None = None

    def all(self, **values: Any) -> list[Row]:
        """Return all rows."""
        open_one = writing()
        if open_one is not None:
            return self._for(open_one.engine).rows(open_one.writer(), values)
        connections = connections_of(current_app)
        if connections is None:
            return [tuple(row) for row in self._ask_session(values)]
        return self._for(connections.engine).rows(connections.reader(), values)

    def first(self, **values: Any) -> Row | None:
        """Return the first row, None without any."""
        rows = self.all(**values)
        return rows[0] if rows else None

    def run(self, **values: Any) -> int:
        """Write inside ``transaction()`` and return how many rows that changed."""
        open_one = writing()
        if open_one is None:  # on PostgreSQL; on SQLite a reading session refuses
            return self._ask_session(values).rowcount
        return self._for(open_one.engine).run(open_one.writer(), values)

    def _ask_session(self, values: dict[str, Any]) -> sa.CursorResult[Any]:
        session = current_app.extensions["sqlalchemy"].session
        result: sa.CursorResult[Any] = session.connection().execute(self._statement, values)
        return result

    def _for(self, engine: sa.Engine) -> _Compiled:
        if self._compiled is None:
            self._compiled = _Compiled(self._statement, engine.dialect)
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
        tell(self.sql)
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
        tell(self.sql)
        check_open(connection)
        return connection.execute(self.sql, self._bound(values)).rowcount


def _through(process: Callable[[Any], Any] | None, value: Any) -> Any:
    return process(value) if process else value
