"""Gather the sentences of the program into the English catalogue, and compile it.

A Vietnamese sentence in the source is its own key. This program finds every one that is marked,
keeps the English that people wrote for it, drops what nobody says any more and writes both the
catalogue that people edit (`messages.po`) and the one that the program reads (`messages.mo`).
Neither holds a date or a line number, so that a change shows what was changed and nothing else.

What is gathered, and how, must be what `tests/architecture/test_words.py` gathers.

    make words                               # after a sentence was written or translated
    .venv/bin/python tools/catalogue.py --check   # change nothing; say what is missing
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"
SOURCE = APP / "translations" / "en" / "LC_MESSAGES" / "messages.po"
COMPILED = SOURCE.with_suffix(".mo")

KEYWORDS = {"_": None, "gettext": None, "lazy": None, "_lazy": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
COMMENT = """\
# English for the sentences of Tập Huấn. Vietnamese is the source language.
# Edit the English here, then run: make words
#"""


class Words(Catalog):
    """A catalogue whose head says only what a reader of it needs."""

    mime_headers = [
        ("Language", "en"),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]


def speaking_files() -> list[Path]:
    """Return every file that may hold a sentence for people."""
    modules = sorted([*APP.rglob("*.py"), ROOT / "config.py", ROOT / "wsgi.py"])
    scripts = [*ROOT.glob("manage.py"), *sorted(ROOT.glob("seed/*.py"))]
    return [*modules, *scripts, *sorted(APP.rglob("templates/**/*.html"))]


def sentences() -> dict[str, list[str]]:
    """Return every marked sentence and the files that say it."""
    found: dict[str, list[str]] = {}
    for path in speaking_files():
        for sentence in sentences_in(path):
            places = found.setdefault(sentence, [])
            name = path.relative_to(ROOT).as_posix()
            if name not in places:
                places.append(name)
    return found


def sentences_in(path: Path) -> Iterator[str]:
    """Yield the marked sentences of a module or a template."""
    method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
    options = {"encoding": "utf-8", "silent": "false"}
    for _line, sentence, *_rest in extract_from_file(method, path, KEYWORDS, options=options):
        if isinstance(sentence, str):
            yield sentence


def written() -> dict[str, str]:
    """Return Vietnamese sentence → English sentence as people wrote them."""
    if not SOURCE.exists():
        return {}
    with SOURCE.open("rb") as file:
        catalogue = read_po(file)
    entries = (each for each in catalogue if each.id and each.string and not each.fuzzy)
    return {str(each.id): str(each.string) for each in entries}


def gathered(said: dict[str, list[str]], english: dict[str, str]) -> Words:
    """Return the catalogue of what is said, with the English that there is."""
    catalogue = Words(locale="en", header_comment=COMMENT, fuzzy=False)
    for sentence, places in said.items():
        catalogue.add(sentence, english.get(sentence, ""), [(name, 0) for name in places])
    return catalogue


def as_text(catalogue: Words) -> bytes:
    """Return the catalogue that people edit, sorted by sentence."""
    file = BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False)
    return file.getvalue()


def compiled(catalogue: Words) -> bytes:
    """Return the catalogue that the program reads; it leaves out what has no English."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def faults(said: dict[str, list[str]], english: dict[str, str]) -> list[str]:
    """Return a line for each sentence without English or with other placeholders."""
    lines = []
    for sentence, places in said.items():
        text = english.get(sentence)
        if text is None:
            lines.append(f"{places[0]}: no English for “{sentence}”")
        elif set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(sentence)):
            lines.append(f"{places[0]}: other placeholders in “{text}”")
    return lines


def stale(contents: dict[Path, bytes]) -> list[str]:
    """Return a line for each file that is not what would be written."""
    return [
        f"{path.relative_to(ROOT).as_posix()}: out of date, run: make words"
        for path, content in contents.items()
        if not path.exists() or path.read_bytes() != content
    ]


def main() -> int:
    """Write the catalogue, or only check it; 1 when something is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing, list what is missing")
    is_check = parser.parse_args().check
    said, english = sentences(), written()
    catalogue = gathered(said, english)
    contents = {SOURCE: as_text(catalogue), COMPILED: compiled(catalogue)}
    lines = faults(said, english)
    if is_check:
        lines += stale(contents)
    else:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for line in lines:
        print(line)
    print(f"{len(said)} sentences, {len(lines)} faults")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
