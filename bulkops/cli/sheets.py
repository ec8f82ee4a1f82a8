"""`template` and `export`: sheets to fill in, and sheets of what is there."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path

import anyio
import typer

from bulkops.cli import options as o
from bulkops.cli.plans import print_target
from bulkops.cli.printing import count, print_json, say
from bulkops.cli.worlds import real_world
from bulkops.definition.catalogue import load
from bulkops.definition.job import verb
from bulkops.targets.request import PaceChoice, TargetChoice


def template(
    job: str, path: Path | None, target: TargetChoice | None, output: o.Output, *, force: bool
) -> None:
    """Write an empty sheet for a job, named after it unless `path` says otherwise."""
    from bulkops.transfer.template import template as make_template  # noqa: PLC0415  # heavy

    written = path or Path(f"{load(job).job.name}.xlsx")
    _refuse_to_replace(written, force=force)
    targets = anyio.run(
        partial(make_template, job, written, target=target, pace=PaceChoice(), world=real_world())
    )
    if output is o.Output.JSON:
        print_json({"file": str(written), "targets": [asdict(each) for each in targets]})
        return
    for each in targets:
        print_target(each, simulated=target is not None and target.simulate is not None)
    say(f"Written  {written}")
    say(f"Next     fill it in, then bulkops check {job} {written}")


def export(
    job: str,
    path: Path,
    target: TargetChoice,
    pace: PaceChoice,
    output: o.Output,
    *,
    full: bool,
    force: bool,
) -> None:
    """Write what the instance holds as a job's own sheet."""
    from bulkops.transfer.export import export as write_export  # noqa: PLC0415  # heavy

    _refuse_to_replace(path, force=force)
    done = anyio.run(
        partial(write_export, job, path, target=target, pace=pace, world=real_world(), full=full)
    )
    if output is o.Output.JSON:
        print_json({**asdict(done), "path": str(done.path)})
        return
    simulated = target.simulate is not None
    for each in done.targets:
        print_target(each, simulated=simulated)
    for note in done.notes:
        say(f"Note     {note}")
    say(f"Written  {path}: {count(done.rows, 'row')}, {count(done.calls, 'call')}")
    flags = f"{_to_update(job)}{' --simulate' if simulated else ''}"
    say(f"Next     edit it, then bulkops plan {job} {path}{flags}")


def _to_update(job: str) -> str:
    """Return the flag without which a job would take what is there for a conflict."""
    creates = (step for step in load(job).job.steps if verb(step.operation) == "create")
    return " --on-exists update" if any(step.otherwise for step in creates) else ""


def _refuse_to_replace(path: Path, *, force: bool) -> None:
    """Refuse to write over a sheet in which somebody may have worked for hours."""
    if path.exists() and not force:
        raise typer.BadParameter(
            f"{path} is there already: name another file, or add --force to replace it",
            param_hint="-o",
        )
