"""How Alembic reaches the database: through the connection handed over by ``manage.py``."""

from __future__ import annotations

from alembic import context

from app import factory
from app.core.db import Base

TABLES_OF = factory.FEATURES  # every feature's tables are known once the factory is imported


def run() -> None:
    """Run the migrations on the given connection, each in its own transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
