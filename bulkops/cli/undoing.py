"""`retry` and `undo`: try the failed rows of a run again; take back what a run did."""

from __future__ import annotations

from functools import partial

import anyio

from bulkops.cli import asking
from bulkops.cli.printing import console
from bulkops.cli.progress import shown
from bulkops.cli.running import TerminalAsker, finish
from bulkops.cli.worlds import real_world
from bulkops.engine.ports import Broadcast
from bulkops.targets.request import Anew, ConductChoice, SheetChoice


def retry(
    run_name: str | None,
    anew: Anew,
    conduct: ConductChoice,
    *,
    sheet: SheetChoice | None,
    only: tuple[str, ...],
    yes: bool,
    shows: asking.Shows,
) -> None:
    """Try the failed rows again, corrected in a sheet or as they were; exit as the run ended."""
    from bulkops.runs.retry import retry as try_again  # noqa: PLC0415  # the engine is heavy

    asker = TerminalAsker(
        yes=yes or not conduct.limits.canary, simulated=False, output=shows.output
    )
    with shown(shows.progress) as listener:
        ending = anyio.run(
            partial(
                try_again,
                sheet=sheet,
                only=only,
                asker=asker,
                listener=Broadcast(say_notes, listener),
                world=real_world(),
            ),
            run_name,
            anew,
            conduct,
        )
    finish(ending, shows.output)


def say_notes(event: str, /, **facts: object) -> None:
    """Print what a person should know of rows that are passed over."""
    if event == "note":
        console(stderr=True).print(f"Note     {facts['text']}", markup=False)


def undo(
    run_name: str | None, anew: Anew, conduct: ConductChoice, *, yes: bool, shows: asking.Shows
) -> None:
    """Show what would take a run back, ask, carry it out, and exit as that ended."""
    from bulkops.runs.undo import undo as take_back  # noqa: PLC0415  # the engine is heavy

    simulated = anew.target.simulate is not None
    asker = TerminalAsker(yes=yes, simulated=simulated, output=shows.output)
    with shown(shows.progress) as listener:
        ending = anyio.run(
            partial(take_back, asker=asker, listener=listener, world=real_world()),
            run_name,
            anew,
            conduct,
        )
    finish(ending, shows.output)
