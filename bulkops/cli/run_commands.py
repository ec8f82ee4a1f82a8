"""Commands about runs: begin one, go on with it, take it back, look at it."""

from __future__ import annotations

from typing import Annotated

import typer

from bulkops.cli import asking
from bulkops.cli import flags as f
from bulkops.cli import options as o
from bulkops.cli.exits import documented_exits


def run(
    *,
    job: o.JobOrPlan,
    target: f.TargetFlags,
    given: f.InputFlags,
    conduct: f.ConductFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
    sheet_path: o.OptionalSheetPath = None,
    on_exists: o.OnExistsFlag = o.OnExists.FAIL,
    name: o.RunLabel = "",
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Plan, ask, carry out, report; of a saved plan, only if planning gives the same again."""
    from bulkops.cli import running  # noqa: PLC0415  # as above

    conducted, shows = conduct.choice(name=name), asking.Shows(progress, out.output)
    with documented_exits(out.output):
        if sheet_path is None:
            saved = asking.saved_plan(job, given, on_exists)
            anew = asking.again(target, pace, out)
            running.run_saved(saved, anew, conducted, yes=conduct.yes, shows=shows)
            return
        asked = asking.asked(
            job, sheet_path, target=target, given=given, pace=pace, out=out, on_exists=on_exists
        )
        running.run(asked, conducted, yes=conduct.yes, shows=shows)


def resume(
    *,
    target: f.TargetFlags,
    conduct: f.ConductFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
    run_name: o.RunName = None,
    accept_changed: o.AcceptChanged = False,
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Go on with what an interrupted run left; by default with the last run."""
    from bulkops.cli import running  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        running.resume(
            run_name,
            asking.again(target, pace, out),
            conduct.choice(accept_changed=accept_changed),
            yes=conduct.yes,
            shows=asking.Shows(progress, out.output),
        )


def retry(
    *,
    target: f.TargetFlags,
    conduct: f.ConductFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
    run_name: o.RunName = None,
    sheet_path: Annotated[
        str | None,
        typer.Option("--from", metavar="SHEET", help="The failed rows, corrected: failed.xlsx."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only rows that ended with this error code."),
    ] = None,
    accept_changed: o.AcceptChanged = False,
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Try the failed rows again in the same run, corrected in a sheet or as they were."""
    from bulkops.cli import undoing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        undoing.retry(
            run_name,
            asking.again(target, pace, out),
            conduct.choice(accept_changed=accept_changed),
            sheet=f.InputFlags().choice(sheet_path) if sheet_path else None,
            only=tuple(only or ()),
            yes=conduct.yes,
            shows=asking.Shows(progress, out.output),
        )


def undo(
    *,
    target: f.TargetFlags,
    conduct: f.ConductFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
    run_name: o.RunName = None,
    accept_changed: o.AcceptChanged = False,
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Put back what a run did, where it is still so; the undo is a run of its own."""
    from bulkops.cli import undoing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        undoing.undo(
            run_name,
            asking.again(target, pace, out),
            conduct.choice(accept_changed=accept_changed),
            yes=conduct.yes,
            shows=asking.Shows(progress, out.output),
        )


def report(
    *,
    out: f.OutputFlags,
    run_name: o.RunName = None,
    open_: Annotated[bool, typer.Option("--open", help="Open report.html.")] = False,
) -> None:
    """Write a run's reports again."""
    from bulkops.cli import history  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        history.report(run_name, out, show=open_)


def runs(
    *,
    out: f.OutputFlags,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN...] | rm RUN...", help="Runs to show.")
    ] = None,
) -> None:
    """List runs; show some; or remove some with `runs rm RUN`."""
    from bulkops.cli import history  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        history.runs(names or [], out)
