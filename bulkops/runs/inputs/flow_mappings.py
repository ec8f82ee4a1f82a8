"""What a workbook says of the things that its flows refer to: its sheet `Mapping`, read."""

from __future__ import annotations

from bulkops.definition.job import Job
from bulkops.definition.workbook_sheets import folded
from bulkops.errors import SheetError
from bulkops.planning.promotion.flow_mapping import FlowMapping
from bulkops.planning.promotion.mapping_sheet import HEADERS, NAME, read_mapping
from bulkops.sheets.input.reader import read_table, worksheets
from bulkops.targets.request import SheetChoice


def mapping_for(job: Job, choice: SheetChoice) -> FlowMapping:
    """Return the mapping of the workbook that a job's sheet stands in; none where it has no flows.

    Raises SheetError where the sheet can't be read.
    """
    holds_flows = any(column.kind == "flow" for column in job.columns)
    if not holds_flows or choice.path is None or choice.frame is not None:
        return FlowMapping()
    if not choice.path.is_file():
        return FlowMapping()  # standard input: separated text
    for sheet in worksheets(choice.path):
        if folded(sheet.name) == folded(NAME):
            return _read(choice, sheet.name)
    return FlowMapping()


def _read(choice: SheetChoice, name: str) -> FlowMapping:
    try:
        table = read_table(choice.path, sheet=name, known_headers=HEADERS)
    except SheetError as error:
        if error.code == "empty":
            return FlowMapping()
        raise
    return read_mapping(table)
