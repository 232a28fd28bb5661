"""The database: base class, column types, and the one place that ends a transaction.

Reading connections cannot write: SQLite connections are ``query_only`` and PostgreSQL sessions
read-only until :func:`transaction` opens. On SQLite a writing transaction begins IMMEDIATE, because
one that reads first and writes later fails when another writer got between ("database is locked").
"""

from __future__ import annotations

import enum
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from app.core.errors import BusyError, RuleBrokenError
from app.core.i18n import gettext as _
from app.core.sqlite import check_open, connections_of, immediate, init_sqlite, writing

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive value is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Return the moment in UTC.

        :raises ValueError: the moment has no zone
        """
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive moment: {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Return the moment with its zone (SQLite gives it back without)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=_NAMES),
        type_annotation_map={
            datetime: UtcDateTime(),
            dict[str, Any]: sa.JSON(),
            list[Any]: sa.JSON(),
            enum.Enum: sa.Enum(
                enum.Enum,
                native_enum=False,
                create_constraint=True,
                length=32,
                values_callable=lambda members: [each.value for each in members],
            ),
        },
    )


def uuid_pk() -> Mapped[uuid.UUID]:
    """Return a primary key column filled in Python."""
    return mapped_column(sa.Uuid(), primary_key=True, default=uuid.uuid4)


class WritingSession(Session):
    """A session that reads on the engine and, inside ``transaction()``, uses its connection."""

    def get_bind(self, *args: Any, **options: Any) -> sa.Engine | sa.Connection:
        """Return the engine of the open transaction, else the one for reading."""
        open_one = writing()
        return open_one.engine if open_one else super().get_bind(*args, **options)


db = SQLAlchemy(
    model_class=Base, session_options={"expire_on_commit": False, "class_": WritingSession}
)


def init_database(app: Flask) -> None:
    """Bind the database to the application and make reading connections read-only."""
    db.init_app(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        init_sqlite(app, engine, app.config.get("SQLITE_SYNCHRONOUS", "FULL"))
    else:

        def prepare_postgres(connection: Any, _record: object) -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = on")
            connection.commit()

        event.listen(engine, "connect", prepare_postgres)


_is_writing: ContextVar[bool] = ContextVar("is_writing", default=False)


def is_writing() -> bool:
    """Say whether ``transaction()`` is open here."""
    return _is_writing.get()


def _has_session_in_transaction() -> bool:
    # A session is made on first use; the hottest writes never need one.
    return db.session.registry.has() and db.session().in_transaction()


def _roll_back() -> None:
    if db.session.registry.has():
        db.session.rollback()


@contextmanager
def _open_for_writing() -> Iterator[None]:
    """Begin a transaction that may write, and commit it at the end of the block."""
    connections = connections_of(current_app)
    if connections is None:
        db.session.connection().exec_driver_sql("SET TRANSACTION READ WRITE")
        yield
        db.session.commit()
        return
    with immediate(connections) as writer:
        yield
        check_open(writer)
        if _has_session_in_transaction():
            db.session.commit()
        if writer.in_transaction:
            writer.execute("COMMIT")


def writing_engine() -> sa.Engine:
    """Return the engine whose connection the ORM uses inside ``transaction()``."""
    connections = connections_of(current_app)
    return connections.engine if connections else db.engine


def _is_lock_timeout(error: OperationalError | sqlite3.OperationalError) -> bool:
    """Say whether the write came too late for another's lock, so that asking again is safe."""
    cause = error.orig if isinstance(error, OperationalError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return (cause.sqlite_errorcode & 0xFF) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return getattr(cause, "sqlstate", None) in {"40001", "40P01", "55P03", "57014"}


@contextmanager
def transaction() -> Iterator[None]:
    """Open the database for writing; commit at the end of the block, roll back on any error.

    What the session read before stays usable but may be stale: commands read again what they
    decide on.

    :raises RuleBrokenError: a unique key or check refused what somebody else did first
    :raises BusyError: the database could not take the write in time
    """
    if is_writing():
        message = "transaction() inside transaction()"
        raise RuntimeError(message)
    if _has_session_in_transaction():
        db.session.commit()  # ends the reading; nothing has been written before this line
    token = _is_writing.set(True)
    try:
        with _open_for_writing():
            yield
    except (IntegrityError, sqlite3.IntegrityError) as error:
        _roll_back()
        raise RuleBrokenError(
            _("Việc này vừa được làm ở nơi khác. Tải lại trang để xem.")
        ) from error
    except (OperationalError, sqlite3.OperationalError) as error:
        _roll_back()
        if _is_lock_timeout(error):
            raise BusyError from error
        raise
    except BaseException:
        _roll_back()
        raise
    finally:
        _is_writing.reset(token)


def read(
    statement: sa.Executable, values: Mapping[str, Any] | None = None
) -> sa.CursorResult[*tuple[Any, ...]]:
    """Run a Core statement on the session's connection, past the ORM (for the hot views)."""
    return db.session.connection().execute(statement, values)


write = read
