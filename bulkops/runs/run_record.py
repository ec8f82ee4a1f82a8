"""What is fixed of a run when it begins, or when its plan is saved."""

from __future__ import annotations

from typing import Any

from bulkops import __version__
from bulkops.definition.defined_columns import as_kept
from bulkops.engine.ports import World
from bulkops.ledger.records import RunRecord
from bulkops.runs.file_digests import digests
from bulkops.runs.inputs import Inputs
from bulkops.runs.ledger_notes import Meta
from bulkops.targets.request import Request, remembered


def record_of(
    request: Request, inputs: Inputs, world: World, *, name: str = "", call_tags: bool = True
) -> RunRecord:
    """Return a run's record without its id, which its folder gives. `name` is what it is called."""
    meta: dict[str, Any] = {
        Meta.REQUEST: remembered(request),
        Meta.MAPPING: _mapping(inputs),
        Meta.CALL_TAGS: call_tags,
    }
    if inputs.loaded.definitions is not None:
        meta[Meta.DEFINED] = as_kept(inputs.loaded.definitions)
    files = digests(inputs.order.files)
    if files:
        meta[Meta.FILES] = files
    if name:
        meta[Meta.NAME] = name
    return RunRecord(
        id="",
        job=inputs.job.name,
        job_sha256=inputs.loaded.sha256,
        sheet=inputs.table.file,
        sheet_sha256=inputs.table.sha256,
        headers=tuple(inputs.table.headers),
        version=__version__,
        created_at=world.stamp(),
        meta=meta,
    )


def _mapping(inputs: Inputs) -> dict[str, str]:
    """Return header → column, as the sheet was understood."""
    headers = inputs.table.headers
    return {
        headers[index]: column
        for column, indexes in inputs.headers.columns.items()
        for index in indexes
    }
