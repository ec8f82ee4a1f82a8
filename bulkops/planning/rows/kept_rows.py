"""What was read of a sheet's rows, kept so that no cell is typed twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from bulkops.planning.rows.cell_reader import joined
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.cells import Secret, Value
from bulkops.planning.rows.table import Record
from bulkops.problems import Problem


class Mark(Enum):
    """What is kept of a cell in place of a value that its text gives again at no cost."""

    AS_WRITTEN = "as written"  # the value is the text
    HIDDEN = "hidden"  # the value is the text, as a secret
    BROKEN = "broken"  # the cell has a flaw, and no value


KeptValue: TypeAlias = Value | Mark | None


@dataclass(slots=True)
class KeptRows:
    """What was read of an order's rows, by their place: a value or mark for each column.

    `problems` has the rows that have any. Two hundred thousand rows must fit beside their sheet.
    """

    rows: list[tuple[KeptValue, ...]] = field(default_factory=list)
    problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)

    def add(self, row: tuple[KeptValue, ...], problems: tuple[Problem, ...]) -> None:
        """Keep the next row; one that reads like the one before takes no room of its own."""
        if problems:
            self.problems[len(self.rows)] = problems
        self.rows.append(self.rows[-1] if self.rows and self.rows[-1] == row else row)


def packed(value: Value | None, record: Record, indexes: Sequence[int]) -> KeptValue:
    """Return what is kept of a value that was read from some cells of a record."""
    if isinstance(value, str):
        return Mark.AS_WRITTEN if value == _first_text(record, indexes) else value
    return Mark.HIDDEN if isinstance(value, Secret) else value


def unpacked(kept: KeptValue, record: Record, indexes: Sequence[int]) -> Value | None:
    """Return the value that was packed; None for a blank cell and for a broken one."""
    if not isinstance(kept, Mark):
        return kept
    if kept is Mark.BROKEN:
        return None
    if kept is Mark.HIDDEN:
        return Secret(joined(filter(None, (trimmed(record.cells[index]) for index in indexes))))
    return _first_text(record, indexes)


def _first_text(record: Record, indexes: Sequence[int]) -> str:
    """Return the text of the first cell of a column that is not blank."""
    if len(indexes) == 1:  # nearly always, and asked for every cell
        return trimmed(record.cells[indexes[0]])
    texts = [trimmed(record.cells[index]) for index in indexes]
    return next(filter(None, texts), "")
