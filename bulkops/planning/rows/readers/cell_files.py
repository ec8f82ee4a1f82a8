"""Files that cells name: what `@flows/main.json` stands for, as the edge has read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bulkops.planning.rows.cells import Flaw

MARK = "@"
"""How a cell begins that names a file; doubled, it is a letter like any other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFile:
    """A file that a cell names: what it holds and its SHA-256, or why it can't be taken.

    `again` reads it where its content is not kept.
    """

    content: str | bytes = ""
    sha256: str = ""
    again: Callable[[], str] | None = None
    flaw: Flaw | None = None


class FilePath(str):
    """What stands for a value that is kept in a file: the path by which a cell names that."""

    __slots__ = ()

    @property
    def cell(self) -> str:
        """The text of the cell."""
        return f"{MARK}{self}"


CellFiles: TypeAlias = Mapping[str, CellFile]
"""Cell, as it is written, → the file that it names."""


def names_file(text: str) -> bool:
    """Tell whether a cell of a column that takes files names one."""
    return text.startswith(MARK) and not text.startswith(MARK * 2)


def unmarked_text(text: str) -> str:
    """Return the text of a cell that names no file: of two marks at its begin one is meant."""
    return text.removeprefix(MARK)


def marked_text(text: str) -> str:
    """Return how a text is written in a cell of a column that takes files."""
    return f"{MARK}{text}" if text.startswith(MARK) else text
