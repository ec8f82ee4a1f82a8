"""A run's sheet as it is now against what the run has of it: what changed, is gone, or is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bulkops.ledger.records import RowResult, RunRecord
from bulkops.ledger.states import RowStatus
from bulkops.planning.rows.typed_rows import TypedRow
from bulkops.problems import Problem
from bulkops.runs.inputs.file_digests import changed_files
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.runs.ledger_notes import Meta
from bulkops.runs.sheet_match import KnownRows, lacking_columns, merged_cells, shared_name


@dataclass(slots=True, kw_only=True)
class SheetChange:
    """What a changed sheet means for a run.

    `anew` maps the sheet's rows to the run's, for those that changed and were not sent; `cells`
    are their new texts, secrets masked. `gone` are pending rows of the run that the sheet has no
    more. `said` names every row of which there is something to say, a sentence each.
    """

    anew: dict[int, int] = field(default_factory=dict)
    cells: dict[int, tuple[str, ...]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def compare(
    record: RunRecord, before: Iterable[RowResult], inputs: Inputs, rows: Sequence[TypedRow]
) -> SheetChange:
    """Find what is different, by target and key: row numbers may be others by now."""
    found = SheetChange(problems=list(lacking_columns(record, inputs)))
    known, there, new = KnownRows(inputs.job, before), dict[int, TypedRow](), list[TypedRow]()
    other = changed_files(record.meta.get(Meta.FILES, {}), inputs.order.files)
    for row in rows:
        old = known.find(row.target, row.key)
        if old is None:
            new.append(row)
        elif known.are_several(row.target, row.key):
            at = inputs.order.address(row.number, *inputs.job.key[:1])
            found.problems.append(shared_name(record.id, row, at))
        elif old.number in there:
            found.problems.append(_twice(inputs, row, there[old.number]))
        else:
            there[old.number] = row
            cells = merged_cells(record, old, inputs, row)
            changes = "; ".join(_differences(record, old.cells, cells, other))
            _changed(found, old, row, cells, changes)
    _gone(found, [old for old in known if old.number not in there])
    found.said += [
        f"row {row.number} of the sheet, {row.key}, is new: it is no part of the run, and not sent"
        for row in new
    ]
    return found


def _twice(inputs: Inputs, row: TypedRow, first: TypedRow) -> Problem:
    return Problem(
        code="duplicate-row",
        message=f"{row.key} stands in row {first.number} already",
        address=inputs.order.address(row.number, *inputs.order.job.key[:1]),
        found=row.key,
        advice="Keep one of the two rows.",
    )


def _changed(
    found: SheetChange, old: RowResult, now: TypedRow, cells: tuple[str, ...], changes: str
) -> None:
    if not changes:
        return
    said = f"row {old.number} {old.key}: {changes}"
    if old.status is RowStatus.PENDING and not old.started_at:
        found.anew[now.number] = old.number
        found.cells[old.number] = cells
        found.said.append(f"{said}; it is planned anew")
    elif old.status is RowStatus.PENDING:
        found.said.append(f"{said}; but it was sent before, and goes on as it was planned")
    else:
        found.said.append(f"{said}; but it is {old.status.value}, and stays as it is")


def _differences(
    record: RunRecord, old: Sequence[str], new: Sequence[str], other: Collection[str]
) -> Iterator[str]:
    """Yield the cells that differ, or whose files do, of the columns that the job reads."""
    mapping: Mapping[str, str] = record.meta["mapping"]
    for header, before, after in zip(record.headers, old, new, strict=True):
        if header in mapping and before != after:
            yield f"{header}: {before or '∅'} → {after or '∅'}"
        elif header in mapping and after in other:
            yield f"{header}: the file that {after} names holds something else"


def _gone(found: SheetChange, rows: Sequence[RowResult]) -> None:
    """Say which rows are gone: each that is open by its name, those that are over by number."""
    for row in rows:
        if row.status is RowStatus.PENDING:
            found.gone.add(row.number)
            found.said.append(
                f"row {row.number} {row.key} is not in the sheet any more: it is left pending"
            )
    over = Counter(row.status.value for row in rows if row.status is not RowStatus.PENDING)
    for status, number in over.items():
        many = "row that is" if number == 1 else "rows that are"
        found.said.append(f"{number:,} {many} {status} no longer stand{'s' * (number == 1)} there")
