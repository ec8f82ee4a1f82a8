"""A sheet of corrected rows, or a workbook of such, held against the run whose rows failed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulkops.definition.verbs import verb
from bulkops.engine.ports import SheetSecrets
from bulkops.planning.plan import Action
from bulkops.planning.rows.cells import MASK
from bulkops.planning.rows.sheet_numbers import sheet_place
from bulkops.planning.rows.table import Record
from bulkops.planning.rows.typed_rows import Order, TypedRow
from bulkops.runs.corrections import Corrections, FailedRun, match
from bulkops.runs.inputs.sheet_inputs import Inputs, barring
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.replanned import require_none
from bulkops.runs.sheet_match import KnownRows, chosen_order
from bulkops.targets.connect import Connection

_AWAY = frozenset({Action.DELETE, Action.DISASSOCIATE})


@dataclass(slots=True)
class CorrectedSheets:
    """The sheets of a correction with their rows, each as its job and the run know it."""

    parts: list[tuple[Inputs, list[TypedRow]]]
    found: Corrections

    @classmethod
    def read(
        cls, failed: FailedRun, inputs: Inputs, connection: Connection, *, whole: bool
    ) -> CorrectedSheets:
        """Match the rows of all sheets with those of the run. Raises ProblemsFoundError.

        `whole`: the sheets have all rows of the run, of which only those that failed are meant.
        """
        found, parts = Corrections(), []
        require_none(barring(tuple(each for o in inputs.orders for each in o.headers.problems)))
        for loaded, table, order in inputs.parts():
            part = Inputs(loaded=loaded, tables=(table,), orders=(order,))
            known = _of_part(failed, order) if inputs.is_workbook else failed
            rows = list(order.rows(connection.identities))
            if whole:
                rows = [row for row in rows if known.is_among_meant(row.target, row.key)]
            found.add(match(known, part, rows))
            parts.append((part, rows))
        require_none(tuple(found.problems))
        return cls(parts, found)

    def orders(self, old: SheetSecrets) -> list[Order]:
        """Return what is to be planned of each sheet; `old` are the secrets that are masked."""
        return [
            chosen_order(part.order, records)
            for part, rows in self.parts
            if (records := dict(self._records(part, rows, old)))
        ]

    def _records(
        self, part: Inputs, rows: Collection[TypedRow], old: SheetSecrets
    ) -> Iterator[tuple[int, Record]]:
        for row in rows:
            number = self.found.rows.get(row.number)
            if number is not None and number in self.found.cells:
                yield row.number, _unmasked(part, row.number, number, old)

    def are_masked(self) -> bool:
        """Tell whether a cell stands for a secret that the run itself was given."""
        return any(
            part.table.record(row.number).cells[index].strip() == MASK
            for part, rows in self.parts
            for index in _secret_cells(part).values()
            for row in rows
            if row.number in self.found.rows
        )

    def with_secrets(self) -> dict[int, int]:
        """Return the run's rows that have new secrets, with their numbers in the sheet."""
        return {
            self.found.rows[row.number]: row.number
            for part, rows in self.parts
            for row in rows
            if row.number in self.found.rows
            and any(row.values.get(name) for name in _secret_cells(part))
        }


def _of_part(failed: FailedRun, order: Order) -> FailedRun:
    """Return of a workbook's run what one job of one sheet knows: its rows, headers and mapping."""
    sheets: Sequence[Mapping[str, Any]] = failed.record.meta.get(Meta.SHEETS, ())
    sheet = next((each for each in sheets if each["job"] == order.job.name), None)
    if sheet is None:
        return replace(failed, rows=KnownRows(order.job, ()))
    is_away = verb(order.job.steps[0].operation) in _AWAY
    rows = [
        row
        for row in failed.rows
        if sheet_place(row.number) == sheet["place"] and (row.action in _AWAY) == is_away
    ]
    record = replace(
        failed.record,
        headers=tuple(sheet["headers"]),
        meta={**failed.record.meta, "mapping": sheet["mapping"]},
    )
    return replace(failed, rows=KnownRows(order.job, rows), record=record)


def _secret_cells(inputs: Inputs) -> dict[str, int]:
    """Return column → index of the cells of a sheet that hold secrets."""
    return {
        column.name: index
        for column in inputs.order.job.columns
        for index in inputs.headers.columns.get(column.name, ())
        if column.secret
    }


def _unmasked(inputs: Inputs, number: int, row: int, old: SheetSecrets) -> Record:
    """Return a record with the secrets of before where the report that it came from masked them."""
    record = inputs.table.record(number)
    cells = list(record.cells)
    for column, index in _secret_cells(inputs).items():
        if cells[index].strip() == MASK:
            cells[index] = _secret(old, row, column, cells[index])
    return Record(number, tuple(cells))


def _secret(old: SheetSecrets, row: int, column: str, masked: str) -> str:
    """Return the secret of before; where there was none, the mask stays and is a problem."""
    try:
        return old(row, column)
    except KeyError:
        return masked
