"""The first rows of a run, carried out alone and shown before the rest is asked about."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

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
    only: Collection[int] | None = None,
    tell: Listener,
    approve_rest: Callable[[str], bool],
) -> None:
    """Carry out the first rows that have something to send, and ask; a no stops the run.

    `only` are the rows that are meant, where not all are. Where none of them has anything to send
    that was not sent before, nobody is asked.
    """
    first, needing = await _first(ledger, rows, only)
    if not first:
        return
    if needing:
        ledger.narrow(first)
        await conductor.conduct()
        ledger.narrow(only)
    else:
        await conductor.conduct(last_row=first[-1] if len(first) == rows else None)
    tell("canary", rows=rows)
    if control.reason is not None:
        return
    try:
        if not approve_rest(await _said(ledger, first)):
            control.stop(Stop.CANARY)
    except InterruptedQuestionError as error:  # what was done is reported as after any stop
        control.stop(Stop.TERMINATED if error.exit is Exit.TERMINATED else Stop.INTERRUPTED)


async def _first(ledger: Ledger, rows: int, only: Collection[int] | None) -> tuple[list[int], bool]:
    """Return the first rows that have something to send, and whether some of them need others.

    They are fewer where the run has fewer. A row that waits for another one comes with it, and
    with all that this one waits for.
    """
    found: dict[int, None] = {}
    needing = False
    async for row in ledger.results({RowStatus.PENDING}):
        if only is None or row.number in only:
            needed = await ledger.needed({row.number})
            needing |= len(needed) > 1
            found.update(dict.fromkeys(sorted(needed)))
            if len(found) >= rows:
                break
    return sorted(found), needing


async def _said(ledger: Ledger, rows: Sequence[int]) -> str:
    """Return the rows' outcomes, a line each: what was tried earlier is no news."""
    names, lines = (await ledger.run()).names, []
    for number in rows:
        row = await ledger.result(number)
        said = f" {': '.join(filter(None, [row.error_code, row.error]))}".rstrip()
        lines.append(visible(f"{names.said(number)} {row.key}: {row.status.value}{said}"))
    return "\n".join(lines)
