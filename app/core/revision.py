"""Whether a database has the tables this program expects, told without Alembic where that can be.

An SQLite file's revision is one row, and the newest one stands in the migrations: a server that
starts reads both in a moment, while Alembic and SQLAlchemy take most of a second to import.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.deferred import Deferred

if TYPE_CHECKING:
    from app.core import schema
else:
    schema = Deferred("app.core.schema")

VERSIONS = Path(__file__).resolve().parent.parent.parent / "migrations" / "versions"
_SQLITE = "sqlite:///"
_SET_IN_MIGRATION = r"""^{name}(?::[^=]*)? = ["'](\w+)["']$"""


def newest_revisions(folder: Path = VERSIONS) -> set[str]:
    """Return the revisions that no other one follows; there is one unless two were made at once."""
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    return _set_to("revision", texts) - _set_to("down_revision", texts)


def _set_to(name: str, texts: list[str]) -> set[str]:
    pattern = re.compile(_SET_IN_MIGRATION.format(name=name), re.MULTILINE)
    return {found for text in texts for found in pattern.findall(text)}


def is_current(url: str) -> bool:
    """Say the same as ``schema.is_up_to_date``, for an SQLite file without SQLAlchemy.

    :param url: SQLAlchemy's address of the database
    """
    if not url.startswith(_SQLITE):
        return schema.is_up_to_date(url)
    path = Path(url.removeprefix(_SQLITE)).resolve()
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
        try:
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        except sqlite3.OperationalError:  # no such table
            return False
    return {revision for (revision,) in rows} == newest_revisions()
