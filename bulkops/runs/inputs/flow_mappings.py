"""What a workbook says of the things that its rows refer to: its sheet `Mapping`, read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bulkops.definition.job import Job
from bulkops.definition.workbook_sheets import folded
from bulkops.errors import SheetError
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.promotion.mapping_sheet import HEADERS, NAME, read_mapping
from bulkops.planning.rows.mapped_names import names_numbers
from bulkops.planning.rows.typed_rows import Order
from bulkops.sheets.input.reader import read_table, worksheets
from bulkops.targets.request import SheetChoice


def mapping_for(job: Job, choice: SheetChoice) -> FlowMapping:
    """Return the mapping of the workbook that a job's sheet stands in; none where it needs none.

    Raises SheetError where the sheet can't be read.
    """
    return as_needed(job, mapping_in(choice)) if needs_mapping(job) else FlowMapping()


def needs_mapping(job: Job) -> bool:
    """Tell whether a job's sheet has flows or, as a part of a workbook, names phone numbers."""
    return _holds_flows(job) or (bool(job.prefix) and names_numbers(job))


def _holds_flows(job: Job) -> bool:
    return any(column.kind == "flow" for column in job.columns)


def as_needed(job: Job, mapping: FlowMapping) -> FlowMapping:
    """Return what a job's sheet needs of its workbook's mapping."""
    if not needs_mapping(job):
        return FlowMapping()
    # what is wrong with it is said once, by the sheets of flows where there are any
    return mapping if _holds_flows(job) else replace(mapping, problems=())


def mapping_in(choice: SheetChoice) -> FlowMapping:
    """Return the mapping that a workbook holds. Raises SheetError where it can't be read."""
    if choice.path is None or choice.frame is not None or not choice.path.is_file():
        return FlowMapping()  # standard input, or what is in memory: no workbook
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


def kept_rows(orders: Iterable[Order]) -> list[list[str]]:
    """Return what a run keeps of its mapping, so that a sheet of its failed rows needs none."""
    rows = next((order.mapping.rows for order in orders if order.mapping.rows), ())
    return [[row.kind, row.source, row.name, row.target, row.flow] for row in rows]


def mapped_as(orders: Iterable[Order], kept: Iterable[Sequence[str]]) -> tuple[Order, ...]:
    """Return orders that say nothing of a mapping with the one that a run has kept."""
    mapping = FlowMapping.of(MappingRow(*row[:5]) for row in kept)  # type: ignore[arg-type]  # texts
    return tuple(each if each.mapping.rows else replace(each, mapping=mapping) for each in orders)
