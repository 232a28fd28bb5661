"""What is wrong with a package: the file, the line, and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; ``line`` counts from 1, 0 means the file as a whole."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.sentence}"


class Faults:
    """The faults found so far, each once, in the order they were found.

    Gathering ends at 500: nobody mends more in one go, and a hostile file shall not fill memory.
    """

    def __init__(self) -> None:
        self._found: dict[Fault, None] = {}

    def add(self, file: str, line: int, sentence: str) -> None:
        """Note a fault."""
        if len(self._found) < _MOST:
            self._found[Fault(file, line, sentence)] = None

    def __len__(self) -> int:
        return len(self._found)

    def as_tuple(self) -> tuple[Fault, ...]:
        """Return the faults."""
        return tuple(self._found)
