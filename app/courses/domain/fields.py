"""One mapping of a YAML file, read field by field; what is wrong is noted, never raised.

A field that is wrong gives an empty value, so that reading goes on and one look shows all faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.i18n import gettext as _
from app.core.text import clean_line
from app.courses.domain.faults import Faults
from app.courses.domain.marked_yaml import Marked, Path

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY = 80
LONGEST_TITLE = 200
LONGEST_TEXT = 2000


@dataclass(frozen=True, slots=True)
class Fields:
    """The mapping at ``path`` of a file."""

    file: str
    marked: Marked
    faults: Faults
    path: Path = ()

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the mapping; empty when there is something else at this place."""
        found = self.marked.data
        for step in self.path:
            found = found[step]
        return found if isinstance(found, dict) else {}

    def line_of(self, *path: str | int) -> int:
        """Return the line of a value below this mapping."""
        return self.marked.line_of((*self.path, *path))

    def fault(self, sentence: str, *path: str | int) -> None:
        """Note a fault at a value below this mapping."""
        self.faults.add(self.file, self.line_of(*path), sentence)

    def only(self, *names: str) -> None:
        """Note every field that the format does not know."""
        for name in self.values:
            if name not in names:
                sentence = _(
                    "Không có mục “%(name)s”: xóa hoặc sửa tên. Các mục được dùng: %(names)s.",
                    name=name[:LONGEST_KEY],
                    names=", ".join(names),
                )
                self.fault(sentence, name)

    def text(self, name: str, *, most: int = LONGEST_TITLE, is_optional: bool = False) -> str:
        """Return one line of text.

        :param most: the greatest length in characters
        """
        value = self.values.get(name)
        if value is None and is_optional:
            return ""
        if value is None or value == "":
            self.fault(_("Thiếu mục “%(name)s”: thêm vào và điền chữ.", name=name), name)
            return ""
        if not isinstance(value, str):
            sentence = _("Mục “%(name)s” phải là chữ: đặt giá trị trong nháy kép.", name=name)
            self.fault(sentence, name)
            return ""
        line = clean_line(value)
        if not line:
            self.fault(_("Mục “%(name)s” đang trống: điền chữ.", name=name), name)
        if len(line) > most:
            sentence = _("Mục “%(name)s” dài quá %(most)d ký tự: rút gọn.", name=name, most=most)
            self.fault(sentence, name)
            return ""
        return line

    def key(self, name: str = "id") -> str:
        """Return an id: lower case ASCII letters, digits and single hyphens."""
        value = self.text(name, most=LONGEST_KEY)
        if value and not KEY.fullmatch(value):
            self.fault(not_a_key(value), name)
            return ""
        return value

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, or None when the field is missing or null."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            sentence = _(
                "Mục “%(name)s” phải là số nguyên từ %(least)d đến %(most)d.",
                name=name,
                least=least,
                most=most,
            )
            self.fault(sentence, name)
            return None
        return value

    def sequence(self, name: str, *, may_be_empty: bool = False) -> list[Any]:
        """Return the list of that name as it stands."""
        value = self.values.get(name)
        if isinstance(value, list) and (value or may_be_empty):
            return value
        if value is None and may_be_empty:
            return []
        sentence = _("Mục “%(name)s” phải là một danh sách có ít nhất một dòng “- …”.", name=name)
        self.fault(sentence, name)
        return []

    def keys(self, name: str, *, may_be_empty: bool = True) -> list[tuple[int, str]]:
        """Return the ids in the list of that name, each once, with their places in it."""
        found: dict[str, int] = {}
        for place, value in enumerate(self.sequence(name, may_be_empty=may_be_empty)):
            if not isinstance(value, str) or not KEY.fullmatch(value) or len(value) > LONGEST_KEY:
                self.fault(not_a_key(value), name, place)
            elif value in found:
                sentence = _("“%(key)s” có hai lần trong danh sách: chỉ giữ một.", key=value)
                self.fault(sentence, name, place)
            else:
                found[value] = place
        return [(place, value) for value, place in found.items()]

    def each(self, name: str, *, may_be_empty: bool = False) -> Iterator[Fields]:
        """Yield the mappings in the list of that name."""
        for place, value in enumerate(self.sequence(name, may_be_empty=may_be_empty)):
            if isinstance(value, dict):
                yield Fields(self.file, self.marked, self.faults, (*self.path, name, place))
            else:
                sentence = _("Mỗi dòng của “%(name)s” phải có dạng “tên: giá trị”.", name=name)
                self.fault(sentence, name, place)


def not_a_key(value: object) -> str:
    """Return the sentence about something that is no id."""
    return _(
        "“%(value)s” không phải mã hợp lệ: chỉ dùng chữ thường không dấu, chữ số và gạch nối, "
        "ví dụ t10-bai-hoc.",
        value=str(value)[:LONGEST_KEY],
    )
