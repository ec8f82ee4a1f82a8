"""What the flags of one command ask for, all together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from bulkops.cli.flags import InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.options import PLAN_SUFFIX, OnExists, Output, Progress
from bulkops.targets.request import Anew, Request


@dataclass(frozen=True, slots=True)
class Shows:
    """How a run is shown while it goes on, and for whom its end is printed."""

    progress: Progress
    output: Output


def asked(
    job: str,
    sheet_path: str,
    *,
    target: TargetFlags,
    given: InputFlags,
    pace: PaceFlags,
    out: OutputFlags,
    on_exists: OnExists,
) -> Request:
    """Return the request that the flags make."""
    return Request(
        job=job,
        sheet=given.choice(sheet_path),
        target=target.choice(out.runs_dir),
        pace=pace.choice(),
        on_exists=on_exists.value,
        runs_dir=out.runs_dir,
    )


def saved_plan(job: str, given: InputFlags, on_exists: OnExists) -> Path:
    """Return the saved plan that stands in place of job and sheet, which say all of it."""
    if Path(job).suffix.casefold() != PLAN_SUFFIX:
        raise typer.BadParameter("name the sheet to run the job on", param_hint="SHEET")
    if given.given or on_exists is not OnExists.FAIL:
        raise typer.BadParameter(
            "the plan says which rows are meant, and how: plan anew to change that",
            param_hint="JOB",
        )
    return Path(job)


def again(target: TargetFlags, pace: PaceFlags, out: OutputFlags) -> Anew:
    """Return what is given anew for a run that began earlier."""
    return Anew(target=target.choice(out.runs_dir), pace=pace.choice(), runs_dir=out.runs_dir)
