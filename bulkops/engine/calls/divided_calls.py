"""Calls whose answer told their rows apart: the parts go on, each to an end of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulkops.definition.batch_limits import batched_member
from bulkops.definition.job import Step
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.filling import filled
from bulkops.engine.calls.item_calls import ItemGroup, answers_of, groups_of, part_for
from bulkops.engine.calls.next_move import Next
from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.recorder import Recorder
from bulkops.engine.calls.tally import Tally
from bulkops.engine.lanes import Lane
from bulkops.ledger.records import StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.replies import Fault, FaultClass, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class DividedCalls:
    """Divides calls by what was answered of their items, and sees to what comes next.

    `decided` says what a fault asks for, and `followed` does that; `doubted` goes on with a doubt
    that is on record, `later` sends again after a delay, and `over` lets go of what has ended.
    """

    context: RunContext
    queue: CallQueue
    tally: Tally
    record: Recorder
    max_attempts: int
    decided: Callable[[StoredCall, Step, Fault], Next]
    followed: Callable[[Next, Lane, StoredCall, Step, Fault], Awaitable[None]]
    doubted: Callable[[Next, StoredCall, Step, Fault], Awaitable[None]]
    later: Callable[[StoredCall, Fault], None]
    over: Callable[[StoredCall], Awaitable[None]]

    async def answered(self, lane: Lane, call: StoredCall, step: Step, reply: Reply) -> bool:
        """See to what a reply says of a call's items; False where it is a success as a whole."""
        answers = answers_of(call, batched_member(step))
        if answers is None:
            return False
        items: Any = filled(self.context, call)[answers.items]
        first, *others = groups = groups_of(call, answers, items, reply)
        if others:
            await self._divide(lane, call, step, groups, reply)
        elif first.fault is not None:
            # where each item was refused by itself, no part of the call would be taken
            refused = first.fault.fault_class is FaultClass.REJECTED
            doing = Next.FAIL if refused else self.decided(call, step, first.fault)
            await self.followed(doing, lane, call, step, first.fault)
        return bool(others) or first.fault is not None

    async def _divide(
        self, lane: Lane, call: StoredCall, step: Step, groups: Sequence[ItemGroup], reply: Reply
    ) -> None:
        """Replace a call by one for each group of its items."""
        member, most = batched_member(step), self.max_attempts
        planned = [part_for(call, member, each, reply, max_attempts=most) for each in groups]
        parts = await self.record.divided(call, planned)
        for part in parts:
            self.queue.hold(part)
        self.queue.done(call)
        self.tally.divided(call, parts)
        if any(part.throttles > call.throttles for part in parts):
            lane.throttled()
        for part, group in zip(parts, groups, strict=True):
            await self._go_on(part, step, group.fault)

    async def _go_on(self, part: StoredCall, step: Step, fault: Fault | None) -> None:
        """See to what comes next for a part whose first move is on record."""
        if fault is None or part.state is CallState.FAILED:
            await self.over(part)
        elif part.state is CallState.IN_DOUBT:
            before = replace(part, doubts=part.doubts - 1)
            await self.doubted(self.decided(before, step, fault), part, step, fault)
        elif fault.fault_class is FaultClass.THROTTLED:
            self.queue.requeue(part)
        else:
            self.later(part, fault)
