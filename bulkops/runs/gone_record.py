"""How a run ends whose folder was deleted or moved under it, while what it did is still known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from shlex import quote

from bulkops.errors import Exit
from bulkops.ledger.interface import Ledger
from bulkops.ledger.loss import Loss
from bulkops.reports.run_facts import RunFacts

_MOST_RANGES = 20


async def ended_without(facts: RunFacts, ledger: Ledger, folder: Path, loss: Loss) -> RunFacts:
    """Return the facts of such an end: which rows were sent is told, for no report will."""
    sent = [row.number async for row in ledger.results() if row.attempts]
    then = (
        "The record is whole where it is now: go on with the run there."
        if loss.whole
        else "Nothing can go on with this run: plan the sheet anew, and the plan shows which rows "
        "are done."
    )
    return replace(
        facts,
        exit=int(Exit.STOPPED),
        reason=f"{folder} {loss.said} while the run went on: nothing more was sent, and what was in"
        f" flight is finished. Sent were {spans(sent)}. {then}",
        next_command=f"bulkops resume {quote(str(loss.folder))}" if loss.folder else "",
    )


def spans(numbers: Iterable[int]) -> str:
    """Return `rows 2-41, 44`, or `no rows`; of many, the first."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    if not found:
        return "no rows"
    said = [str(a) if a == b else f"{a}-{b}" for a, b in found[:_MOST_RANGES]]
    more = ", and others" if len(found) > _MOST_RANGES else ""
    return f"rows {', '.join(said)}{more}"
