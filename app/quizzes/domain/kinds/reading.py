"""Take typed values out of a mapping that somebody wrote by hand, and gather every fault."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.core.i18n import gettext as _
from app.core.text import clean_line

# Where a value stands in the file: names of mappings and positions in lists, from 0.
Path = tuple[str | int, ...]

MOST_DIGITS = 18
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right in a file: where it is, and a sentence that says what to do."""

    path: Path
    sentence: str


class DefinitionError(ValueError):
    """A definition cannot be used as it stands; ``faults`` has at least one."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(each.sentence for each in self.faults))


class Fields:
    """One mapping of a file, read name by name.

    A faulty value is noted and replaced by a harmless one, so that reading goes on to the next
    fault; ``close`` names what nobody asked for, ``finish`` raises. ``ignored`` names are read
    by somebody else.
    """

    def __init__(self, data: object, path: Path = (), ignored: Iterable[str] = ()) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self._known: set[Hashable] = set(ignored)
        self.data: Mapping[Any, Any] = {}
        self._is_mapping = isinstance(data, Mapping)
        if isinstance(data, Mapping):
            self.data = data
        else:
            self.faults.append(Fault(path, _("Chỗ này cần các cặp “tên: giá trị”.")))

    def fault(self, sentence: str, *path: str | int) -> None:
        """Note a fault at ``path`` below this mapping; where there is none, that is enough said."""
        if self._is_mapping:
            self.faults.append(Fault((*self.path, *path), sentence))

    def adopt(self, faults: Iterable[Fault]) -> None:
        """Note the faults of a part."""
        self.faults.extend(faults)

    def finish(self) -> None:
        """Refuse the mapping if anything is wrong with it.

        :raises DefinitionError: with all faults
        """
        self.close()
        if self.faults:
            raise DefinitionError(self.faults)

    def close(self) -> None:
        """Note each name that nobody asked for."""
        for name in self.data:
            if name not in self._known:
                self.fault(
                    _("Không có mục nào tên “%(name)s” ở đây: sửa tên hoặc bỏ đi.", name=name),
                    str(name),
                )

    def get(self, name: str) -> Any:
        """Return the value as it stands in the file, None when it is missing."""
        self._known.add(name)
        return self.data.get(name)

    def text(self, name: str, *, is_required: bool = True, most: int = 500) -> str:
        """Return one cleaned line (NFC), empty when missing.

        :param most: characters allowed
        """
        value = self.get(name)
        if value is None and not is_required:
            return ""
        return self._checked_text(value, (name,), most)

    def name(self, name: str, *, is_required: bool = True) -> str:
        """Return an id: lower-case ASCII letters, digits and single hyphens, at most 80."""
        text = self.text(name, is_required=is_required, most=80)
        if text and not _NAME.fullmatch(text):
            self.fault(_("Mã chỉ gồm chữ thường không dấu, chữ số và gạch nối."), name)
        return text

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        """Return one of the allowed words."""
        words = list(allowed)
        value = self.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or value not in words:
            self.fault(_("Ghi một trong các từ: %(words)s.", words=", ".join(words)), name)
            return words[0]
        return value

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """Return true or false."""
        value = self.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, bool):
            self.fault(_("Ghi true hoặc false, không đặt trong ngoặc kép."), name)
        return value is True

    def integer(self, name: str, *, least: int, most: int) -> int | None:
        """Return a whole number within ``least``…``most``, None when missing."""
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.fault(
                _("Ghi một số nguyên từ %(least)s đến %(most)s.", least=least, most=most), name
            )
            return least
        return value

    def number(self, name: str, *, default: Decimal | None = None) -> Decimal:
        """Return a number written without quotes, with a decimal point, of at most 18 digits."""
        value = self.get(name)
        if value is None and default is not None:
            return default
        number = _exact(value)
        if number is None:
            self.fault(
                _("Ghi một số không quá 18 chữ số, dấu chấm thập phân, không đặt trong ngoặc kép."),
                name,
            )
            return Decimal(0)
        return number

    def texts(self, name: str, *, least: int, most: int, length: int = 500) -> list[str]:
        """Return a list of cleaned lines of at most ``length`` characters, all different."""
        entries = self._entries(name, least, most)
        texts = [
            self._checked_text(entry, (name, place), length) for place, entry in enumerate(entries)
        ]
        self.refuse_doubles(name, texts)
        return texts

    def parts(self, name: str, *, least: int, most: int) -> list[Fields]:
        """Return a list of mappings; give each back with ``adopt_parts`` when it is read."""
        entries = self._entries(name, least, most)
        return [Fields(each, (*self.path, name, place)) for place, each in enumerate(entries)]

    def adopt_parts(self, parts: Iterable[Fields]) -> None:
        """Note the faults of parts that are read."""
        for part in parts:
            part.close()
            self.adopt(part.faults)

    def refuse_doubles(self, name: str, texts: Iterable[str], part: str | None = None) -> None:
        """Note each text that stands in the list for the second time, letter case aside."""
        seen: set[str] = set()
        for place, text in enumerate(texts):
            folded = text.casefold()
            if folded and folded in seen:
                where = (name, place) if part is None else (name, place, part)
                self.fault(_("“%(text)s” đã có ở trên: bỏ hoặc viết khác đi.", text=text), *where)
            seen.add(folded)

    def _entries(self, name: str, least: int, most: int) -> list[Any]:
        value = self.get(name)
        if value is None and least == 0:
            return []
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.fault(
                _("Cần một danh sách từ %(least)s đến %(most)s dòng.", least=least, most=most), name
            )
        return value[:most] if isinstance(value, list) else []

    def _checked_text(self, value: object, path: Path, most: int) -> str:
        if not isinstance(value, str):
            self.fault(_("Chỗ này cần một dòng chữ; nếu là số hãy đặt trong ngoặc kép."), *path)
            return ""
        text = clean_line(value)
        if not text:
            self.fault(_("Chỗ này đang trống: ghi nội dung."), *path)
        if len(text) > most:
            self.fault(_("Dài quá %(most)s ký tự: rút ngắn lại.", most=most), *path)
        return text


def _exact(value: object) -> Decimal | None:
    """Return a number of the file as it was written, None when it is none or too long."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(str(value))
    if not number.is_finite():
        return None
    digits = f"{number:f}".lstrip("-").replace(".", "")
    return number if len(digits) <= MOST_DIGITS else None
