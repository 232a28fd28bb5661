"""How Alembic reaches the database: through the connection handed over by ``manage.py``."""

from __future__ import annotations

from alembic import context

from app import factory
from app.auth.models import RoleSet
from app.core.db import Base, UtcDateTime

TABLES_OF = factory.FEATURES  # every feature's tables are known once the factory is imported


def in_plain_types(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as what they are in the database: a migration outlives them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, RoleSet):
        return "sa.SmallInteger()"
    return False


def run() -> None:
    """Run the migrations on the given connection, each in its own transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=in_plain_types,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
