"""`bulkops export`: what an instance holds, as a sheet."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_values import Output, Progress
from bulkops.cli.output import count, print_json, say, texts_on_stderr
from bulkops.cli.output_file import refuse_to_replace

if TYPE_CHECKING:
    from bulkops.transfer.export import Exported


def export(
    *,
    job: f.JobName,
    path: Annotated[Path, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")],
    target: TargetFlags,
    pace: PaceFlags,
    out: OutputFlags,
    full: Annotated[
        bool, typer.Option("--full", help="Read what only Describe calls tell, one a thing.")
    ] = False,
    where: Annotated[
        list[str] | None,
        typer.Option(help='Only rows where this holds: "status=DISABLED", != or ~ for contains.'),
    ] = None,
    force: f.ForceFlag = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Write what the instance holds as a job's own sheet."""
    import anyio

    from bulkops.cli.reading_output import reading_shown
    from bulkops.engine.ports import real_world
    from bulkops.transfer.export import export as write_export

    with documented_exits(out.output):
        there, paced = target.choice(out.runs_dir), pace.choice()
        refuse_to_replace(path, force=force)
        with reading_shown(progress, out.output) as listener:
            exported = partial(write_export, job, path, target=there, pace=paced, full=full)
            meant = partial(exported, where=tuple(where or ()))
            done = anyio.run(partial(meant, world=real_world(), listener=listener))
        if out.output is Output.JSON:
            print_json({**asdict(done), "path": str(done.path)})
        else:
            with texts_on_stderr(progress is Progress.NDJSON):
                _print_export(job, done, simulated=target.simulate)


def _print_export(job: str, done: Exported, *, simulated: bool) -> None:
    from bulkops.cli.plan_output import print_target

    for each in done.targets:
        print_target(each, simulated=simulated)
    for note in done.notes:
        say(f"Note     {note}")
    say(f"Written  {done.path}: {count(done.rows, 'row')}, {count(done.calls, 'call')}")
    flags = f"{_to_update(job)}{' --simulate' if simulated else ''}"
    say(f"Next     edit it, then bulkops plan {job} {done.path}{flags}")


def _to_update(job: str) -> str:
    """Return the flag without which a job would take what is there for a conflict."""
    from bulkops.definition.catalogue import load
    from bulkops.definition.verbs import verb

    creates = (step for step in load(job).job.steps if verb(step.operation) == "create")
    return " --on-exists update" if any(step.otherwise for step in creates) else ""
