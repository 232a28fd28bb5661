"""Rules every table keeps."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Flask

from app.core.db import Base, UtcDateTime
from tests.architecture.source import may_use


def owners() -> dict[str, str]:
    """Return the feature that owns each table."""
    return {
        str(mapper.local_table): mapper.class_.__module__.split(".")[1]
        for mapper in Base.registry.mappers
    }


def columns() -> list[sa.Column[object]]:
    """Return every column of every table."""
    return [column for table in Base.metadata.tables.values() for column in table.columns]


def test_foreign_keys_point_down(app: Flask):
    owner = owners()
    upwards = [
        f"{key.parent} → {key.column}"
        for column in columns()
        for key in column.foreign_keys
        if not may_use(owner[str(column.table)], owner[str(key.column.table)])
    ]
    assert upwards == []


def test_foreign_keys_say_what_a_deletion_does(app: Flask):
    silent = [
        str(key.parent) for each in columns() for key in each.foreign_keys if key.ondelete is None
    ]
    assert silent == []


def test_relationships_load_only_what_a_query_names(app: Flask):
    greedy = [
        f"{mapper.class_.__name__}.{relationship.key}"
        for mapper in Base.registry.mappers
        for relationship in mapper.relationships
        if relationship.lazy not in {"raise", "raise_on_sql", "write_only", "noload"}
    ]
    assert greedy == []


def test_moments_have_a_zone_and_names_tell_moments_from_days(app: Flask):
    wrong = []
    for column in columns():
        is_moment = isinstance(column.type, UtcDateTime)
        is_day = isinstance(column.type, sa.Date)
        if isinstance(column.type, sa.DateTime):
            wrong.append(f"{column} has no zone")
        if is_moment != column.name.endswith(("_at", "_until")):
            wrong.append(f"{column}: moments end in _at or _until")
        if is_day != column.name.endswith("_on"):
            wrong.append(f"{column}: days end in _on")
    assert wrong == []


def test_no_mark_is_a_float(app: Flask):
    assert [str(column) for column in columns() if isinstance(column.type, sa.Float)] == []


def test_tables_are_named_in_the_singular_after_their_class(app: Flask):
    wrong = [
        f"{mapper.class_.__name__}: {mapper.local_table}"
        for mapper in Base.registry.mappers
        if str(mapper.local_table).replace("_", "") != mapper.class_.__name__.lower()
    ]
    assert wrong == []
