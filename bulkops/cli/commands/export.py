"""`bulkops export`: what an instance holds, as a sheet of a job or as a whole workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import single_job
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import count, print_json, say, say_beside, texts_on_stderr
from bulkops.cli.output_file import refuse_to_replace
from bulkops.errors import SheetError
from bulkops.targets.request import PaceChoice, TargetChoice

if TYPE_CHECKING:
    from bulkops.engine.ports import Listener
    from bulkops.planning.target import Target
    from bulkops.transfer.centre_export import ExportedCentre
    from bulkops.transfer.export import Exported


def export(
    *,
    job: f.OptionalJob = None,
    path: Annotated[Path, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")],
    target: TargetFlags,
    pace: PaceFlags,
    out: OutputFlags,
    only: f.OnlySheets = None,
    full: Annotated[
        bool | None,
        typer.Option(
            "--full/--no-full",
            help="Read what only Describe calls tell, one a thing; of a workbook unless --no-full.",
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(help='Only rows where this holds: "status=DISABLED", != or ~ for contains.'),
    ] = None,
    force: f.ForceFlag = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Write what the instance holds as a job's own sheet; without JOB, all of it as a workbook."""
    from bulkops.cli.reading_output import reading_shown

    job = single_job(job)
    with documented_exits(out.output):
        there, paced = target.choice(out.runs_dir), pace.choice()
        _refuse_what_does_not_fit(job, only, where)
        refuse_to_replace(path, force=force)
        said_beside = progress is Progress.NDJSON and out.output is not Output.JSON
        if job is None:
            with reading_shown(progress, out.output) as listener:
                is_full = full is not False
                centre = _centre(
                    path, there, paced, listener, only=only or (), full=is_full, force=force
                )
            with texts_on_stderr(said_beside):
                _tell_centre(centre, out.output, simulated=target.simulate)
            return
        with reading_shown(progress, out.output) as listener:
            asked = partial(_sheet, job, path, there, paced, listener, where=where or ())
            done = asked(full=bool(full), force=force)
        with texts_on_stderr(said_beside):
            _tell_sheet(job, done, out.output, simulated=target.simulate)


def _refuse_what_does_not_fit(
    job: str | None, only: list[str] | None, where: list[str] | None
) -> None:
    if job is None and where:
        raise typer.BadParameter("it is of the rows of one JOB: name one", param_hint="--where")
    if job is not None and only:
        raise typer.BadParameter(
            "it chooses sheets of a workbook: leave JOB out", param_hint="--only"
        )


def _sheet(
    job: str,
    path: Path,
    target: TargetChoice,
    pace: PaceChoice,
    listener: Listener,
    *,
    where: Sequence[str],
    full: bool,
    force: bool,
) -> Exported:
    import anyio

    from bulkops.engine.ports import real_world
    from bulkops.transfer.export import export as write_export

    exported = partial(write_export, job, path, target=target, pace=pace, full=full, force=force)
    return anyio.run(partial(exported, where=where, world=real_world(), listener=listener))


def _centre(
    path: Path,
    target: TargetChoice,
    pace: PaceChoice,
    listener: Listener,
    *,
    only: Sequence[str],
    full: bool,
    force: bool,
) -> ExportedCentre:
    import anyio

    from bulkops.engine.ports import real_world
    from bulkops.transfer.centre_export import export_centre

    exported = partial(export_centre, path, target=target, pace=pace, full=full, force=force)
    with _said_what_is_kept(path):
        return anyio.run(partial(exported, only=only, world=real_world(), listener=listener))


@contextmanager
def _said_what_is_kept(path: Path) -> Iterator[None]:
    """Say, where the reading is cut off, that it can be gone on with."""
    from bulkops.transfer.partial_export import partial_folder

    try:
        yield
    except BaseException as error:
        folder = partial_folder(path)
        if folder.is_dir() and not isinstance(error, SheetError):  # it may be another process's
            said = "give the same command again within a day, and it goes on from there"
            say_beside(f"Kept     what was read is in {folder}: {said}")
        raise


def _tell_sheet(job: str, done: Exported, output: Output, *, simulated: bool) -> None:
    if output is Output.JSON:
        print_json({**asdict(done), "path": str(done.path)})
        return
    _print_target_and_notes(done.targets, done.notes, simulated=simulated)
    say(f"Written  {done.path}: {count(done.rows, 'row')}, {count(done.calls, 'call')}")
    flags = f"{_to_update(job)}{' --simulate' if simulated else ''}"
    say(f"Next     edit it, then bulkops plan {job} {done.path}{flags}")


def _tell_centre(done: ExportedCentre, output: Output, *, simulated: bool) -> None:
    if output is Output.JSON:
        print_json({**asdict(done), "path": str(done.path)})
        return
    _print_target_and_notes((done.target,), done.notes, simulated=simulated)
    rows, calls = sum(done.rows.values()), sum(done.calls.values())
    say(f"Sheets   {', '.join(f'{name} {each:,}' for name, each in done.rows.items())}")
    if done.calls:
        say(f"Calls    {', '.join(f'{name} {each:,}' for name, each in done.calls.items())}")
    if done.left_out:
        said = f"{count(done.left_out, 'thing')} or parts of things: see the sheet"
        say(f'Left out {said} "{done.left_out_sheet}"')
    sheets = count(len(done.rows), "sheet")
    say(f"Written  {done.path}: {count(rows, 'row')} on {sheets}, {count(calls, 'call')}")
    simulate = " --simulate" if simulated else ""
    say(f"Next     edit it, then bulkops plan {done.path}{simulate}")


def _print_target_and_notes(
    targets: tuple[Target, ...], notes: tuple[str, ...], *, simulated: bool
) -> None:
    from bulkops.cli.plan_output import print_target

    for each in targets:
        print_target(each, simulated=simulated)
    for note in notes:
        say(f"Note     {note}")


def _to_update(job: str) -> str:
    """Return the flag without which a job would take what is there for a conflict."""
    from bulkops.definition.catalogue import load
    from bulkops.definition.verbs import verb

    creates = (step for step in load(job).job.steps if verb(step.operation) == "create")
    return " --on-exists update" if any(step.otherwise for step in creates) else ""
