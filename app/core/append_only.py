"""Tables that only grow: a row once written is never changed and never deleted.

Two walls: the ORM refuses to flush a change, and a trigger in the database refuses it to everybody
else, whatever program asks.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

import sqlalchemy as sa
from sqlalchemy import event

from app.core.db import Base

Model = TypeVar("Model", bound=type[Base])

_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_{verb}_refused BEFORE {VERB} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END"""
_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_change_refused() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{table}: rows are never changed or deleted' USING ERRCODE = '23001'; END
$$ LANGUAGE plpgsql"""
_POSTGRES_TRIGGER = """CREATE OR REPLACE TRIGGER {table}_{verb}_refused BEFORE {VERB} ON "{table}"
FOR EACH ROW EXECUTE FUNCTION {table}_change_refused()"""


class RowChangedError(Exception):
    """The program tried to change or delete a row of a table that only grows: a mistake of ours."""


def append_only(model: Model) -> Model:
    """Make a table grow only (decorator of a model).

    ``create_all`` makes the triggers with the table; a migration runs :func:`trigger_statements`.
    """
    event.listen(model, "before_update", _refuse)
    event.listen(model, "before_delete", _refuse)
    event.listen(model.__table__, "after_create", _make_triggers)
    return model


def trigger_statements(table: str, dialect: str) -> list[str]:
    """Return the statements that make the database refuse changes of a table's rows.

    :param dialect: ``sqlite`` or ``postgresql``
    """
    pattern = _SQLITE if dialect == "sqlite" else _POSTGRES_TRIGGER
    triggers = [
        pattern.format(table=table, verb=verb, VERB=verb.upper()) for verb in ("update", "delete")
    ]
    if dialect == "sqlite":
        return triggers
    return [_POSTGRES_FUNCTION.format(table=table), *triggers]


def _refuse(_mapper: Any, _connection: sa.Connection, row: Any) -> NoReturn:
    message = f"{type(row).__name__}: rows are never changed or deleted"
    raise RowChangedError(message)


def _make_triggers(table: sa.Table, connection: sa.Connection, **_options: Any) -> None:
    for statement in trigger_statements(table.name, connection.dialect.name):
        connection.exec_driver_sql(statement)
