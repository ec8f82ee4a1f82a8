"""What a run of a whole workbook begins with: its sheets, each with the job that it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulkops.definition.catalogue import load, load_workbook
from bulkops.definition.workbook_job import part_of_workbook
from bulkops.definition.workbook_sheets import SHEETS, WorkbookSheet, sheet_named
from bulkops.errors import SheetError, UsageError
from bulkops.planning.existing_things import OnExists
from bulkops.planning.left_out import SHEET as LEFT_OUT
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.promotion.mapping_sheet import NAME as MAPPING
from bulkops.planning.rows.headers import HeaderMap, match_headers
from bulkops.planning.rows.typed_rows import Order
from bulkops.runs.inputs.flow_mappings import as_needed, mapping_in, needs_mapping
from bulkops.runs.inputs.row_actions import RowActions
from bulkops.runs.inputs.sheet_inputs import Inputs, completed, order_of
from bulkops.sheets.input.numbered_rows import in_workbook
from bulkops.sheets.input.reader import SheetTable, worksheets
from bulkops.sheets.input.worksheet import GUIDE, PROBLEMS
from bulkops.sheets.input.zip_package import Part
from bulkops.targets.request import SheetChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The rows of a sheet that one job is for."""

    sheet: WorkbookSheet
    job: str
    table: SheetTable
    headers: HeaderMap


def read_workbook(choice: SheetChoice, on_exists: OnExists) -> Inputs:
    """Read every sheet of a workbook that is named for a kind of thing.

    What is there and differs is updated, unless something else was said. Raises SheetError,
    UsageError and JobError.
    """
    path = _require_whole(choice)
    sheets, said = _ours(path, choice.sheet)
    parts = [
        part
        for place, (sheet, worksheet) in enumerate(sheets)
        for part in _parts(place, sheet, replace(choice, sheet=worksheet.name), on_exists)
    ]
    if not parts:
        raise SheetError("empty", f"{path}: no sheet of it has rows below its headers")
    loaded = load_workbook(part.job for part in parts)
    mapping = mapping_in(choice) if any(map(needs_mapping, loaded.job.each())) else FlowMapping()

    def order(part: _Part) -> Order:
        job = loaded.job.part(f"{part.job}:")
        plain = order_of(job, part.table, part.headers, choice, on_exists)
        return replace(plain, mapping=as_needed(job, mapping))

    return Inputs(
        loaded=loaded,
        tables=tuple(part.table for part in parts),
        orders=tuple(map(order, parts)),
        said=said,
    )


def _require_whole(choice: SheetChoice) -> Path:
    """Return the workbook's path; UsageError for what is said of the rows of one sheet alone."""
    if choice.path is None or choice.frame is not None:
        raise UsageError("A whole workbook is read from a file: name one such as centre.xlsx.")
    given = {
        "--map": choice.mapping,
        "--set": choice.settings,
        "--where": choice.where,
        "--rows": choice.rows,
        "--limit": choice.limit,
    }
    for flag, value in given.items():
        if value:
            raise UsageError(
                f"{flag} is for the rows of one sheet: name its job too, and the sheet by --sheet."
            )
    return choice.path


def _ours(
    path: Path, asked: str | None
) -> tuple[list[tuple[WorkbookSheet, Part]], tuple[str, ...]]:
    """Return the sheets that are named for kinds, in that order, and what to say of the rest."""
    found = [(sheet_named(part.name), part) for part in worksheets(path)]
    if not found:
        raise SheetError(
            "no-workbook", f"{path} is separated text, and no workbook of sheets: name an .xlsx"
        )
    ours = [(sheet, part) for sheet, part in found if sheet and part.state == "visible"]
    if asked is not None:
        ours = [(sheet, part) for sheet, part in ours if sheet == sheet_named(asked)]
    known = ", ".join(sheet.name for sheet in SHEETS)
    if not ours:
        there = ", ".join(part.name for _, part in found)
        raise SheetError(
            "no-such-sheet",
            f"{path}: no sheet is named for a kind of thing. Its sheets: {there}. Known: {known}",
        )
    for sheet in SHEETS:
        twins = [part.name for other, part in ours if other is sheet]
        if len(twins) > 1:
            names = " and ".join(twins)
            raise SheetError("several-sheets", f"{path}: {names} are the same sheet: keep one")
    ours.sort(key=lambda each: SHEETS.index(each[0]))
    return ours, tuple(_left_alone(found))


OWN_SHEETS = frozenset(name.casefold() for name in (MAPPING, LEFT_OUT, GUIDE, PROBLEMS))
"""Sheets of bulkops' own that hold no rows to be sent."""


def _left_alone(found: Sequence[tuple[WorkbookSheet | None, Part]]) -> Iterator[str]:
    strange = [
        part.name
        for sheet, part in found
        if sheet is None and part.state == "visible" and part.name.casefold() not in OWN_SHEETS
    ]
    if strange:
        yield f"left alone, since they are named for no kind of thing: {', '.join(strange)}"
    for sheet, part in found:
        if sheet is not None and part.state != "visible":
            yield f'sheet "{part.name}" is hidden, and so it is left alone'


def _parts(
    place: int, sheet: WorkbookSheet, choice: SheetChoice, on_exists: OnExists
) -> Iterator[_Part]:
    """Yield what a sheet's jobs are for: its rows, and apart from them those to be deleted."""
    job = part_of_workbook(load(sheet.job).job)
    try:
        table, headers = completed(job, choice, on_exists)
    except SheetError as error:
        if error.code == "empty":
            return
        raise
    actions = RowActions.of(job, table, headers) if sheet.deletes else RowActions(None)
    table = replace(table, problems=(*table.problems, *actions.problems))
    kept = in_workbook(table, place, lambda each: not actions.deletes(each))
    if actions.problems or any(True for _ in kept.records()):
        yield _Part(sheet=sheet, job=sheet.job, table=kept, headers=headers)
    gone = in_workbook(replace(table, problems=()), place, actions.deletes, actions.once)
    if any(True for _ in gone.records()):
        deleting = part_of_workbook(load(sheet.deletes).job)
        away = match_headers(deleting, gone, on_exists=on_exists, known=headers.used)
        yield _Part(sheet=sheet, job=sheet.deletes, table=gone, headers=away)
