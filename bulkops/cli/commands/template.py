"""`bulkops template`: an empty sheet to fill in, or a workbook of them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, TargetFlags
from bulkops.cli.flag_request import single_job
from bulkops.cli.flag_values import Output
from bulkops.cli.output import print_json, say
from bulkops.cli.output_file import refuse_to_replace
from bulkops.targets.request import PaceChoice

if TYPE_CHECKING:
    from bulkops.planning.target import Target

ONE_JOB = "it chooses sheets of a workbook: leave JOB out"


def template(
    *,
    job: f.OptionalJob = None,
    target: TargetFlags,
    out: OutputFlags,
    path: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")
    ] = None,
    only: f.OnlySheets = None,
    force: f.ForceFlag = False,
) -> None:
    """Write an empty sheet for a job, named after it unless -o says so; without JOB, a workbook."""
    import anyio

    from bulkops.cli.plan_output import print_target
    from bulkops.engine.ports import real_world

    job = single_job(job)
    with documented_exits(out.output):
        there = target.choice(out.runs_dir) if target.given else None
        if job is not None and only:
            raise typer.BadParameter(ONE_JOB, param_hint="--only")
        written = path or Path(_usual_name(job))
        refuse_to_replace(written, force=force)
        write = _writing(job, written, only or ())
        asked = partial(write, target=there, pace=PaceChoice(), world=real_world())
        targets = anyio.run(asked)
        if out.output is Output.JSON:
            print_json({"file": str(written), "targets": [asdict(each) for each in targets]})
            return
        for each in targets:
            print_target(each, simulated=target.simulate)
        say(f"Written  {written}")
        named = f"{job} " if job is not None else ""
        say(f"Next     fill it in, then bulkops check {named}{written}")


def _usual_name(job: str | None) -> str:
    """Return the name of a file where none was given."""
    from bulkops.definition.catalogue import load

    return "centre.xlsx" if job is None else f"{load(job).job.name}.xlsx"


def _writing(
    job: str | None, path: Path, only: Sequence[str]
) -> Callable[..., Coroutine[Any, Any, tuple[Target, ...]]]:
    """Return what writes the template that is meant."""
    if job is None:
        from bulkops.transfer.centre_template import centre_template

        return partial(centre_template, path, only=only)
    from bulkops.transfer.template import template as write_template

    return partial(write_template, job, path)
