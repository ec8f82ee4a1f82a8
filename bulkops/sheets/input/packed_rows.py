"""Rows kept as one block of bytes: a hundred thousand of them cost little more than their text."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bulkops.planning.rows.table import Record

_SEPARATOR = "\0"  # refused in every input, so it can't stand in a cell


class PackedRows:
    """Records in ascending order of their numbers, as NUL-joined UTF-8."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q")
        self._numbers = array("Q")

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[Record]:
        return (self._record(index) for index in range(len(self._numbers)))

    def __repr__(self) -> str:
        return f"<PackedRows {len(self)} rows, {len(self._data)} bytes>"

    @property
    def numbers(self) -> Sequence[int]:
        """The records' numbers, ascending."""
        return self._numbers

    @property
    def data(self) -> bytes:
        """The packed bytes of all rows."""
        return bytes(self._data)

    def append(self, number: int, cells: Sequence[str]) -> None:
        """Add a row of at least one cell; no cell may hold a NUL."""
        self._data += _SEPARATOR.join(cells).encode("utf-8", "surrogatepass")
        self._ends.append(len(self._data))
        self._numbers.append(number)

    def find(self, number: int) -> Record:
        """Return the record of a number; KeyError where there is none."""
        index = bisect_left(self._numbers, number)
        if index == len(self._numbers) or self._numbers[index] != number:
            raise KeyError(number)
        return self._record(index)

    def _record(self, index: int) -> Record:
        start = self._ends[index - 1] if index else 0
        text = self._data[start : self._ends[index]].decode("utf-8", "surrogatepass")
        return Record(self._numbers[index], tuple(text.split(_SEPARATOR)))
