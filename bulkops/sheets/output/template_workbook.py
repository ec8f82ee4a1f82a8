"""An empty sheet for a job: headers with notes, drop-downs, and a page on how to fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from bulkops import __version__
from bulkops.definition.job import Job
from bulkops.definition.job_description import ColumnDescription, describe
from bulkops.errors import SheetError
from bulkops.problems import letters
from bulkops.sheets.input.worksheet import GUIDE
from bulkops.sheets.output.atomic_file import replacing
from bulkops.sheets.output.column_rules import (
    Sheet,
    add_drop_down,
    choices_of,
    explained,
    mark_missing,
    needed_word,
)
from bulkops.sheets.output.sheet_writer import annotate_cell, set_text
from bulkops.sheets.output.table_writer import set_properties, write_csv
from bulkops.sheets.safe_text import sheet_name

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

TEMPLATE_PROPERTY = "bulkops.template"
"""Custom document property: `job/version of bulkops`."""
LISTS = "Lists"
_TEXT_ROWS = 300
_GUIDE_WIDTHS = (24, 26, 56, 48, 30)
_LEGEND = (
    "Fill in the first sheet, one row each. Dark headers: a value must be given. Blue headers: a"
    " value must be given in some cases. Grey headers: optional. A cell turns red where a row"
    " that was begun lacks a value. This page is never sent."
)


def write_template(job: Job, path: Path, names: Mapping[str, Sequence[str]] | None = None) -> None:
    """Write an empty sheet for a job, .xlsx or .csv by its name, whole or not at all.

    `names` are the live names of an instance by kind (a key of `KINDS`), for drop-downs. Raises
    SheetError where the file can't be written, and JobError where the job is not sound.
    """
    columns = describe(job).columns
    suffix = path.suffix.casefold()
    if suffix == ".csv":
        write_csv(path, [each.column.name for each in columns], [])
    elif suffix == ".xlsx":
        with replacing(path) as temporary:
            _book(job, columns, names or {}).save(temporary)
    else:
        raise SheetError("not-written", f"{path}: name the template .xlsx or .csv")


def _book(
    job: Job, columns: Sequence[ColumnDescription], names: Mapping[str, Sequence[str]]
) -> Workbook:
    from openpyxl import Workbook  # noqa: PLC0415 - heavy

    book = Workbook()
    data = book.worksheets[0]
    data.title = sheet_name(job.name)
    _write_headers(data, columns)
    _write_guide(book.create_sheet(GUIDE), job, columns)
    lists = book.create_sheet(LISTS)
    for index, description in enumerate(columns, 1):
        choices = choices_of(description, names)
        if choices:
            _add_list(data, lists, index, description, choices)
        mark_missing(data, index, columns)
    lists.sheet_state = "hidden"
    set_properties(book, {TEMPLATE_PROPERTY: f"{job.name}/{__version__}"})
    return book


def _write_headers(sheet: Sheet, columns: Sequence[ColumnDescription]) -> None:
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    fills = {"always": styles.DARK, "no": styles.GREY}
    for index, description in enumerate(columns, 1):
        column = description.column
        cell = sheet.cell(row=1, column=index)
        set_text(cell, column.name)
        cell.font, cell.alignment = styles.WHITE, styles.MIDDLE
        cell.fill = fills.get(description.needed, styles.BLUE)
        annotate_cell(cell, "\n".join(explained(description)))
        width = max(len(column.name), len(column.example), 10) + 4
        sheet.column_dimensions[letters(index)].width = min(width, 40)
        sheet.column_dimensions[letters(index)].number_format = styles.TEXT_FORMAT
        for row in range(2, _TEXT_ROWS + 2):
            sheet.cell(row=row, column=index).number_format = styles.TEXT_FORMAT
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{letters(len(columns))}1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _write_guide(sheet: Sheet, job: Job, columns: Sequence[ColumnDescription]) -> None:
    """Write one line a column, and an example row below; both as text."""
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    for index, width in enumerate(_GUIDE_WIDTHS, 1):
        sheet.column_dimensions[letters(index)].width = width
    _write_heading(sheet, 1, job.summary)
    legend = sheet.cell(row=2, column=1)
    set_text(legend, _LEGEND)
    legend.font, legend.alignment = styles.PLAIN, styles.TOP
    sheet.merge_cells("A2:E2")
    sheet.row_dimensions[2].height = 48
    rows = [("Column", "Needed", "What it is", "Allowed", "Example")]
    rows += [
        (each.column.name, needed_word(each), each.column.help, each.allowed, each.column.example)
        for each in columns
    ]
    for number, row in enumerate(rows, 4):
        _write_line(sheet, number, row, header=number == 4)  # noqa: PLR2004 - the first of them
    below = len(rows) + 5
    _write_heading(sheet, below, "An example row, as it would stand in the first sheet")
    _write_line(sheet, below + 1, [each.column.name for each in columns], header=True)
    _write_line(sheet, below + 2, [each.column.example for each in columns])
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = f"A1:E{below - 2}"


def _write_heading(sheet: Sheet, row: int, text: str) -> None:
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    cell = sheet.cell(row=row, column=1)
    set_text(cell, text)
    cell.font = styles.HEADING


def _write_line(sheet: Sheet, row: int, texts: Sequence[str], *, header: bool = False) -> None:
    from bulkops.sheets.output import styles  # noqa: PLC0415 - heavy

    for index, text in enumerate(texts, 1):
        cell = sheet.cell(row=row, column=index)
        set_text(cell, text)
        cell.number_format = styles.TEXT_FORMAT
        cell.font = styles.WHITE if header else styles.PLAIN
        cell.alignment, cell.border = styles.TOP, styles.LINE
        if header:
            cell.fill = styles.GREY
    lines = [ceil(len(text) / width) for text, width in zip(texts, _GUIDE_WIDTHS, strict=False)]
    sheet.row_dimensions[row].height = 15 * max(*lines, 1, 1) + 2


def _add_list(
    data: Sheet,
    lists: Sheet,
    index: int,
    description: ColumnDescription,
    choices: Sequence[str],
) -> None:
    """Put a drop-down on a column, by a defined name over the hidden sheet: of any length."""
    from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415 - heavy

    column, letter = description.column, letters(index)
    for row, choice in enumerate((column.name, *choices), 1):
        set_text(lists.cell(row=row, column=index), choice)
    name = f"bulkops_list_{index}"
    reference = f"{LISTS}!${letter}$2:${letter}${len(choices) + 1}"
    data.parent.defined_names[name] = DefinedName(name, attr_text=reference)
    add_drop_down(data, index, description, name)
