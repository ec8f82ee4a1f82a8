"""What the rows of a workbook's sheet say that is to be done: which of them are to be deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulkops.definition.gathered_rows import gathers, subject_columns
from bulkops.definition.job import Job
from bulkops.planning.rows.cell_text import trimmed
from bulkops.planning.rows.headers import HeaderMap
from bulkops.planning.rows.table import Record
from bulkops.problems import Problem
from bulkops.sheets.input.sheet_table import SheetTable

DELETE = "delete"
NONE = "none"


@dataclass(frozen=True, slots=True)
class RowActions:
    """The rows of a sheet by what they say; `action` is the index of that cell.

    Rows about one thing that are sent together are deleted together: by the first of them.
    """

    action: int | None
    repeated: frozenset[int] = frozenset()
    """Rows about things that a row before them deletes already."""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, job: Job, table: SheetTable, headers: HeaderMap) -> RowActions:
        """Look through a sheet that was read for the job that makes its rows."""
        if headers.action is None or not gathers(job):
            return cls(headers.action)
        things = _things(job, table, headers)
        alone = cls(headers.action)
        repeated = set[int]()
        problems: list[Problem] = []
        for rows in things.values():
            doomed = [row for row in rows if alone.deletes(row)]
            repeated.update(row.number for row in doomed[1:])
            kept = [row for row in rows if not alone.deletes(row)]
            if doomed and kept:
                problems += _halves(table, headers, doomed, kept[0])
        return cls(headers.action, frozenset(repeated), tuple(problems))

    def deletes(self, record: Record) -> bool:
        """Tell whether a row says that it is to be deleted."""
        return self.action is not None and trimmed(record.cells[self.action]).casefold() == DELETE

    def once(self, record: Record) -> Record:
        """Return a row that is to be deleted, as one that asks for nothing where another does."""
        if self.action is None or record.number not in self.repeated:
            return record
        cells = [*record.cells]
        cells[self.action] = NONE
        return Record(record.number, tuple(cells))


def _things(
    job: Job, table: SheetTable, headers: HeaderMap
) -> Mapping[tuple[str, ...], list[Record]]:
    """Return the rows of a sheet by the things that they are about."""
    places = [index for name in subject_columns(job) for index in headers.columns.get(name, ())]
    found = defaultdict[tuple[str, ...], list[Record]](list)
    for record in table.records():
        found[tuple(trimmed(record.cells[place]) for place in places)].append(record)
    return found


def _halves(
    table: SheetTable, headers: HeaderMap, doomed: list[Record], kept: Record
) -> Iterator[Problem]:
    """Say of rows that they would delete a thing of which another row is to stay."""
    column = 0 if headers.action is None else headers.action + 1
    for row in doomed:
        yield Problem(
            code="deletes-in-part",
            message=f"it would delete what row {kept.number} is about too, which stays",
            address=table.address(row.number, column),
            found=DELETE,
            advice="Let all rows about one thing say delete, or take this row out.",
        )
