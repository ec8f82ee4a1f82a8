"""Two instances read side by side and held against one another, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bulkops.definition.catalogue import load
from bulkops.definition.workbook_job import workbook_job
from bulkops.engine.ports import Listener, World
from bulkops.engine.reads.side_by_side import side_by_side
from bulkops.errors import RefusedError, UsageError
from bulkops.planning.promotion.instance_differences import (
    SheetDifferences,
    Side,
    sheet_differences,
)
from bulkops.planning.target import Target
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.targets.connect import Connection, connect
from bulkops.targets.request import PaceChoice, Request, SheetChoice, TargetChoice
from bulkops.transfer.centre_export import LEFT_OUT, LEFT_OUT_HEADERS, Centre, calls_made
from bulkops.transfer.centre_reading import read_centre
from bulkops.transfer.centre_sheets import Row, SheetScope, scopes_of
from bulkops.transfer.export import require_form
from bulkops.transfer.sheet_choice import chosen_sheets

DIFFERENCES = "Differences"
"""The sheet with a row for each field that differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceDiff:
    """What differs between two instances, and what of them could not be compared."""

    here: Target
    there: Target
    sheets: tuple[SheetDifferences, ...]
    left_out: tuple[tuple[str, str, str, str], ...]
    """(sheet, thing, what, why) of what the sheets do not hold."""
    calls: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found to differ."""
        return not any(each.found for each in self.sheets)


async def diff_instances(
    *,
    target: TargetChoice,
    pace: PaceChoice,
    world: World,
    only: Sequence[str] = (),
    full: bool = True,
    listener: Listener | None = None,
) -> InstanceDiff:
    """Read two instances side by side and compare them; sends nothing that changes anything.

    `target` says both: what it holds the first one `against` is the second. `only` are sheets,
    kinds or jobs. Raises UsageError, JobError, TargetError, RefusedError and ReadError.
    """
    sheets = chosen_sheets(only)
    jobs = {sheet.job: load(sheet.job).job for sheet in sheets}
    scopes = scopes_of(sheets, jobs)
    if len(target.names) > 1:
        raise UsageError(f"diff compares two instances: {target.names[0]}, and one --against it.")
    request = Request(job="", sheet=SheetChoice(path=None), target=target, pace=pace)
    job = workbook_job(jobs.values())
    async with connect(request, job, world=world, tell=listener) as connection:
        here, there = await _both(connection, scopes, full=full)
        compared = tuple(_compared(here, there))
        return InstanceDiff(
            here=here.target,
            there=there.target,
            sheets=compared,
            left_out=tuple(
                (name, each.thing, each.what, each.why)
                for name, each in dict.fromkeys((*here.left_out, *there.left_out))
            ),
            calls=calls_made(connection),
            notes=connection.notes,
        )


async def _both(
    connection: Connection, scopes: Sequence[SheetScope], *, full: bool
) -> tuple[Centre, Centre]:
    """Read both instances at the same time; of one account and Region they share its quotas."""
    if len(connection.targets) < 2:  # noqa: PLR2004  # both bear one name
        raise UsageError("diff compares two instances: name another one with --against.")
    first, second = connection.targets.values()
    if (first.account, first.instance_id) == (second.account, second.instance_id):
        raise RefusedError(f"{first.label} is held against itself: name two instances.")
    parts = [part for scope in scopes for part in scope.parts]
    found: dict[str, Centre] = {}

    async def read(name: str) -> None:
        reading = await read_centre(connection.reader(name), parts, full=full)
        found[name] = Centre(target=connection.targets[name], scopes=scopes, reading=reading)

    await side_by_side([partial(read, name) for name in connection.targets])
    return found[first.name], found[second.name]


def _compared(here: Centre, there: Centre) -> Iterable[SheetDifferences]:
    for (scope, mine), (_, theirs) in zip(here.sheets(), there.sheets(), strict=True):
        yield sheet_differences(scope.sheet.name, scope.job, _cells(mine), _cells(theirs))


def _cells(rows: Iterable[Row]) -> Iterable[Row]:
    """Yield rows without the cell that says what is to be done with them."""
    return (row[:-1] for row in rows)


def write_diff(path: Path, diff: InstanceDiff) -> None:
    """Write a workbook with a row for each field that differs. Raises SheetError."""
    require_form(path, (".xlsx",))
    here, there = labels_of(diff)
    with WorkbookWriter(path) as book:
        sheet = book.sheet(DIFFERENCES, ("sheet", "thing", "difference", "field", here, there))
        for each in (found for one in diff.sheets for found in one.found):
            where = side_said(each.side, here, there)
            if not each.fields:
                sheet.row((each.sheet, each.key, where, "", "", ""))
            for field in each.fields:
                sheet.row((each.sheet, each.key, where, field.field, field.here, field.there))
        last = book.sheet(LEFT_OUT, LEFT_OUT_HEADERS)
        for row in diff.left_out:
            last.row(row)


def labels_of(diff: InstanceDiff) -> tuple[str, str]:
    """Return what the two instances are called: by names that tell them apart."""
    here, there = (target.name or target.label for target in (diff.here, diff.there))
    return (here, there) if here != there else (diff.here.label, diff.there.label)


def side_said(side: Side, here: str, there: str) -> str:
    """Return where a thing stands, in words."""
    return {
        Side.HERE: f"only in {here}",
        Side.THERE: f"only in {there}",
        Side.BOTH: "differs",
    }[side]
