"""The secrets of a run that is gone on with: its sheet's, and those corrected since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from bulkops.engine.ports import SheetSecrets
from bulkops.errors import ChangedError, SheetError
from bulkops.ledger.interface import Ledger
from bulkops.ledger.states import CallState, RowStatus
from bulkops.planning.calls.placeholders import placeholders_in
from bulkops.planning.rows.row_keys import KeyFolding
from bulkops.planning.rows.typed_rows import Identities, Order, TypedRow
from bulkops.runs.earlier_run import EarlierRun
from bulkops.runs.inputs.job_inputs import read_again
from bulkops.runs.ledger_notes import Meta, Note
from bulkops.runs.resume_checks import same_sheet
from bulkops.targets.request import SheetChoice, kept_choice, sheet_choice

RowKey: TypeAlias = tuple[str, str]
"""A row's target, empty where there is but one, and its key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A sheet that rows were corrected from. `rows`: row of the run → row of that sheet.

    Only rows with a new secret are there; the secrets themselves are nowhere but in the sheet.
    """

    choice: SheetChoice
    sha256: str
    rows: Mapping[int, int]

    def as_json(self) -> dict[str, Any]:
        """Return the correction as JSON values, to be kept beside the run."""
        rows = {str(row): there for row, there in self.rows.items()}
        return {"choice": kept_choice(self.choice), "sha256": self.sha256, "rows": rows}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Correction:
        """Return the correction that `as_json` gave."""
        rows = {int(row): there for row, there in kept["rows"].items()}
        return cls(choice=sheet_choice(kept["choice"]), sha256=kept["sha256"], rows=rows)


class CorrectedSecrets:
    """The secrets of corrected rows; a row that was not corrected has none here."""

    def __init__(self, secrets: SheetSecrets, rows: Mapping[int, int]) -> None:
        self._secrets = secrets
        self._rows = rows

    def __call__(self, row: int, column: str, /) -> str:
        """Return the secret cell of a row of the run; KeyError where it was not corrected."""
        return self._secrets(self._rows[row], column)


class FirstOf:
    """Secrets from several places: the first that has the cell counts."""

    def __init__(self, places: Sequence[SheetSecrets]) -> None:
        self._places = places

    def __call__(self, row: int, column: str, /) -> str:
        """Return the secret cell of a row; KeyError where no place has it."""
        for place in self._places:
            try:
                return place(row, column)
            except KeyError:
                continue
        raise KeyError(row, column)


async def recalled(
    run: EarlierRun,
    *,
    accept_changed: bool = False,
    rows: Collection[int] | None = None,
) -> SheetSecrets:
    """Return the secrets that the rest of a run may send; those of `rows`, where they are given.

    Raises ChangedError where the sheet that has them is gone or changed, and names it.
    """
    if rows is None and run.record.meta.get(Meta.NO_SECRETS):
        return CellSecrets(None)
    inputs = same_sheet(run.loaded, run.request, run.record, accept_changed=accept_changed)
    # a workbook that has changed is not accepted: its rows bear the numbers that they had
    by_key = accept_changed and Meta.SHEETS not in run.record.meta
    keys = await keys_of(run) if by_key else None
    orders = inputs.orders if inputs else ()
    places: list[SheetSecrets] = [sheet_secrets(orders, keys)]
    if rows is None:
        rows = {row.number async for row in run.ledger.results({RowStatus.PENDING})}
    for kept in (await run.ledger.notes()).get(Note.CORRECTIONS, ()):
        correction = Correction.from_json(kept)
        if not correction.rows.keys().isdisjoint(rows):
            places.insert(0, _corrected(correction, run))
    return FirstOf(places)


async def rows_without(ledger: Ledger, secrets: SheetSecrets) -> dict[int, str]:
    """Return the rows that have a call left whose secret is not to be had, with its column."""
    lacking: dict[int, str] = {}
    async for call in ledger.calls(CallState.PLANNED):
        for each in placeholders_in(call.params):
            if each.kind == "secret" and not _has(secrets, call.rows[0], each.name):
                lacking.update(dict.fromkeys(call.rows, each.name))
    return lacking


def _has(secrets: SheetSecrets, row: int, column: str) -> bool:
    try:
        secrets(row, column)
    except KeyError:
        return False
    return True


async def keys_of(run: EarlierRun) -> dict[int, RowKey]:
    """Return what tells each row of a run from the others, whatever its number is by now."""
    fold = KeyFolding(run.loaded.job).fold
    rows = {row.number: (row.target, fold(row.key)) async for row in run.ledger.results()}
    several = len({target for target, _ in rows.values()}) > 1
    # the only target there is need not be written in the sheet
    return rows if several else {number: ("", key) for number, (_, key) in rows.items()}


def _corrected(correction: Correction, run: EarlierRun) -> SheetSecrets:
    path = correction.choice.path or Path("-")
    needs = (
        f"{run.record.id} needs the secret cells of {path} again, from which rows were corrected"
    )
    try:
        inputs = read_again(run.loaded, correction.choice, run.request.on_exists)
    except SheetError as error:
        raise ChangedError(f"{needs}: {error}") from error
    if inputs.sha256 != correction.sha256:
        raise ChangedError(
            f"{needs}; it has changed since. Put it back as it was, or give those rows anew with "
            f"`bulkops retry {run.record.id} --from SHEET`."
        )
    return CorrectedSecrets(sheet_secrets(inputs.orders), correction.rows)


def sheet_secrets(
    orders: Sequence[Order],
    keys: Mapping[int, RowKey] | None = None,
    identities: Identities | None = None,
) -> SheetSecrets:
    """Return the secret cells of all sheets that are meant; arguments as `CellSecrets` has them."""
    secretive = [each for each in orders if any(column.secret for column in each.job.columns)]
    if not secretive:
        return CellSecrets(None)
    return FirstOf([CellSecrets(each, keys, identities) for each in secretive])


class CellSecrets:
    """The secret cells of a sheet; held in memory, written nowhere.

    `keys` maps row numbers as the run began to the rows' targets (empty where there is but one)
    and keys, for a sheet that has changed since: its rows are then found by them.
    `identities` are those that the order was planned with, so that what was typed then is not
    typed again.
    """

    def __init__(
        self,
        order: Order | None,
        keys: Mapping[int, RowKey] | None = None,
        identities: Identities | None = None,
    ) -> None:
        self._order = order
        self._keys = keys
        self._identities = identities

    def __repr__(self) -> str:
        return f"<CellSecrets of {self._order.table.file if self._order else 'no sheet'}>"

    def __call__(self, row: int, column: str, /) -> str:
        """Return the secret cell of a row; KeyError where the sheet has none."""
        return self._cells[self._keys[row] if self._keys is not None else row, column]

    @cached_property
    def _cells(self) -> dict[tuple[int | RowKey, str], str]:
        if self._order is None:
            return {}
        columns = [column.name for column in self._order.job.columns if column.secret]
        fold = KeyFolding(self._order.job).fold
        return {
            (self._name_of(row, fold), column): str(row.values[column])
            for row in self._order.rows(self._identities)
            for column in columns
            if row.values.get(column)
        }

    def _name_of(self, row: TypedRow, fold: Callable[[str], str]) -> int | RowKey:
        """Return what a row of the sheet is found by."""
        if self._keys is None:
            return row.number
        return (row.target if self._several else "", fold(row.key))

    @cached_property
    def _several(self) -> bool:
        return any(target for target, _ in (self._keys or {}).values())
