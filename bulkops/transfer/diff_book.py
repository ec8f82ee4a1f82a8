"""What differs between two instances, written as a workbook."""

from __future__ import annotations

from pathlib import Path

from bulkops.planning.diff.long_texts import shortened
from bulkops.planning.left_out import SHEET as LEFT_OUT
from bulkops.planning.promotion.compared_instances import InstanceDiff
from bulkops.planning.promotion.instance_differences import FieldDifference, Side
from bulkops.sheets.output.table_writer import WorkbookWriter
from bulkops.transfer.centre_export import LEFT_OUT_HEADERS
from bulkops.transfer.export import require_form

DIFFERENCES = "Differences"
"""The sheet with a row for each field that differs."""
FORM = (".xlsx",)
MOST_LETTERS = 32_000
"""Characters of a cell, of which Excel holds 32,767; of longer ones the part that differs."""


def write_diff(path: Path, diff: InstanceDiff) -> None:
    """Write a workbook with a row for each field that differs. Raises SheetError."""
    require_form(path, FORM)
    here, there = diff.labels
    with WorkbookWriter(path) as book:
        sheet = book.sheet(DIFFERENCES, ("sheet", "thing", "difference", "field", here, there))
        for each in (found for one in diff.sheets for found in one.found):
            where = side_said(each.side, here, there)
            if not each.fields:
                sheet.row((each.sheet, each.key, where, "", "", ""))
            for field in each.fields:
                sheet.row((each.sheet, each.key, where, field.field, *_fitting(field)))
        last = book.sheet(LEFT_OUT, (*LEFT_OUT_HEADERS, "instance"))
        for row in diff.left_out:
            last.row(row)


def side_said(side: Side, here: str, there: str) -> str:
    """Return where a thing stands, in words."""
    return {
        Side.HERE: f"only in {here}",
        Side.THERE: f"only in {there}",
        Side.BOTH: "differs",
    }[side]


def _fitting(field: FieldDifference) -> tuple[str, str]:
    if max(len(field.here), len(field.there)) <= MOST_LETTERS:
        return field.here, field.there
    return shortened(field.here, field.there)
