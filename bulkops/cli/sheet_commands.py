"""Commands about sheets: their templates, exports, checks and plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bulkops.cli import asking
from bulkops.cli import flags as f
from bulkops.cli import options as o
from bulkops.cli.exits import documented_exits


def template(
    *,
    job: o.JobName,
    target: f.TargetFlags,
    out: f.OutputFlags,
    path: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")
    ] = None,
    force: o.ForceFlag = False,
) -> None:
    """Write an empty sheet for a job; with a target, its live names as drop-downs."""
    from bulkops.cli import sheets  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        there = target.choice(out.runs_dir) if target.given else None
        sheets.template(job, path, there, out.output, force=force)


def export(
    *,
    job: o.JobName,
    path: Annotated[Path, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")],
    target: f.TargetFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
    full: Annotated[
        bool, typer.Option("--full", help="Read what only Describe calls tell, one a thing.")
    ] = False,
    force: o.ForceFlag = False,
) -> None:
    """Write what is there as a job's own sheet: edit it and run it back."""
    from bulkops.cli import sheets  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        there = target.choice(out.runs_dir)
        sheets.export(job, path, there, pace.choice(), out.output, full=full, force=force)


def check(
    *,
    job: o.JobName,
    sheet_path: o.SheetPath,
    target: f.TargetFlags,
    given: f.InputFlags,
    out: f.OutputFlags,
    on_exists: o.OnExistsFlag = o.OnExists.FAIL,
    annotate: Annotated[
        Path | None,
        typer.Option(metavar="FILE.xlsx", help="Mark the problems in a copy of the sheet."),
    ] = None,
) -> None:
    """Find every problem of a sheet, by cell: offline, or with a target its names as well."""
    from bulkops.cli import planning  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        asked = asking.asked(
            job,
            sheet_path,
            target=target,
            given=given,
            pace=f.PaceFlags(),
            out=out,
            on_exists=on_exists,
        )
        planning.check(asked, out.output, annotate, offline=not target.given)


def plan(
    *,
    job: o.JobName,
    sheet_path: o.SheetPath,
    target: f.TargetFlags,
    given: f.InputFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
    on_exists: o.OnExistsFlag = o.OnExists.FAIL,
    save: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Also write it: .csv or .xlsx to read, .bulkplan to run."),
    ] = None,
) -> None:
    """Read the instance and show what would change, how many calls, how long."""
    from bulkops.cli import planning  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        planning.plan(
            asking.asked(
                job, sheet_path, target=target, given=given, pace=pace, out=out, on_exists=on_exists
            ),
            out.output,
            save,
        )
