"""`bulkops check`: every problem of a sheet, before anything is planned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import request_by
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import count, print_json, say, texts_on_stderr
from bulkops.cli.problem_output import as_json, print_problems
from bulkops.errors import Exit
from bulkops.problems import Severity
from bulkops.targets.request import Request

if TYPE_CHECKING:
    from bulkops.runs.offline_check import CheckedSheet


def check(
    *,
    job: f.JobOrWorkbook,
    sheet_path: f.SheetPath = None,
    target: TargetFlags,
    given: InputFlags,
    out: OutputFlags,
    on_exists: f.OnExistsFlag = None,
    annotate: Annotated[
        Path | None,
        typer.Option(metavar="FILE.xlsx", help="Mark the problems in a copy of the sheet."),
    ] = None,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Print every problem, those of names only with a target; exit 3 where one bars a run."""
    with documented_exits(out.output):
        request = request_by(
            job,
            sheet_path,
            target=target,
            given=given,
            pace=PaceFlags(),
            out=out,
            on_exists=on_exists,
        )
        found = _found(request, progress, out.output, offline=not target.given)
        notes = [*found.notes]
        if annotate is not None:
            from bulkops.transfer.annotate import annotate_sheet

            notes += annotate_sheet(request, found.problems, annotate)
        if out.output is Output.JSON:
            problems = [as_json(each) for each in found.problems]
            print_json({"rows": found.rows, "notes": notes, "problems": problems})
        else:
            with texts_on_stderr(progress is Progress.NDJSON):
                _print_notes(found, notes, simulated=target.simulate)
                _print_findings(found, annotate)
        if _bars_a_run(found):
            raise typer.Exit(Exit.PROBLEMS)


def _found(request: Request, progress: Progress, output: Output, *, offline: bool) -> CheckedSheet:
    if offline:
        from bulkops.runs.offline_check import check_offline

        return check_offline(request)
    import anyio

    from bulkops.cli.reading_output import reading_shown
    from bulkops.engine.ports import real_world
    from bulkops.runs.instance_check import check_there

    with reading_shown(progress, output) as listener:
        return anyio.run(partial(check_there, request, world=real_world(), listener=listener))


def _bars_a_run(found: CheckedSheet) -> bool:
    return any(each.severity is Severity.ERROR for each in found.problems)


def _print_notes(found: CheckedSheet, notes: Sequence[str], *, simulated: bool) -> None:
    if found.targets:
        from bulkops.cli.plan_output import print_target

        for each in found.targets:
            print_target(each, simulated=simulated)
    for note in notes:
        say(f"Note     {note}")


def _print_findings(found: CheckedSheet, annotate: Path | None) -> None:
    all_are = f"in {annotate}" if annotate else "with --output json or --annotate"
    print_problems(found.problems, Output.TEXT, all_are=all_are)
    if found.targets and not found.looked_up:
        say("Names are looked up once what is wrong with the sheet as a whole is mended.")
    if not _bars_a_run(found):
        known = "names included" if found.looked_up else "as far as can be known offline"
        say(f"{count(found.rows, 'row')}: nothing wrong, {known}.")
    if annotate is not None:
        say(f"Marked   {annotate}")
