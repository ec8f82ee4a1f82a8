"""The commands: what each takes, and which module carries it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bulkops.cli import options as o
from bulkops.cli.failing import documented_exits
from bulkops.cli.grouping import grouped

app = typer.Typer(
    name="bulkops",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Make a function a command; its dataclass parameters become flags."""
    app.command(name=function.__name__)(grouped(function))
    return function


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # Typer calls it so
    if wanted:
        from bulkops import __version__  # noqa: PLC0415  # only here

        typer.echo(f"bulkops {__version__}")
        raise typer.Exit


@app.callback()
def bulkops(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Carry a spreadsheet of changes into Amazon Connect, as fast as the quota allows."""
    del version


@command
def jobs(
    *,
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="Show one job whole.")] = None,
    output: o.OutputFlag = o.Output.TEXT,
) -> None:
    """List what can be done in bulk, or show one job: columns, calls, time, permissions."""
    from bulkops.cli import catalogue  # noqa: PLC0415  # each command loads what it uses

    with documented_exits(output):
        catalogue.show(job, output)


@command
def check(
    *,
    job: o.JobName,
    sheet_path: o.SheetPath,
    target: o.TargetFlags,
    given: o.InputFlags,
    out: o.OutputFlags,
    on_exists: o.OnExistsFlag = o.OnExists.FAIL,
    annotate: Annotated[
        Path | None,
        typer.Option(metavar="FILE.xlsx", help="Mark the problems in a copy of the sheet."),
    ] = None,
) -> None:
    """Find every problem of a sheet, by cell: offline, or with a target its names as well."""
    from bulkops.cli import planning  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        asked = o.asked(
            job,
            sheet_path,
            target=target,
            given=given,
            pace=o.PaceFlags(),
            out=out,
            on_exists=on_exists,
        )
        planning.check(asked, out.output, annotate, offline=not target.given)


@command
def plan(
    *,
    job: o.JobName,
    sheet_path: o.SheetPath,
    target: o.TargetFlags,
    given: o.InputFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
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
            o.asked(
                job, sheet_path, target=target, given=given, pace=pace, out=out, on_exists=on_exists
            ),
            out.output,
            save,
        )


@command
def run(
    *,
    job: o.JobOrPlan,
    target: o.TargetFlags,
    given: o.InputFlags,
    conduct: o.ConductFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
    sheet_path: o.OptionalSheetPath = None,
    on_exists: o.OnExistsFlag = o.OnExists.FAIL,
    name: o.RunLabel = "",
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Plan, ask, carry out, report; of a saved plan, only if planning gives the same again."""
    from bulkops.cli import running  # noqa: PLC0415  # as above

    conducted, shows = conduct.choice(name=name), o.Shows(progress, out.output)
    with documented_exits(out.output):
        if sheet_path is None:
            saved = o.saved_plan(job, given, on_exists)
            anew = o.again(target, pace, out)
            running.run_saved(saved, anew, conducted, yes=conduct.yes, shows=shows)
            return
        asked = o.asked(
            job, sheet_path, target=target, given=given, pace=pace, out=out, on_exists=on_exists
        )
        running.run(asked, conducted, yes=conduct.yes, shows=shows)


@command
def resume(
    *,
    target: o.TargetFlags,
    conduct: o.ConductFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
    run_name: o.RunName = None,
    accept_changed: o.AcceptChanged = False,
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Go on with what an interrupted run left; by default with the last run."""
    from bulkops.cli import running  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        running.resume(
            run_name,
            o.again(target, pace, out),
            conduct.choice(accept_changed=accept_changed),
            yes=conduct.yes,
            shows=o.Shows(progress, out.output),
        )


@command
def report(
    *,
    out: o.OutputFlags,
    run_name: o.RunName = None,
    open_: Annotated[bool, typer.Option("--open", help="Open report.html.")] = False,
) -> None:
    """Write a run's reports again."""
    from bulkops.cli import history  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        history.report(run_name, out, show=open_)


@command
def runs(
    *,
    out: o.OutputFlags,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[RUN...] | rm RUN...", help="Runs to show.")
    ] = None,
) -> None:
    """List runs; show some; or remove some with `runs rm RUN`."""
    from bulkops.cli import history  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        history.runs(names or [], out)


@command
def simulator(
    *,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for a free one.")] = 8377,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    wishes: o.SimulatorFlags,
) -> None:
    """Serve a simulated Amazon Connect over HTTP, for any AWS client."""
    from bulkops.cli import simulating  # noqa: PLC0415  # as above

    with documented_exits():
        simulating.serve(host, port, wishes)


@command
def template(
    *,
    job: o.JobName,
    target: o.TargetFlags,
    out: o.OutputFlags,
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


@command
def export(
    *,
    job: o.JobName,
    path: Annotated[Path, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")],
    target: o.TargetFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
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


@command
def quotas(
    *,
    job: o.OptionalJob = None,
    target: o.TargetFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
) -> None:
    """Show how fast each operation may be called, and who says so."""
    from bulkops.cli import quotas as showing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        there = target.choice(out.runs_dir) if target.given else None
        showing.quotas(job, there, pace.choice(), out.output)


@command
def policy(
    *,
    jobs: Annotated[list[str], typer.Argument(metavar="JOB", help="The jobs to permit.")],
    target: o.TargetFlags,
    out: o.OutputFlags,
    without_undo: Annotated[
        bool, typer.Option("--without-undo", help="Leave out what only undo needs.")
    ] = False,
) -> None:
    """Print the least IAM policy that jobs need, as JSON, for the target's ARNs."""
    from bulkops.cli import policy as printing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        printing.policy(jobs, target.choice(out.runs_dir), undo=not without_undo)


@command
def doctor(
    *,
    job: o.OptionalJob = None,
    target: o.TargetFlags,
    out: o.OutputFlags,
) -> None:
    """Look for what would stop a run: credentials, instance, permissions, quotas, clock."""
    from bulkops.cli import doctor as examining  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        examining.doctor(job, target.choice(out.runs_dir), out.runs_dir, out.output)


@command
def retry(
    *,
    target: o.TargetFlags,
    conduct: o.ConductFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
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
            o.again(target, pace, out),
            conduct.choice(accept_changed=accept_changed),
            sheet=o.InputFlags().choice(sheet_path) if sheet_path else None,
            only=tuple(only or ()),
            yes=conduct.yes,
            shows=o.Shows(progress, out.output),
        )


@command
def undo(
    *,
    target: o.TargetFlags,
    conduct: o.ConductFlags,
    pace: o.PaceFlags,
    out: o.OutputFlags,
    run_name: o.RunName = None,
    accept_changed: o.AcceptChanged = False,
    progress: o.ProgressFlag = o.Progress.AUTO,
) -> None:
    """Put back what a run did, where it is still so; the undo is a run of its own."""
    from bulkops.cli import undoing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        undoing.undo(
            run_name,
            o.again(target, pace, out),
            conduct.choice(accept_changed=accept_changed),
            yes=conduct.yes,
            shows=o.Shows(progress, out.output),
        )
