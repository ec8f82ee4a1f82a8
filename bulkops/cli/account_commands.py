"""Commands about what can be done and what it needs: jobs, permissions, quotas, a place to try."""

from __future__ import annotations

from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli import options as o
from bulkops.cli.exits import documented_exits


def jobs(
    *,
    job: Annotated[str | None, typer.Argument(metavar="[JOB]", help="Show one job whole.")] = None,
    output: o.OutputFlag = o.Output.TEXT,
) -> None:
    """List what can be done in bulk, or show one job: columns, calls, time, permissions."""
    from bulkops.cli import catalogue  # noqa: PLC0415  # each command loads what it uses

    with documented_exits(output):
        catalogue.show(job, output)


def policy(
    *,
    jobs: Annotated[list[str], typer.Argument(metavar="JOB", help="The jobs to permit.")],
    target: f.TargetFlags,
    out: f.OutputFlags,
    without_undo: Annotated[
        bool, typer.Option("--without-undo", help="Leave out what only undo needs.")
    ] = False,
) -> None:
    """Print the least IAM policy that jobs need, as JSON, for the target's ARNs."""
    from bulkops.cli import policy as printing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        printing.policy(jobs, target.choice(out.runs_dir), undo=not without_undo)


def quotas(
    *,
    job: o.OptionalJob = None,
    target: f.TargetFlags,
    pace: f.PaceFlags,
    out: f.OutputFlags,
) -> None:
    """Show how fast each operation may be called, and who says so."""
    from bulkops.cli import quotas as showing  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        there = target.choice(out.runs_dir) if target.given else None
        showing.quotas(job, there, pace.choice(), out.output)


def doctor(
    *,
    job: o.OptionalJob = None,
    target: f.TargetFlags,
    out: f.OutputFlags,
) -> None:
    """Look for what would stop a run: credentials, instance, permissions, quotas, clock."""
    from bulkops.cli import doctor as examining  # noqa: PLC0415  # as above

    with documented_exits(out.output):
        examining.doctor(job, target.choice(out.runs_dir), out.runs_dir, out.output)


def simulator(
    *,
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for a free one.")] = 8377,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    wishes: f.SimulatorFlags,
) -> None:
    """Serve a simulated Amazon Connect over HTTP, for any AWS client."""
    from bulkops.cli import simulating  # noqa: PLC0415  # as above

    with documented_exits():
        simulating.serve(host, port, wishes)
