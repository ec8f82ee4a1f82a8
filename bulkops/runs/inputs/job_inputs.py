"""The inputs of whatever a person names: a job and its sheet, or a workbook of several jobs."""

from __future__ import annotations

from bulkops.definition.catalogue import LoadedJob, load
from bulkops.definition.workbook_job import NAME
from bulkops.planning.existing_things import OnExists
from bulkops.runs.inputs.sheet_inputs import Inputs, read_sheet
from bulkops.runs.inputs.workbook_inputs import read_workbook
from bulkops.targets.request import SheetChoice


def read_inputs(job: str, choice: SheetChoice, on_exists: OnExists = "fail") -> Inputs:
    """Load a job and read its sheets. Raises JobError, SheetError, TemplateError; sends nothing."""
    return (
        read_workbook(choice, on_exists)
        if job == NAME
        else read_again(load(job), choice, on_exists)
    )


def read_again(loaded: LoadedJob, choice: SheetChoice, on_exists: OnExists) -> Inputs:
    """Read what a run began with once more, for the job that it began with."""
    if loaded.job.name == NAME:
        return read_workbook(choice, on_exists)
    return read_sheet(loaded, choice, on_exists)
