"""How a value is written in a column's cells: only where reading the cell gives it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulkops.definition.column_facts import ColumnFacts
from bulkops.definition.column_kinds import COLUMN_KINDS, written
from bulkops.definition.job import Column
from bulkops.definition.model.operations import operation
from bulkops.definition.model.pairs import Pair, pair_at
from bulkops.definition.model.value_texts import json_text
from bulkops.planning.calls.sent_values import sent_value
from bulkops.planning.diff.alike import is_alike
from bulkops.planning.rows.cell_reader import CellReader
from bulkops.planning.rows.readers.cell_files import FilePath, marked_text

MOST_LETTERS = 32_767
"""UTF-16 units that a cell of a workbook holds (Excel specifications and limits)."""


class CellWriter:
    """Writes one column's cells as `CellReader` would read them."""

    def __init__(self, column: Column, facts: ColumnFacts) -> None:
        self._column = column
        self._reader = CellReader(column, facts)
        self._sent_to, self._pair = _sent_to(facts)
        self._known: dict[str, bool] = {}

    def text(self, value: Any) -> str | None:  # noqa: ANN401  # JSON
        """Return the text that means a value; None where there is none, and for None."""
        if value is None or value == "":
            return None if value is None else ""
        if isinstance(value, FilePath):
            return value.cell
        if self._pair is not None and COLUMN_KINDS[self._column.kind].is_map:
            value = self._pair.entries(value)
        return next((text for text in self._texts(value) if self._means(text, value)), None)

    def _texts(self, value: Any) -> Iterator[str]:  # noqa: ANN401  # JSON
        """Yield the ways of writing a value; entries that separators would tear go as JSON."""
        column = self._column
        text = written(value, f"{column.split[:1] or ';'} ", column.kind)
        yield marked_text(text) if column.file else text
        if COLUMN_KINDS[column.kind].is_map:
            yield json_text(value)

    def _means(self, text: str, value: Any) -> bool:  # noqa: ANN401  # JSON
        if len(text) > MOST_LETTERS // 2 and len(text.encode("utf-16-le")) > 2 * MOST_LETTERS:
            return False
        if text not in self._known:
            read, flaws = self._reader.read((text,))
            sent = None if read is None else sent_value(read, self._sent_to)
            self._known[text] = not flaws and is_alike(sent, value)
        return self._known[text]


def _sent_to(facts: ColumnFacts) -> tuple[str, Pair | None]:
    """Return the type of the member that a column's value goes to first, and its pair."""
    for feed in facts.feeds:
        members = operation(facts.service, feed.operation).members
        return members[feed.path].type, pair_at(members, feed.path)
    return "", None
