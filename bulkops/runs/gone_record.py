"""How a run ends whose folder was deleted or moved under it, while what it did is still known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shlex import quote

from bulkops.errors import Exit
from bulkops.ledger.interface import Ledger
from bulkops.ledger.loss import Loss
from bulkops.reports.run_facts import RunFacts
from bulkops.sheets.name_lists import spans

_MOST_SPANS = 20


async def ended_without(facts: RunFacts, ledger: Ledger, folder: Path, loss: Loss) -> RunFacts:
    """Return the facts of such an end: which rows were sent is told, for no report will."""
    numbers = [row.number async for row in ledger.results() if row.attempts]
    by_sheet = (await ledger.run()).names.by_sheet(numbers)
    spanned = (f"{sheet} {spans(rows, most=_MOST_SPANS)}".lstrip() for sheet, rows in by_sheet)
    sent = f"rows {'; '.join(spanned)}" if numbers else "no rows"
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
        f" flight is finished. Sent were {sent}. {then}",
        next_command=f"bulkops resume {quote(str(loss.folder))}" if loss.folder else "",
    )
