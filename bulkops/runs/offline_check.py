"""Checking a sheet without a network: what a check found, and all that the sheet alone tells."""

from __future__ import annotations

from dataclasses import dataclass

from bulkops.planning.target import Target
from bulkops.problems import Problem
from bulkops.runs.inputs.job_inputs import read_inputs
from bulkops.runs.inputs.sheet_inputs import checked
from bulkops.targets.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSheet:
    """What a check found, in the order of the sheet. Without `targets`, it was made offline.

    `looked_up` tells whether the names were looked up: they can't be while the headers, or the
    targets that rows name, are wrong.
    """

    rows: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    looked_up: bool = False


def check_offline(request: Request) -> CheckedSheet:
    """Find every problem that needs no network. Raises JobError and SheetError."""
    inputs = read_inputs(request.job, request.sheet, request.on_exists)
    found = checked(inputs)
    return CheckedSheet(rows=found.rows, problems=found.problems, notes=inputs.notes)
