"""The files of a package, read as text or YAML; what is wrong with a file is noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.core.i18n import gettext as _
from app.core.text import nfc
from app.courses.domain.faults import Faults
from app.courses.domain.fields import LONGEST_KEY, Fields
from app.courses.domain.marked_yaml import YamlError, read_yaml
from app.courses.domain.package import LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES

COURSE_FILE = "course.yaml"
MODULE_FILE = "module.yaml"
_ENDINGS = (".md", ".yaml", ".yml")


class PackageFiles:
    """The files of one package and the faults met while they are read."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents
        self._unread = set(contents)
        self.faults = Faults()

    def __contains__(self, name: str) -> bool:
        return name in self._contents

    def check_sizes(self) -> bool:
        """Note what is too large; say whether all is small enough to be read."""
        if len(self._contents) > MOST_FILES:
            sentence = _("Gói có quá %(most)d tệp: chia thành nhiều khóa học.", most=MOST_FILES)
            self.faults.add(COURSE_FILE, 0, sentence)
        if sum(len(content) for content in self._contents.values()) > LARGEST_PACKAGE:
            sentence = _("Gói nặng quá 8 MiB: bỏ bớt tệp hoặc chia thành nhiều khóa học.")
            self.faults.add(COURSE_FILE, 0, sentence)
        for name, content in self._contents.items():
            if len(content) > LARGEST_FILE:
                self.faults.add(name, 0, too_large())
        return not len(self.faults)

    def text(self, name: str) -> str | None:
        """Return a file as NFC text with line feeds, or None when there is a fault in it."""
        self._unread.discard(name)
        content = self._contents.get(name)
        if content is None:
            self.faults.add(name, 0, _("Thiếu tệp này: thêm tệp vào gói."))
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            sentence = _("Tệp không phải UTF-8: mở bằng trình soạn thảo và lưu lại dạng UTF-8.")
            self.faults.add(name, line, sentence)
            return None
        if not text.strip():
            sentence = _("Tệp trống: điền nội dung, hoặc xóa tệp và dòng nêu tên tệp.")
            self.faults.add(name, 1, sentence)
            return None
        return nfc(text.replace("\r\n", "\n"))

    def yaml(self, name: str) -> Fields | None:
        """Return the mapping of a YAML file, or None when there is a fault in it."""
        text = self.text(name)
        return None if text is None else self.fields(name, text)

    def fields(self, name: str, text: str, lines_above: int = 0) -> Fields | None:
        """Return the mapping of a YAML text that is (a part of) a file."""
        try:
            marked = read_yaml(text, lines_above)
        except YamlError as fault:
            self.faults.add(name, fault.line, fault.sentence)
            return None
        fields = Fields(name, marked, self.faults)
        if not isinstance(marked.data, dict):
            fields.fault(_("Phần này phải gồm các dòng “tên: giá trị”."))
            return None
        return fields

    def note_leftovers(self, folders: Collection[str]) -> None:
        """Note files that look like content but that nothing names."""
        for name in sorted(self._unread):
            folder, _slash, file = name.rpartition("/")
            if file == MODULE_FILE:
                sentence = _("Thư mục này chưa có trong “modules” của course.yaml: thêm vào.")
                self.faults.add(name, 0, sentence)
            elif folder in folders and file.endswith(_ENDINGS):
                sentence = _(
                    "Tệp này chưa có trong “activities” của module.yaml: thêm vào, hoặc xóa tệp."
                )
                self.faults.add(name, 0, sentence)


def is_outside(path: object) -> bool:
    """Say whether a name that a file of the package gives leads out of its folder."""
    return isinstance(path, str) and (".." in path or "/" in path or "\\" in path or ":" in path)


def outside(path: str) -> str:
    """Return the sentence about a name that leads elsewhere."""
    return _(
        "“%(path)s” chỉ ra ngoài thư mục: chỉ ghi tên, không có dấu / và ..",
        path=path[:LONGEST_KEY],
    )


def missing(name: str) -> str:
    """Return the sentence about a named file that is not there."""
    return _("Không có tệp %(file)s: thêm tệp, hoặc bỏ dòng này.", file=name)


def too_large() -> str:
    """Return the sentence about one large file."""
    return _("Tệp nặng quá 1 MiB: chia thành nhiều bài.")
