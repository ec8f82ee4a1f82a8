"""`run` and `resume`: show the plan, ask, carry out, say how it ended."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import typer

from bulkops.cli import asking
from bulkops.cli import options as o
from bulkops.cli.plans import print_plan, print_target
from bulkops.cli.printing import console, count, duration, print_json, say
from bulkops.cli.progress import shown
from bulkops.cli.worlds import real_world
from bulkops.errors import Exit
from bulkops.ledger.states import RowStatus
from bulkops.planning.target import Target
from bulkops.runs.outcome import RunOutcome
from bulkops.runs.plan import Summary
from bulkops.targets.request import Anew, ConductChoice, Request

if TYPE_CHECKING:
    from bulkops.runs.run import Asker as AnyAsker
    from bulkops.runs.saved_plan import SavedPlan

STYLES = {
    RowStatus.SUCCEEDED: "green",
    RowStatus.UNCHANGED: "dim",
    RowStatus.SKIPPED: "dim",
    RowStatus.FAILED: "bold red",
    RowStatus.INVALID: "bold red",
    RowStatus.UNKNOWN: "bold yellow",
    RowStatus.PENDING: "yellow",
}


class TerminalAsker:
    """Shows a plan and asks; with `yes` it only shows. Refuses where there is no one to ask."""

    def __init__(self, *, yes: bool, simulated: bool, output: o.Output) -> None:
        self._yes = yes
        self._simulated = simulated
        self._output = output
        if not yes and not sys.stdin.isatty():
            raise typer.BadParameter("there is no terminal to ask on: add --yes", param_hint="run")

    def plan(self, summary: Summary, targets: Sequence[Target]) -> bool:
        """Show the plan and ask whether to carry it out."""
        if self._output is o.Output.TEXT:
            for target in targets:
                print_target(target, simulated=self._simulated)
            print_plan(summary)
        return self._yes or typer.confirm("Carry this out?", err=True)

    def canary(self, said: str) -> bool:
        """Show how the canary rows ended and ask whether to go on."""
        say(said)
        return self._yes or typer.confirm("Go on with the rest?", err=True)


def run_saved(
    path: Path, anew: Anew, conduct: ConductChoice, *, yes: bool, shows: asking.Shows
) -> None:
    """Carry out a saved plan as it was approved, and exit as the run ended."""
    from bulkops.runs.saved_plan import open_plan, require_unchanged  # noqa: PLC0415  # as below

    saved = anyio.run(open_plan, path, anew)
    require_unchanged(saved)
    run(saved.request, conduct, yes=yes, shows=shows, saved=saved)


def run(
    request: Request,
    conduct: ConductChoice,
    *,
    yes: bool,
    shows: asking.Shows,
    saved: SavedPlan | None = None,
) -> None:
    """Carry out a job on a sheet, by a saved plan where there is one; exit as the run ended."""
    from bulkops.runs.run import run as carry_out  # noqa: PLC0415  # the engine is heavy

    simulated = request.target.simulate is not None
    asker: AnyAsker = TerminalAsker(yes=yes, simulated=simulated, output=shows.output)
    if saved is not None:
        from bulkops.runs.saved_plan import Approved  # noqa: PLC0415  # as above

        asker = Approved(saved, asker)
    with shown(shows.progress) as listener:
        ending = anyio.run(
            partial(carry_out, asker=asker, listener=listener, world=real_world()),
            request,
            conduct,
        )
    finish(ending, shows.output)


def resume(
    run_name: str | None, anew: Anew, conduct: ConductChoice, *, yes: bool, shows: asking.Shows
) -> None:
    """Go on with an interrupted run and exit as it ended."""
    from bulkops.runs.resume import resume as go_on  # noqa: PLC0415  # the engine is heavy

    asker = TerminalAsker(
        yes=yes or not conduct.limits.canary, simulated=False, output=shows.output
    )
    with shown(shows.progress) as listener:
        ending = anyio.run(
            partial(go_on, asker=asker, listener=listener, world=real_world()),
            run_name,
            anew,
            conduct,
        )
    finish(ending, shows.output)


def finish(ending: RunOutcome | None, output: o.Output) -> None:
    """Say how a run ended, where its reports are and what to do next; exit with its code."""
    if ending is None:
        say("Nothing was sent.")
        raise typer.Exit(Exit.DONE)
    if output is o.Output.JSON:
        print_json(as_json(ending))
    else:
        print_ending(ending)
    raise typer.Exit(ending.exit)


def print_ending(ending: RunOutcome) -> None:
    """Print the totals, the time against the least, the files, and the line to go on with."""
    total = sum(ending.counts.values())
    parts = [
        f"[{STYLES[status]}]{number:,} {status.value}[/]"
        for status in RowStatus
        if (number := ending.counts.get(status, 0)) or status is RowStatus.SUCCEEDED
    ]
    console().print(f"\n{', '.join(parts)}, {total:,} total")
    facts = ending.facts
    throttled = f"{facts.throttles:,} throttled" if facts.throttles else "none throttled"
    say(
        f"Time     {duration(facts.seconds)} for {count(facts.calls, 'call')}, {throttled}; "
        f"at least {duration(facts.least_seconds)} by the quotas"
    )
    if facts.reason:
        console().print("[bold red]Stopped[/]  ", end="")
        say(facts.reason)
    say(f"Reports  {ending.folder}")
    say(f"         {'  '.join(file.name for file in ending.files)}")
    if facts.next_command:
        say(f"Next     {facts.next_command}")


def as_json(ending: RunOutcome) -> dict[str, object]:
    """Return how a run ended as one object for scripts."""
    facts = ending.facts
    return {
        "run": ending.run,
        "folder": str(ending.folder),
        "exit": int(ending.exit),
        "reason": facts.reason,
        "rows": {status.value: ending.counts.get(status, 0) for status in RowStatus},
        "seconds": round(facts.seconds, 3),
        "least_seconds": round(facts.least_seconds, 3),
        "calls": facts.calls,
        "throttles": facts.throttles,
        "files": [str(file) for file in ending.files],
        "next_command": facts.next_command,
    }
