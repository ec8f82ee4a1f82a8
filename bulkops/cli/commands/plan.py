"""`bulkops plan`: what a run would do, shown and if wished saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import request_by
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import print_json, say, texts_on_stderr
from bulkops.errors import Exit


def plan(
    *,
    job: f.JobOrWorkbook,
    sheet_path: f.SheetPath = None,
    target: TargetFlags,
    given: InputFlags,
    pace: PaceFlags,
    out: OutputFlags,
    on_exists: f.OnExistsFlag = None,
    save: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Also write it: .csv or .xlsx to read, .bulkplan to run."),
    ] = None,
    detailed_exitcode: Annotated[
        bool,
        typer.Option("--detailed-exitcode", help="Exit 20 where something would change."),
    ] = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Print what a run would do, and with `save` write the whole of it."""
    import anyio

    from bulkops.cli.plan_output import plan_as_json, print_plan, print_target
    from bulkops.cli.reading_output import reading_shown
    from bulkops.engine.ports import real_world
    from bulkops.runs.plan import plan as make_plan
    from bulkops.runs.saved_plan import PLAN_SUFFIX

    with documented_exits(out.output):
        request = request_by(
            job, sheet_path, target=target, given=given, pace=pace, out=out, on_exists=on_exists
        )
        with reading_shown(progress, out.output) as listener:
            planned = partial(make_plan, request, world=real_world(), save=save, listener=listener)
            summary, targets = anyio.run(planned)
        if out.output is Output.JSON:
            print_json(plan_as_json(summary, targets))
        else:
            with texts_on_stderr(progress is Progress.NDJSON):
                for each in targets:
                    print_target(each, simulated=target.simulate)
                print_plan(summary)
                if save is not None:
                    _print_saved(save, can_run=save.suffix.casefold() == PLAN_SUFFIX)
        if detailed_exitcode and summary.totals.differing:
            raise typer.Exit(Exit.DIFFERS)


def _print_saved(path: Path, *, can_run: bool) -> None:
    say(f"Saved    {path}")
    if can_run:
        say(f"Next     bulkops run {path}")
