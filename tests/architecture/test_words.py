"""Rules for what people read: one encoding, two complete languages."""

from __future__ import annotations

import ast
import re
import unicodedata
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from app.core.i18n import english_catalogue
from tests.architecture.source import APP, ROOT, modules, name, place, templates, tree

KEYWORDS = {"_": None, "gettext": None, "lazy": None, "_lazy": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)")
CATALOGUE = APP / "translations" / "en" / "LC_MESSAGES" / "messages.po"
TEXT_FILES = ("*.py", "*.html", "*.po", "*.js", "*.css", "*.md", "*.yaml", "*.json")
SPEAKING_FILES = [*modules(), *ROOT.glob("manage.py"), *ROOT.glob("seed/*.py")]


@lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """Return every sentence that is marked for the catalogue and where it stands."""
    found: dict[str, str] = {}
    for path in [*SPEAKING_FILES, *templates()]:
        method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
        with_options = {"encoding": "utf-8", "silent": "false"}
        for line, message, *_ in extract_from_file(method, path, KEYWORDS, options=with_options):
            if isinstance(message, str):
                found.setdefault(message, place(path, line))
    return found


@lru_cache(maxsize=1)
def translations() -> dict[str, str]:
    """Return Vietnamese sentence → English sentence, from the catalogue people edit."""
    text = CATALOGUE.read_bytes() if CATALOGUE.exists() else b""
    catalogue = read_po(BytesIO(text))
    return {
        str(entry.id): str(entry.string)
        for entry in catalogue
        if entry.id and entry.string and not entry.fuzzy
    }


def test_every_sentence_is_translated():
    assert {text: at for text, at in sentences().items() if text not in translations()} == {}


def test_translations_keep_the_placeholders():
    changed = {
        text: english
        for text, english in translations().items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(english))
    }
    assert changed == {}


def test_no_translation_is_left_over():
    assert sorted(set(translations()) - set(sentences())) == []


def test_the_program_reads_what_the_catalogue_says():
    assert english_catalogue() == translations()


def test_sentences_are_given_whole_to_the_catalogue():
    built = [
        place(path, node.lineno)
        for path in SPEAKING_FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in KEYWORDS
        and node.args
        and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]
    assert built == []


def test_every_text_is_in_composed_form():
    decomposed = [name(path) for path in text_files() if not is_composed(path)]
    assert decomposed == []


def text_files() -> list[Path]:
    """Return every file of text people may come to read."""
    folders = [APP, ROOT / "seed", ROOT / "docs"]
    return [path for folder in folders for kind in TEXT_FILES for path in folder.rglob(kind)]


def is_composed(path: Path) -> bool:
    """Say whether a file is in Unicode's form NFC."""
    return unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
