"""The first rows of a run, carried out alone and shown before the rest is asked about."""

from __future__ import annotations

from collections.abc import Callable

from bulkops.engine.calls.conductor import Conductor
from bulkops.engine.ports import Listener
from bulkops.engine.signals import Control, Stop
from bulkops.errors import Exit, InterruptedQuestionError
from bulkops.ledger.interface import Ledger
from bulkops.ledger.states import RowStatus
from bulkops.visible_text import visible


async def carry_out_canary(
    conductor: Conductor,
    control: Control,
    ledger: Ledger,
    rows: int,
    *,
    tell: Listener,
    approve_rest: Callable[[str], bool],
) -> None:
    """Carry out the first rows that have something to send, and ask; a no stops the run."""
    await conductor.conduct(last_row=await _last_row(ledger, rows))
    tell("canary", rows=rows)
    if control.reason is not None:
        return
    try:
        if not approve_rest(await _said(ledger, rows)):
            control.stop(Stop.CANARY)
    except InterruptedQuestionError as error:  # what was done is reported as after any stop
        control.stop(Stop.TERMINATED if error.exit is Exit.TERMINATED else Stop.INTERRUPTED)


async def _last_row(ledger: Ledger, rows: int) -> int | None:
    """Return the number of the last canary row; None where the run has fewer."""
    left = rows
    async for row in ledger.results():
        left -= row.status is RowStatus.PENDING
        if left == 0:
            return row.number
    return None


async def _said(ledger: Ledger, rows: int) -> str:
    """Return the canary rows' outcomes, a line each."""
    lines, left = [], rows
    async for row in ledger.results():
        if row.attempts and left:
            left -= 1
            said = f" {row.error_code}: {row.error}" if row.error_code else ""
            lines.append(visible(f"row {row.number} {row.key}: {row.status.value}{said}"))
    return "\n".join(lines)
