"""`bulkops template`: an empty sheet to fill in."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import OutputFlags, TargetFlags
from bulkops.cli.flag_values import Output
from bulkops.cli.output import print_json, say
from bulkops.cli.output_file import refuse_to_replace
from bulkops.targets.request import PaceChoice


def template(
    *,
    job: f.JobName,
    target: TargetFlags,
    out: OutputFlags,
    path: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write, .xlsx or .csv.")
    ] = None,
    force: f.ForceFlag = False,
) -> None:
    """Write an empty sheet for a job, named after it unless `path` says otherwise."""
    import anyio

    from bulkops.cli.plan_output import print_target
    from bulkops.definition.catalogue import load
    from bulkops.engine.ports import real_world
    from bulkops.transfer.template import template as write_template

    with documented_exits(out.output):
        there = target.choice(out.runs_dir) if target.given else None
        written = path or Path(f"{load(job).job.name}.xlsx")
        refuse_to_replace(written, force=force)
        targets = anyio.run(
            partial(
                write_template, job, written, target=there, pace=PaceChoice(), world=real_world()
            )
        )
        if out.output is Output.JSON:
            print_json({"file": str(written), "targets": [asdict(each) for each in targets]})
            return
        for each in targets:
            print_target(each, simulated=target.simulate)
        say(f"Written  {written}")
        say(f"Next     fill it in, then bulkops check {job} {written}")
