"""Bring a database to the tables of this program, by Alembic's migrations."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


def alembic_config() -> AlembicConfig:
    """Return Alembic's settings without an ini file."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(hour).2d%%(minute).2d_%%(slug)s"
    )
    return config


def migration_engine(url: str) -> sa.Engine:
    """Return an engine for changing tables; an SQLite file is put into WAL mode, once, for ever."""
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    return engine


def upgrade_schema(url: str, revision: str = "head") -> None:
    """Run the migrations that are still to be run."""
    engine = migration_engine(url)
    try:
        with engine.connect() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
    finally:
        engine.dispose()


def is_up_to_date(url: str) -> bool:
    """Say whether the database has the tables this program expects."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    return present == ScriptDirectory.from_config(alembic_config()).get_current_head()
