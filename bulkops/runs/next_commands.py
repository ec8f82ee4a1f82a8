"""How a run can be gone on with: the command that a person would type next."""

from __future__ import annotations

from bulkops.ledger.interface import Ledger
from bulkops.ledger.states import CallState, RowStatus


async def next_command(ledger: Ledger) -> str:
    """Return what a person would type next; empty where nothing is left to do."""
    from bulkops.runs.ledger_notes import Meta  # noqa: PLC0415  # else six files deep in this folder

    record, counts = await ledger.run(), await ledger.counts()
    # nobody is told to go on with what they have taken back; a doubt is to be settled still
    taken_back = bool(counts.get(RowStatus.UNDONE))
    open_rows = counts.get(RowStatus.PENDING, 0)
    if open_rows and not taken_back:
        open_rows -= len(await ledger.blocked())
    if not taken_back and (open_rows or await ledger.doubtful()):
        return f"bulkops resume {record.id}"
    if counts.get(RowStatus.UNKNOWN) or (not taken_back and await _refused(ledger)):
        corrected = "" if taken_back or Meta.UNDOES in record.meta else " --from failed.xlsx"
        return f"bulkops retry {record.id}{corrected}"
    return ""


async def _refused(ledger: Ledger) -> bool:
    """Tell whether a call was refused: a row that the plan itself failed can't be tried again."""
    async for _ in ledger.calls(CallState.FAILED):
        return True
    return False
