"""What is fixed of a run when it begins, or when its plan is saved."""

from __future__ import annotations

from typing import Any

from bulkops import __version__
from bulkops.definition.defined_columns import as_kept
from bulkops.engine.ports import World
from bulkops.ledger.records import RunRecord
from bulkops.planning.rows.headers import HeaderMap
from bulkops.planning.rows.typed_rows import Order
from bulkops.runs.inputs.file_digests import digests
from bulkops.runs.inputs.flow_mappings import kept_rows
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.runs.ledger_notes import Meta
from bulkops.sheets.input.sheet_table import SheetTable
from bulkops.targets.request import Request, remembered


def record_of(
    request: Request, inputs: Inputs, world: World, *, name: str = "", call_tags: bool = True
) -> RunRecord:
    """Return a run's record without its id, which its folder gives. `name` is what it is called."""
    meta: dict[str, Any] = {
        Meta.REQUEST: remembered(request),
        Meta.MAPPING: {} if inputs.is_workbook else _mapping(inputs.table, inputs.headers),
        Meta.CALL_TAGS: call_tags,
    }
    if inputs.is_workbook:
        meta[Meta.SHEETS] = [
            _sheet(*each) for each in zip(inputs.tables, inputs.orders, strict=True)
        ]
    if inputs.loaded.definitions is not None:
        meta[Meta.DEFINED] = as_kept(inputs.loaded.definitions)
    files = {
        cell: digest for order in inputs.orders for cell, digest in digests(order.files).items()
    }
    if files:
        meta[Meta.FILES] = files
    mapped = kept_rows(inputs.orders)
    if mapped:
        meta[Meta.FLOW_MAPPING] = mapped
    if name:
        meta[Meta.NAME] = name
    return RunRecord(
        id="",
        job=inputs.job.name,
        job_sha256=inputs.loaded.sha256,
        sheet=inputs.file,
        sheet_sha256=inputs.sha256,
        headers=() if inputs.is_workbook else tuple(inputs.table.headers),
        version=__version__,
        created_at=world.stamp(),
        meta=meta,
    )


def _sheet(table: SheetTable, order: Order) -> dict[str, Any]:
    """Return what is to be known of a sheet of a workbook, of the rows that one job is for."""
    return {
        "place": table.place,
        "name": table.sheet,
        "job": order.job.name,
        "headers": list(table.headers),
        "mapping": _mapping(table, order.headers),
    }


def _mapping(table: SheetTable, match: HeaderMap) -> dict[str, str]:
    """Return header → column, as the sheet was understood."""
    headers = table.headers
    return {
        headers[index]: column for column, indexes in match.columns.items() for index in indexes
    }
