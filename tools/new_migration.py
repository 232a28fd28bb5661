"""Write a migration for what the models have and the database has not yet.

Run: ``python -m tools.new_migration "add site gate"``. Read what it wrote before committing it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from app.core.schema import alembic_config, migration_engine, upgrade_schema


def main(sentence: str) -> None:
    """Compare the models with a database brought up to date, and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.sqlite3'}"
        upgrade_schema(url)
        engine = migration_engine(url)
        with engine.connect() as connection:
            config = alembic_config()
            config.attributes["connection"] = connection
            command.revision(config, message=sentence, autogenerate=True)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
