"""The demo: an instance that is full of a training day, and who can look at what in it.

The database is built under another name and renamed when it is complete, so that an interrupted
build leaves nothing that looks like a demo; the next start builds anew.
"""

from __future__ import annotations

import fcntl
import gc
import logging
import os
import secrets
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.auth import commands as auth
from app.auth import queries as auth_queries
from app.auth.errors import WeakPasswordError
from app.core.clock import utc_now
from app.core.db import db, transaction
from app.core.schema import is_up_to_date, upgrade_schema
from app.factory import create_app
from config import Config, SettingError, read_config
from seed.marker import Say, keep_password, kept_password, print_at_once
from seed.people import LEARNERS, STAFF
from seed.story import tell

_WORDS = (
    "song", "nui", "mua", "nang", "gio", "may", "lua", "ngo", "tre", "sen", "cam", "buoi",
    "thuyen", "cau", "dong", "rung", "suoi", "bien", "sao", "trang", "xanh", "vang", "hong", "tim",
    "chim", "trau", "meo", "ong", "cua", "oc", "banh", "che",
)  # fmt: skip


def prepare(config: Config, say: Say) -> str:
    """Make the demo's data unless they are there, and return the password of all its accounts.

    :raises SettingError: the folder holds something else, or a setting does not go with a demo
    """
    if config.database_url:
        message = (
            "the demo keeps its own SQLite file: unset TAPHUAN_DATABASE_URL "
            "(bản trình diễn dùng tệp SQLite riêng: bỏ TAPHUAN_DATABASE_URL)"
        )
        raise SettingError(message)
    database = config.data_dir / "taphuan.sqlite3"
    config.data_dir.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(config.data_dir):
        kept = kept_password(config.data_dir)
        if database.exists() and not kept:
            message = (
                f"{config.data_dir} holds an instance that is no demo: choose another folder by "
                "--data (thư mục này đang giữ dữ liệu khác: chọn thư mục khác bằng --data)"
            )
            raise SettingError(message)
        password = config.demo_password or kept or _new_password()
        with _weakness_named():
            if not database.exists():
                _build(config, database, password, say)
                return password
            if not is_up_to_date(config.sqlalchemy_url):
                upgrade_schema(config.sqlalchemy_url)
            if password != kept:
                _change_passwords(config, password, say)
    return password


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process prepares the same folder."""
    with (folder / "demo.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _weakness_named() -> Iterator[None]:
    """Say that it is the chosen password which is refused."""
    try:
        yield
    except WeakPasswordError as error:
        message = f"TAPHUAN_DEMO_PASSWORD: {error.sentence}"
        raise SettingError(message) from error


def _new_password() -> str:
    words = [secrets.choice(_WORDS) for _each in range(4)]
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def _build(config: Config, database: Path, password: str, say: Say) -> None:
    """Build the database under another name, make it safe on the disk, then name it rightly."""
    say("Đang dựng dữ liệu trình diễn, chừng nửa phút. (Making the demo's data.)")
    draft = database.with_name("taphuan.building.sqlite3")
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{draft}{suffix}").unlink(missing_ok=True)
    building = replace(config, database_url=f"sqlite:///{draft}", sqlite_synchronous="OFF")
    upgrade_schema(building.sqlalchemy_url)
    gc.disable()  # a fifth of the time went into looking for cycles; the build is short
    try:
        with _inside(building):
            tell(password=password, now=utc_now(), say=say)
    finally:
        gc.enable()
    _settle(draft)
    keep_password(database.parent, password)
    draft.replace(database)


@contextmanager
def _inside(config: Config) -> Iterator[None]:
    """Work in the application of that database; it logs nothing that is not a warning."""
    app = create_app(config)
    logging.disable(logging.INFO)
    try:
        with app.app_context():
            yield
            db.session.remove()
            db.engine.dispose()
    finally:
        logging.disable(logging.NOTSET)


def _settle(draft: Path) -> None:
    """Move everything into the one file and onto the disk."""
    connection = sqlite3.connect(draft)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA optimize")
    connection.close()
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _change_passwords(config: Config, password: str, say: Say) -> None:
    say("Đang đổi mật khẩu của các tài khoản… (Changing the passwords…)")
    with _inside(config):
        names = [each.username for each in STAFF] + [each.username for each in LEARNERS]
        hashes = {name: auth.hash_password(password, username=name) for name in names}
        with transaction():
            for name, new_hash in hashes.items():
                user = auth_queries.find_user_by_login(name)
                if user is not None:
                    auth.set_password(
                        user_id=user.id, new_hash=new_hash, must_change_password=False
                    )
    keep_password(config.data_dir, password)


def main() -> None:
    """Make the demo's data in a process of its own, so that the server's parent stays small."""
    try:
        prepare(read_config(), say=print_at_once)
    except SettingError as error:
        print_at_once(f"Error: {error}")
        sys.exit(2)


if __name__ == "__main__":
    main()
