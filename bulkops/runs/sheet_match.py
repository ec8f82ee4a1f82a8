"""Another sheet, or the same one as it is now, held against the rows that a run has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bulkops.definition.job import Job
from bulkops.ledger.records import RowResult, RunRecord
from bulkops.planning.rows.row_keys import KeyFolding
from bulkops.planning.rows.table import Record, Table
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.problems import Address, Problem
from bulkops.runs.inputs.sheet_inputs import Inputs


class KnownRows:
    """The rows of a run, found by target and key, however a name that has no case is spelled."""

    def __init__(self, job: Job, rows: Iterable[RowResult]) -> None:
        self._folding = KeyFolding(job)
        self._rows = tuple(rows)
        self._often = Counter(self.name_of(row.target, row.key) for row in self._rows)
        self._exact = {(row.target, row.key): row for row in self._rows}
        self._folded = {self.name_of(row.target, row.key): row for row in self._rows}

    def __iter__(self) -> Iterator[RowResult]:
        return iter(self._rows)

    def name_of(self, target: str, key: str) -> tuple[str, str]:
        """Return what is the same for all spellings of a row's name."""
        return target, self._folding.fold(key)

    def are_several(self, target: str, key: str) -> bool:
        """Tell whether rows of the run share a name, so that none of them is meant by it."""
        return self._often[self.name_of(target, key)] > 1

    def find(self, target: str, key: str) -> RowResult | None:
        """Return a row; None where the run has none of that name."""
        return self._exact.get((target, key)) or self._folded.get(self.name_of(target, key))


def shared_name(run: str, row: TypedRow, at: Address) -> Problem:
    """Say that several rows of a run have a row's key: which of them is meant can't be told."""
    return Problem(
        code="ambiguous-row",
        message=f"{row.key} is the key of several rows of {run}: which one is meant can't be told",
        address=at,
        found=row.key,
        advice="Go on with the sheet as it was; what was allowed to repeat can't be changed.",
    )


def lacking_columns(record: RunRecord, inputs: Inputs) -> Iterator[Problem]:
    """Yield the columns that the run's sheet has and this one lacks: they would read as blank."""
    for column in dict.fromkeys(record.meta["mapping"].values()):
        if column not in inputs.headers.columns:
            message = f'the sheet has no column "{column}", which the run\'s sheet has'
            yield Problem(code="missing-column", message=message, address=inputs.order.address(0))


def merged_cells(
    record: RunRecord, before: RowResult, inputs: Inputs, row: TypedRow
) -> tuple[str, ...]:
    """Return a row's texts under the run's own headers, corrected ones in place of the old."""
    places: dict[str, list[int]] = {}
    for index, header in enumerate(inputs.table.headers):
        places.setdefault(header, []).append(index)
    mapping = record.meta["mapping"]
    cells = []
    for header, old in zip(record.headers, before.cells, strict=True):
        fed = inputs.headers.columns.get(mapping.get(header, ""), ())
        there = places.get(header) or list(fed[:1])
        cells.append(row.cells[there.pop(0)] if there else old)
    return tuple(cells)


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """Some of a table's records, masked secrets filled in: held in memory alone."""

    table: Table
    chosen: Mapping[int, Record]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.table.file

    @property
    def sha256(self) -> str:
        """Hex digest of the file's bytes."""
        return self.table.sha256

    @property
    def headers(self) -> Sequence[str]:
        """The header row's texts."""
        return self.table.headers

    @property
    def problems(self) -> Sequence[Problem]:
        """What could not be read for certain, of the chosen records."""
        return [each for each in self.table.problems if each.address.row in self.chosen]

    def records(self) -> Iterator[Record]:
        """Yield the chosen records."""
        return iter(self.chosen.values())

    def __len__(self) -> int:
        return len(self.chosen)

    def address(self, row: int, column: int = 0) -> Address:
        """Return the place of a record's cell."""
        return self.table.address(row, column)


def chosen_order(order: Order, chosen: Mapping[int, Record]) -> Order:
    """Return an order of some of its records alone, as they are given."""
    return replace(order, table=ChosenRows(order.table, chosen), selection=type(order.selection)())
