"""Calls that a service has accepted: followed until their end is recorded, never sent again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.polls import Polls, WorkReport, end_of, said_of
from bulkops.engine.calls.recorder import Recorder
from bulkops.engine.calls.waits import Waits
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.errors import LedgerError
from bulkops.ledger.records import StoredCall


@dataclass(kw_only=True)
class AcceptedCalls:
    """Follows accepted calls. `over` lets go of one that has ended; `unread` ends what can't be."""

    context: RunContext
    record: Recorder
    waits: Waits
    over: Callable[[StoredCall], Awaitable[None]]
    unread: Callable[[StoredCall, ReadError], None]
    left: Callable[[StoredCall], None]
    """Lets go of one that has not ended in the time that its step gives it."""
    _polls: Polls = field(init=False)

    def __post_init__(self) -> None:
        self._polls = Polls(self.context)

    async def follow(self, call: StoredCall) -> None:
        """Ask how far a call's work is, until it is over; what is not, another process asks on."""
        step = self.context.job.step(call.step)
        if step.accepted is None:
            raise LedgerError(f"call {call.id} was accepted, and its step says nothing of that")
        with self.waits.waiting(call, said_of(call, self.context.names)) as wait:
            wait.accepted = True
            try:
                report = await self._polls.until_over(call, step, step.accepted, wait)
            except ReadError as error:
                self.unread(call, error)
                return
        ending = end_of(call, report)
        if ending is None:
            await self._leave(call, report, step.accepted.most)
        else:
            await self.record.ended(call, *ending)
            await self.over(call)

    async def _leave(self, call: StoredCall, report: WorkReport, seconds: int) -> None:
        state = report.state or "not over"
        why = f"accepted, and {state} there after {seconds // 60} min: a resume asks on"
        for number in call.rows:
            row = await self.context.ledger.result(number)
            placed = self.context.names.facts(number)
            self.context.tell("left", **placed, key=row.key, why=why)
        self.left(call)
