"""The migrations make the tables that the program expects, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.core.db import Base
from app.core.revision import is_current, newest_revisions
from app.core.schema import alembic_config, is_up_to_date, upgrade_schema
from tests.needs import postgres_bin_dir
from tests.postgres import private_cluster


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    with private_cluster(postgres_bin_dir()) as url:
        yield url


def test_models_match_migrations(empty_url: str) -> None:
    upgrade_schema(empty_url)
    with connected(empty_url) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    assert is_up_to_date(empty_url)


def test_migrations_go_down_and_up_again(empty_url: str) -> None:
    upgrade_schema(empty_url)
    with connected(empty_url) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert set(sa.inspect(connection).get_table_names()) <= {"alembic_version"}
    assert not is_current(empty_url)
    upgrade_schema(empty_url)
    assert is_up_to_date(empty_url)
    assert is_current(empty_url)


def test_an_old_database_is_not_up_to_date(tmp_path: Path) -> None:
    assert not is_up_to_date(f"sqlite:///{tmp_path / 'nothing.sqlite3'}")
    assert not is_current(f"sqlite:///{tmp_path / 'none-at-all.sqlite3'}")
    assert not (tmp_path / "none-at-all.sqlite3").exists()


def test_an_empty_file_and_another_revision_are_not_current(tmp_path: Path) -> None:
    path = tmp_path / "thử #1.sqlite3"
    path.touch()
    assert not is_current(f"sqlite:///{path}")
    upgrade_schema(f"sqlite:///{path}")
    assert is_current(f"sqlite:///{path}")
    with connected(f"sqlite:///{path}") as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'older'"))
        connection.commit()
    assert not is_current(f"sqlite:///{path}")


def test_the_newest_revision_read_as_text_is_alembics() -> None:
    assert newest_revisions() == set(ScriptDirectory.from_config(alembic_config()).get_heads())


def test_what_another_revision_follows_is_not_the_newest(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("revision = 'aa'\ndown_revision = None\n")
    (tmp_path / "b.py").write_text('revision: str = "bb"\ndown_revision: str | None = "aa"\n')
    assert newest_revisions(tmp_path) == {"bb"}
