"""`bulkops resume`: the rest of an interrupted run."""

from __future__ import annotations

from functools import partial

from bulkops.cli import flags as f
from bulkops.cli.error_output import documented_exits
from bulkops.cli.flag_groups import ConductFlags, OutputFlags, PaceFlags, TargetFlags
from bulkops.cli.flag_request import anew_by
from bulkops.cli.flag_values import Progress
from bulkops.cli.note_output import say_notes


def resume(
    *,
    target: TargetFlags,
    conduct: ConductFlags,
    pace: PaceFlags,
    out: OutputFlags,
    run_name: f.RunName = None,
    accept_changed: f.AcceptChanged = False,
    progress: f.ProgressFlag = Progress.AUTO,
) -> None:
    """Go on with an interrupted run and exit as it ended."""
    import anyio

    from bulkops.cli.progress import shown
    from bulkops.cli.questions import TerminalAsker
    from bulkops.cli.run_output import finish
    from bulkops.engine.ports import Broadcast, real_world
    from bulkops.runs.resume import resume as go_on

    with documented_exits(out.output):
        anew, conducted = anew_by(target, pace, out), conduct.choice(accept_changed=accept_changed)
        asker = TerminalAsker(
            "resume",
            yes=conduct.yes,
            simulated=False,
            output=out.output,
            # The plan was approved when the run began: mostly, only a canary is asked about.
            surely=bool(conduct.canary),
        )
        with shown(progress, out.output) as listener:
            carry = partial(
                go_on, asker=asker, listener=Broadcast(say_notes, listener), world=real_world()
            )
            ending = anyio.run(carry, run_name, anew, conducted)
        finish(ending, out.output, progress)
