"""Settings, read once from the environment (prefix ``TAPHUAN_``) into one frozen dataclass."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_THIS_MACHINE = ("localhost", "127.0.0.1")
ROOT = Path(__file__).resolve().parent


class SettingError(Exception):
    """A setting is missing or wrong; the sentence names it."""


@dataclass(frozen=True, slots=True)
class Config:
    """How one instance runs.

    ``data_dir`` holds all state of the instance; ``secret_key`` signs short-lived values;
    ``base_url`` is printed in links and QR codes (scheme and host, no slash at the end);
    ``https`` makes cookies ``Secure`` with the ``__Host-`` prefix.
    """

    data_dir: Path
    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    database_url: str = ""
    https: bool = False
    proxies: int = 0
    testing: bool = False
    demo: bool = False
    demo_password: str = ""
    help_line: str = ""
    sqlite_synchronous: str = "FULL"
    trusted_hosts: tuple[str, ...] = field(default_factory=tuple)

    @property
    def known_hosts(self) -> tuple[str, ...]:
        """Return the names, at any port, by which this instance may be asked for.

        Where none are set: the name of ``base_url`` and those of the machine itself. A page asked
        for by another name is refused, so that no foreign name can point a browser in here.
        """
        own = urlsplit(self.base_url).hostname
        return self.trusted_hosts or tuple(dict.fromkeys((*filter(None, (own,)), *_THIS_MACHINE)))

    @property
    def sqlalchemy_url(self) -> str:
        """Return the database address: PostgreSQL if one was given, else SQLite in ``data_dir``."""
        if self.database_url:
            return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)
        return f"sqlite:///{self.data_dir / 'taphuan.sqlite3'}"


def secret_in(data_dir: Path) -> str:
    """Return the instance's secret, made on first use and readable by its owner only."""
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"secret-key.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        with suppress(FileExistsError):  # another process was first: its secret holds
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()


def read_config() -> Config:
    """Read the settings of this process.

    :raises SettingError: a number is no number
    """
    data_dir = Path(os.environ.get("TAPHUAN_DATA", "instance")).resolve()
    proxies = os.environ.get("TAPHUAN_PROXIES", "0")
    if not proxies.isdigit():
        message = (
            f"TAPHUAN_PROXIES phải là số nguyên, không phải {proxies!r} "
            "(TAPHUAN_PROXIES must be a whole number)"
        )
        raise SettingError(message)
    base_url = os.environ.get("TAPHUAN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
    hosts = os.environ.get("TAPHUAN_TRUSTED_HOSTS", "")
    return Config(
        data_dir=data_dir,
        secret_key=os.environ.get("TAPHUAN_SECRET_KEY") or secret_in(data_dir),
        base_url=base_url,
        database_url=os.environ.get("TAPHUAN_DATABASE_URL", ""),
        https=base_url.startswith("https://"),
        proxies=int(proxies),
        demo=os.environ.get("TAPHUAN_DEMO") == "1",
        demo_password=os.environ.get("TAPHUAN_DEMO_PASSWORD", ""),
        help_line=os.environ.get("TAPHUAN_HELP_LINE", ""),
        trusted_hosts=tuple(each.strip() for each in hosts.split(",") if each.strip()),
    )
