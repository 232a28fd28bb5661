"""YAML with the line of every value, and without the traps of YAML for people who write text.

Plain values are read by the rules of YAML 1.2 (core): ``no``, ``07`` and ``12:30`` are texts, only
``true`` and ``false`` are truth values. Anchors, aliases and tags are refused: a text needs none
of them, and they are how a small file grows to fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from app.core.i18n import gettext as _

Path = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 20
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}


class YamlError(Exception):
    """The text is no YAML that we read; ``line`` counts from 1 within the file."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain data (texts, numbers, truth values, lists, mappings) and where each value stands."""

    data: Any
    lines: Mapping[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of a value, or of the nearest thing around it when it is missing."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, lines_above: int = 0) -> Marked:
    """Return the data of one YAML document.

    :param lines_above: how many lines of the file stand before ``text``
    :raises YamlError: naming the line
    """
    lines: dict[Path, int] = {}
    try:
        _refuse_tricks(text, lines_above)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = min(mark.line if mark else 0, text.count("\n")) + 1 + lines_above
        raise YamlError(line, _wrong_yaml()) from error
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1 + lines_above
        sentence = _("Có ký tự điều khiển trong tệp: xóa ký tự đó rồi lưu lại dạng UTF-8.")
        raise YamlError(line, sentence) from error
    data = None if node is None else _value(node, (), lines, lines_above)
    return Marked(data, lines)


def _wrong_yaml() -> str:
    return _(
        "Sai cú pháp YAML quanh dòng này: kiểm tra thụt đầu dòng, dấu nháy, và đặt trong nháy kép "
        "câu có dấu hai chấm."
    )


def _refuse_tricks(text: str, lines_above: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = (event.start_mark.line if event.start_mark else 0) + 1 + lines_above
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise YamlError(line, _("Lồng quá nhiều tầng: viết lại theo mẫu của gói khóa học."))
        if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
            sentence = _(
                "Không dùng &tên, *tên hoặc !nhãn của YAML: viết rõ giá trị, hoặc đặt trong nháy."
            )
            raise YamlError(line, sentence)


def _value(node: yaml.Node, path: Path, lines: dict[Path, int], above: int) -> Any:
    lines.setdefault(path, node.start_mark.line + 1 + above)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, place), lines, above) for place, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, above)
    return _scalar(node)


def _mapping(
    node: yaml.MappingNode, path: Path, lines: dict[Path, int], above: int
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1 + above
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError(line, _wrong_yaml())
        key = key_node.value
        if key in found:
            sentence = _("Mục “%(key)s” viết hai lần: chỉ giữ một.", key=key)
            raise YamlError(line, sentence)
        lines[(*path, key)] = line
        found[key] = _value(value_node, (*path, key), lines, above)
    return found


def _scalar(node: yaml.Node) -> Any:
    text: str = node.value
    if getattr(node, "style", None):  # quoted, or a block of text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
