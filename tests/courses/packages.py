"""A small right package, and ways to spoil it."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

COURSE = """\
format: taphuan-course/1
id: khoa-thu
title: Khóa thử
summary: Khóa học nhỏ để thử.
language: vi
licence: CC-BY-4.0
sources:
  - id: s1
    text: Tin ngày 01/07/2024.
modules:
  - phan-mot
  - phan-hai
"""
FIRST_MODULE = """\
id: m1
title: Phần một
objectives:
  - id: m1-1
    text: Nêu được một điều.
activities:
  - file: bai-hoc.md
  - file: luyen-tap.yaml
    requires: [m1-bai-hoc]
"""
SECOND_MODULE = """\
id: m2
title: Phần hai
activities:
  - file: bai-hoc.md
    requires: [m1-bai-hoc, m1-luyen-tap]
"""
FIRST_LESSON = """\
---
id: m1-bai-hoc
title: Bài một
minutes: 10
objectives: [m1-1]
sources: [s1]
---

Đoạn mở đầu có **chữ đậm**.

## Bảng

| Việc | Số |
| --- | ---: |
| Một | 1 |
"""
SECOND_LESSON = """\
---
id: m2-bai-hoc
title: Bài hai
minutes: 5
---
Chữ của bài hai.
"""
QUIZ = """\
id: m1-luyen-tap
title: Luyện tập
purpose: practice
pass_percent: 50
complete_when: submitted
attempts: 0
time_limit_minutes: null
draw: null
shuffle: true
questions:
  - id: m1-c01
    kind: true_false
    objective: m1-1
    source: s1
    text: Đúng hay sai?
    answer: true
    feedback:
      "true": Đúng.
      "false": Chưa đúng.
    explanation: Vì vậy.
"""


def right_package() -> dict[str, str]:
    """Return the files of a package without a fault."""
    return {
        "course.yaml": COURSE,
        "phan-mot/module.yaml": FIRST_MODULE,
        "phan-mot/bai-hoc.md": FIRST_LESSON,
        "phan-mot/luyen-tap.yaml": QUIZ,
        "phan-hai/module.yaml": SECOND_MODULE,
        "phan-hai/bai-hoc.md": SECOND_LESSON,
    }


def spoilt(file: str, old: str, new: str) -> dict[str, str]:
    """Return the right package with one text in one file replaced, once."""
    files = right_package()
    assert old in files[file], old
    files[file] = files[file].replace(old, new, 1)
    return files


def contents(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return the files as they are on disk."""
    return {
        name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()
    }


def write_folder(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a package as a folder."""
    for name, content in contents(files).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def write_zip(path: Path, files: Mapping[str, str | bytes], top: str = "") -> Path:
    """Write a package as a ZIP file, its files under the folder ``top``."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents(files).items():
            archive.writestr(f"{top}{name}", content)
    return path
