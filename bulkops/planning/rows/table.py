"""A sheet as planning sees it: headers, and rows of text cells that know their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bulkops.problems import Address, Problem


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a sheet: its number and its cells as text, in the order of the headers."""

    number: int
    """The row as Excel numbers it, or the first physical line of a CSV record."""
    cells: tuple[str, ...]


class Table(Protocol):
    """What a reader gives: rows can be walked again and again, in the order of the sheet."""

    @property
    def file(self) -> str:
        """The file's name as the person gave it."""
        ...

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes."""
        ...

    @property
    def headers(self) -> Sequence[str]:
        """The header row's texts, as they stand; as many as each record has cells."""
        ...

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read for certain, by cell."""
        ...

    def records(self) -> Iterator[Record]:
        """Yield the rows that hold anything, in the order of the sheet."""
        ...

    def __len__(self) -> int:
        """Return the number of records."""
        ...

    def address(self, row: int, column: int = 0) -> Address:
        """Return the place of a record's cell; `column` is the index into `cells` plus 1."""
        ...
