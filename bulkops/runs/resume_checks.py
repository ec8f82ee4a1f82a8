"""Whether a run goes on with the job, the sheet and the instance that it began with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.definition.catalogue import LoadedJob, load_earlier, load_workbook
from bulkops.definition.defined_columns import load_defined
from bulkops.definition.workbook_job import NAME
from bulkops.errors import ChangedError, RefusedError, SheetError
from bulkops.ledger.records import RunRecord
from bulkops.planning.target import Target
from bulkops.runs.inputs.file_digests import said_files
from bulkops.runs.inputs.job_inputs import read_again
from bulkops.runs.inputs.sheet_inputs import Inputs
from bulkops.runs.ledger_notes import Meta
from bulkops.targets.request import Request

IDENTITY = ("account", "region", "instance_id")
"""What makes a target the same one; credentials and endpoint may change."""


def same_job(reference: str, record: RunRecord) -> LoadedJob:
    """Load a run's job again; ChangedError where it is not what it was."""
    loaded = loaded_for(reference, record)
    if loaded.sha256 != record.job_sha256:
        for earlier in load_earlier(reference):
            if earlier.sha256 == record.job_sha256:
                return earlier
        raise ChangedError(
            f"The job {record.job} is not the one that {record.id} began with (bulkops "
            f"{record.version}): finish the run with that one, or run the sheet anew."
        )
    return loaded


def loaded_for(reference: str, record: RunRecord) -> LoadedJob:
    """Load a job as it is now, with what a record keeps of what it is made of."""
    if reference == NAME:
        return load_workbook(each["job"] for each in record.meta[Meta.SHEETS])
    return load_defined(reference, record.meta.get(Meta.DEFINED))


def same_sheet(
    loaded: LoadedJob, request: Request, record: RunRecord, *, accept_changed: bool
) -> Inputs | None:
    """Read a run's sheet again; None where it is gone and no secret of it is needed."""
    secret = any(column.secret for column in loaded.job.columns)
    try:
        inputs = read_again(loaded, request.sheet, request.on_exists)
    except SheetError as error:
        if not secret:
            return None
        raise ChangedError(
            f"{record.id} needs the secret cells of {record.sheet} again: {error}"
        ) from error
    if accept_changed:
        return inputs
    if inputs.sha256 != record.sheet_sha256:
        raise ChangedError(
            f"{record.sheet} has changed since {record.id} began. Put the old one back, or "
            "add --accept-changed: rows then match by key, and what is done stays done."
        )
    other = inputs.changed_files(record.meta.get(Meta.FILES, {}))
    if other:
        raise ChangedError(
            f"{said_files(other)} has changed since {record.id} began. Put it back as it was, or "
            "add --accept-changed: rows that were not sent are planned anew."
        )
    return inputs


def target_identities(targets: Mapping[str, Target]) -> dict[str, dict[str, Any]]:
    """Return what must stay the same of each target."""
    return {
        name: {field: getattr(target, field) for field in IDENTITY}
        for name, target in targets.items()
    }


def same_targets(kept: Mapping[str, Mapping[str, Any]], targets: Mapping[str, Target]) -> None:
    """Refuse to go on with a run on another instance than the one that it began on."""
    for name, before in kept.items():
        now = target_identities(targets).get(name)
        if now != before:
            found = now["instance_id"] if now else "no such target"
            raise RefusedError(
                f"The run began on instance {before['instance_id']} of account "
                f"{before['account']}, {before['region']}; this is {found}."
            )
