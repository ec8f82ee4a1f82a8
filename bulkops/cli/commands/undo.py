"""`bulkops undo`: what a run did, put back by a run of its own."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import ConductFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import anew_by
from bulkops.cli.flag_values import Progress
from bulkops.cli.note_output import say_notes


def undo(
    *,
    target: TargetFlags,
    conduct: ConductFlags,
    pace: PaceFlags,
    out: OutputFlags,
    run_name: Annotated[
        str | None,
        typer.Argument(
            metavar="[RUN]",
            help="A run's id or a unique prefix of it; else the last that is not undone.",
        ),
    ] = None,
    accept_changed: f.AcceptChanged = False,
    no_call_tags: f.NoCallTags = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Show what would take a run back, ask, carry it out, and exit as that ended."""
    import anyio

    from bulkops.cli.progress import shown
    from bulkops.cli.questions import TerminalAsker
    from bulkops.cli.run_output import finish
    from bulkops.engine.ports import Broadcast, real_world
    from bulkops.runs.undo import undo as take_back

    with documented_exits(out.output):
        anew = anew_by(target, pace, out)
        conducted = conduct.choice(accept_changed=accept_changed, call_tags=not no_call_tags)
        asker = TerminalAsker(
            "undo",
            yes=conduct.yes,
            simulated=target.simulate,
            output=out.output,
            # Where nothing is to be done, nobody is asked.
            surely=bool(conduct.canary),
        )
        with shown(progress, out.output) as listener:
            carry = partial(
                take_back, asker=asker, listener=Broadcast(say_notes, listener), world=real_world()
            )
            ending = anyio.run(carry, run_name, anew, conducted)
        finish(ending, out.output, progress)
