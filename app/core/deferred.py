"""Packages that few requests need, imported when they are first used.

To draw papers and to write spreadsheets takes packages whose import is a fifth of a server's start;
most processes never use them. The import itself is Python's own, so two threads may ask at once.
For the type checker the module that uses one imports it in the ordinary way::

    if TYPE_CHECKING:
        import segno
    else:
        segno = Deferred("segno")
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Deferred:
    """Stands for a module until one of its names is asked for or set."""

    def __init__(self, name: str) -> None:
        object.__setattr__(self, "_name", name)

    def __getattr__(self, attribute: str) -> Any:
        """Return what the module has under that name."""
        return getattr(import_module(self._name), attribute)

    def __setattr__(self, attribute: str, value: object) -> None:
        """Set the name in the module itself."""
        setattr(import_module(self._name), attribute, value)
