"""Whether a folder holds a complete demo, its password, and who can look at what in it.

Light on purpose: a demo that is there starts without importing the application.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from config import Config
from seed.people import STAFF

Say = Callable[[str], object]


def print_at_once(sentence: str) -> None:
    """Print a line without waiting for the next."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def is_ready(config: Config) -> bool:
    """Say whether the folder holds a complete demo with the password that is wanted."""
    kept = kept_password(config.data_dir)
    is_wanted = not config.demo_password or config.demo_password == kept
    has_database = (config.data_dir / "taphuan.sqlite3").exists()
    return bool(kept) and is_wanted and has_database and not config.database_url


def _password_file(folder: Path) -> Path:
    return folder / "demo-password"


def kept_password(folder: Path) -> str:
    """Return the password of a complete demo, empty when the folder holds none."""
    path = _password_file(folder)
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""


def keep_password(folder: Path, password: str) -> None:
    """Write the password, readable by its owner only; the file also marks the folder as a demo."""
    draft = folder / "demo-password.new"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password)
    draft.replace(_password_file(folder))


def print_accounts(url: str, password: str, say: Say) -> None:
    """Say where the demo answers, who can look at what, and how to stop it."""
    learners = (
        ("hocvien01", "đã học xong, có giấy chứng nhận", "learner with a certificate"),
        ("hocvien31", "đang học dở", "learner in the middle of the course"),
        ("hocvien61", "lớp mới hôm nay, chưa học gì", "learner whose day begins now"),
    )
    rows = [(each.username, each.sees, each.sees_in_english) for each in STAFF]
    say("")
    say(f"  Tập Huấn: {url}")
    say("")
    for username, sees, sees_in_english in (*rows, *learners):
        say(f"  {username:<10} {sees}  ({sees_in_english})")
    say(f"  {'':<10} hocvien01 … hocvien70; từ 61 đến 70 còn lớp mới (61 to 70: the new class)")
    say("")
    say(f"  Mật khẩu chung (password of all): {password}")
    say("")
    say("  Dữ liệu là giả, chỉ mở trên máy này. Dừng: Ctrl+C.")
    say("  (All data are invented; this machine only. Stop with Ctrl+C.)")
    say("")
