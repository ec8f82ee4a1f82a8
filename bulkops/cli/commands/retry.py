"""`bulkops retry`: the failed rows of a run, tried again."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import ConductFlags, InputFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import anew_by
from bulkops.cli.flag_values import Progress
from bulkops.cli.note_output import say_notes


def retry(
    *,
    target: TargetFlags,
    conduct: ConductFlags,
    pace: PaceFlags,
    out: OutputFlags,
    run_name: f.RunName = None,
    sheet_path: Annotated[
        str | None,
        typer.Option("--from", metavar="SHEET", help="The failed rows, corrected: failed.xlsx."),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only rows that ended with this error code."),
    ] = None,
    accept_changed: f.AcceptChanged = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Show which failed rows are tried again, ask, and exit as the run ended."""
    import anyio

    from bulkops.cli.progress import shown
    from bulkops.cli.questions import TerminalAsker
    from bulkops.cli.run_output import finish
    from bulkops.engine.ports import Broadcast, real_world
    from bulkops.runs.retry import retry as try_again

    with documented_exits(out.output):
        anew, conducted = anew_by(target, pace, out), conduct.choice(accept_changed=accept_changed)
        asker = TerminalAsker(
            "retry",
            yes=conduct.yes,
            simulated=False,
            output=out.output,
            # Where nothing is to be done, nobody is asked.
            surely=bool(conduct.canary),
        )
        with shown(progress, out.output) as listener:
            carry = partial(
                try_again,
                sheet=InputFlags().choice(sheet_path) if sheet_path else None,
                only=tuple(only or ()),
                asker=asker,
                listener=Broadcast(say_notes, listener),
                world=real_world(),
            )
            ending = anyio.run(carry, run_name, anew, conducted)
        finish(ending, out.output, progress)
