"""A package from a folder or a ZIP file into memory, without trusting either.

Nothing is unpacked to disk, so that no name in an archive can reach a file of this machine. What
is read is counted while it is read: the sizes an archive claims are not believed.
"""

from __future__ import annotations

import os
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path

from app.core.i18n import gettext as _
from app.courses.domain.faults import Fault
from app.courses.domain.files import COURSE_FILE, too_large
from app.courses.domain.package import LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES
from app.courses.errors import BrokenPackageError

_GREATEST_RATIO = 200
_RATIO_MATTERS_FROM = 64 * 1024
_ARCHIVES = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def read_files(path: Path) -> dict[str, bytes]:
    """Return path inside the package → content, of a folder or a ZIP file.

    Hidden files and what desktops leave behind are passed over.

    :raises BrokenPackageError: it is neither, is too large, or tries a trick
    """
    if path.is_dir():
        return _Gathered().folder(path.resolve())
    if not path.is_file():
        raise _refused(str(path), _("Không có thư mục hoặc tệp này: kiểm tra lại đường dẫn."))
    return _Gathered().zip_file(path)


def _refused(name: str, sentence: str) -> BrokenPackageError:
    return BrokenPackageError([Fault(_printable(name), 0, sentence)])


def _printable(name: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in name)[:200]


def _is_litter(parts: tuple[str, ...]) -> bool:
    is_hidden = any(part.startswith(".") and part.strip(".") for part in parts)
    return is_hidden or not _LITTER.isdisjoint(parts)


class _Gathered:
    """The files read so far, and the room that is left."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._room = LARGEST_PACKAGE

    def _add(self, name: str, content: bytes) -> None:
        if len(content) > LARGEST_FILE:
            raise _refused(name, too_large())
        self._room -= len(content)
        if self._room < 0:
            raise _refused(
                name, _("Gói nặng quá 8 MiB: bỏ bớt tệp hoặc chia thành nhiều khóa học.")
            )
        if len(self._files) >= MOST_FILES:
            raise _refused(name, too_many())
        self._files[name] = content

    # a folder

    def folder(self, root: Path) -> dict[str, bytes]:
        self._walk(root, ())
        return self._files

    def _walk(self, folder: Path, above: tuple[str, ...]) -> None:
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise _refused("/".join(above) or str(folder), _unreadable()) from error
        for entry in found:
            parts = (*above, unicodedata.normalize("NFC", entry.name))
            if _is_litter(parts):
                continue
            if entry.is_symlink():
                sentence = _("Đây là liên kết tượng trưng: thay bằng chính tệp đó.")
                raise _refused("/".join(parts), sentence)
            if entry.is_dir(follow_symlinks=False):
                if len(parts) > 8:
                    raise _refused("/".join(parts), _("Thư mục lồng quá sâu: xếp lại theo mẫu."))
                self._walk(folder / entry.name, parts)
            elif entry.is_file(follow_symlinks=False):
                self._add("/".join(parts), _read_file(folder / entry.name, "/".join(parts)))

    # a ZIP file

    def zip_file(self, path: Path) -> dict[str, bytes]:
        if path.stat().st_size > LARGEST_PACKAGE:
            raise _refused(path.name, _("Tệp nén nặng quá 8 MiB: chia thành nhiều khóa học."))
        try:
            with zipfile.ZipFile(path) as archive:
                self._unzip(archive)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError,
        ) as error:  # fmt: skip
            sentence = _("Không mở được tệp nén: hãy nén lại thư mục khóa học dạng .zip.")
            raise _refused(path.name, sentence) from error
        return _without_common_folder(self._files)

    def _unzip(self, archive: zipfile.ZipFile) -> None:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(archive.infolist()) > MOST_FILES:
            raise _refused(str(len(entries)), too_many())
        seen: set[str] = set()
        for entry in entries:
            name = unicodedata.normalize("NFC", entry.filename)
            sentence = _fault_of_entry(entry, name)
            if _is_litter(tuple(name.split("/"))) and not sentence:
                continue
            if not sentence and name.casefold() in seen:
                sentence = _("Tên tệp này có hai lần trong tệp nén: chỉ giữ một.")
            if sentence:
                raise _refused(name, sentence)
            seen.add(name.casefold())
            with archive.open(entry) as file:
                self._add(name, file.read(LARGEST_FILE + 1))


def too_many() -> str:
    """Return the sentence about too many files."""
    return _("Gói có quá %(most)d tệp: chia thành nhiều khóa học.", most=MOST_FILES)


def _unreadable() -> str:
    return _("Không đọc được tệp này: kiểm tra quyền đọc.")


def _read_file(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise _refused(name, _unreadable()) from error


def _fault_of_entry(entry: zipfile.ZipInfo, name: str) -> str:
    if stat.S_ISLNK(entry.external_attr >> 16):
        return _("Đây là liên kết tượng trưng: thay bằng chính tệp đó.")
    if _leads_out(name):
        return _("Đường dẫn này chỉ ra ngoài gói: nén lại từ trong thư mục khóa học.")
    return _fault_of_packing(entry, name)


def _fault_of_packing(entry: zipfile.ZipInfo, name: str) -> str:
    if entry.flag_bits & 0x1:
        return _("Tệp này được đặt mật khẩu: nén lại không có mật khẩu.")
    if name.lower().endswith(_ARCHIVES):
        return _("Trong gói không được có tệp nén khác: giải nén tệp này ra.")
    if entry.compress_type not in _METHODS:
        return _("Kiểu nén này không dùng được: nén lại dạng .zip thường.")
    if (
        entry.file_size > _RATIO_MATTERS_FROM
        and entry.file_size > _GREATEST_RATIO * max(entry.compress_size, 1)
    ):  # fmt: skip
        return _("Tệp này nở ra quá lớn so với khi nén: kiểm tra lại nội dung.")
    return too_large() if entry.file_size > LARGEST_FILE else ""


def _leads_out(name: str) -> bool:
    parts = name.split("/")
    return (
        name.startswith("/")
        or "\\" in name
        or ":" in name
        or any(part in {"", ".", ".."} for part in parts)
        or not name.isprintable()
        or len(parts) > 9
    )


def _without_common_folder(files: dict[str, bytes]) -> dict[str, bytes]:
    """Take away the one folder that a desktop puts around what it packs."""
    tops = {name.partition("/")[0] for name in files}
    if COURSE_FILE in files or len(tops) != 1:
        return files
    top = f"{tops.pop()}/"
    return {name.removeprefix(top): content for name, content in files.items()}
