"""The sheet `Mapping` of a workbook: what stands in a target for what its flows refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.table import Record, Table
from bulkops.problems import Problem

NAME = "Mapping"
"""What the sheet is called."""
HEADERS = ("kind", "source", "name", "target", "flow")
"""Its columns: of which kind, the id or ARN in flows, its name there, what stands for it, where."""
NEEDED = ("kind", "source")


def read_mapping(table: Table) -> FlowMapping:
    """Return what a sheet maps, with what is wrong with it; rows that are blank say nothing."""
    places = _places(table)
    lacking = [name for name in NEEDED if name not in places]
    if lacking:
        message = f"the sheet {NAME} has no column {' and no column '.join(lacking)}"
        address = table.address(1)
        problem = Problem(
            code="no-column", message=message, address=address, allowed=", ".join(HEADERS)
        )
        return FlowMapping(problems=(problem,))
    rows = [row for record in table.records() if (row := _row(record, places)) is not None]
    return FlowMapping.of(rows, _Problems(table, places).of(rows))


def _places(table: Table) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for index, header in enumerate(table.headers):
        word = trimmed(header).casefold()
        if word in HEADERS:
            found.setdefault(word, index)
    return found


def _row(record: Record, places: Mapping[str, int]) -> MappingRow | None:
    said = {name: trimmed(record.cells[index]) for name, index in places.items()}
    if not any(said.values()):
        return None
    kind = said.pop("kind").casefold().replace(" ", "-")
    return MappingRow(kind=kind, number=record.number, **said)


class _Problems:
    """What is wrong with the rows of a table."""

    def __init__(self, table: Table, places: Mapping[str, int]) -> None:
        self._table = table
        self._places = places

    def of(self, rows: Iterable[MappingRow]) -> Iterator[Problem]:
        first: dict[tuple[str, str, str], MappingRow] = {}
        for row in rows:
            blank = next((name for name in NEEDED if not getattr(row, name)), "")
            if blank:
                yield self._problem(row, blank, "required", f"{blank} must be given")
                continue
            other = first.setdefault(row.key, row)
            if other.target != row.target:
                said = f"rows {other.number} and {row.number} say two targets for one {row.kind}"
                yield self._problem(row, "target", "mapped-twice", said)

    def _problem(self, row: MappingRow, column: str, code: str, message: str) -> Problem:
        address = self._table.address(row.number, self._places.get(column, 0) + 1)
        found = row.target if column == "target" else ""
        return Problem(code=code, message=message, address=address, found=found)
