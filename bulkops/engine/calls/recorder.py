"""Writing down what happens to calls: each move of a call's state, in the engine's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import value_at_dotted
from bulkops.definition.model.operations import operation
from bulkops.definition.settling_ways import Look, Never
from bulkops.definition.verbs import verb
from bulkops.engine.calls.call_results import answer, refusal
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.group_commit import GroupCommit
from bulkops.engine.calls.refused_flows import with_blocks
from bulkops.errors import LedgerError
from bulkops.ledger.call_changes import DividedPart, Division, Move, Split
from bulkops.ledger.records import Result, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.error_codes import FOREIGN_ANSWER
from bulkops.pacing.replies import Fault, FaultClass, Reply
from bulkops.planning.plan import PlannedCall


class Recorder:
    """Moves of one run's calls. Each has been committed when its method returns."""

    def __init__(self, context: RunContext, moved: Callable[[StoredCall, CallState], None]) -> None:
        self._context = context
        self._commits = GroupCommit(context.ledger, context.world.aside)
        self._stamp = context.world.stamp
        self._moved = moved

    async def _move(
        self,
        call: StoredCall,
        before: CallState,
        after: CallState,
        *,
        why: str = "",
        attempt: int = 0,
        throttle: int = 0,
        result: Result | None = None,
    ) -> None:
        counted = {"attempt": attempt, "throttle": throttle}
        moved = (before, after)
        move = Move(call.id, moved, at=self._stamp(), why=why, result=result, **counted)
        # a crash is to find as few of these as can be that never left, or were answered
        doubtful = CallState.SENT in moved and self._is_past_finding_out(call)
        lone = doubtful and after is CallState.SENT
        seen = partial(self._moved, call, after)
        try:
            await self._commits.record(move, seen=seen, hurried=doubtful and not lone, lone=lone)
        except LedgerError:
            self._moved(call, before)
            raise

    def _is_past_finding_out(self, call: StoredCall) -> bool:
        """Tell whether no look would show what a call did whose outcome is not on record."""
        step = self._context.job.step(call.step)
        match step.settle:
            case Never():
                return True
            case Look():
                return verb(step.operation) == "create" and not self._context.mark_of(call)
            case _:
                return False

    async def sent(self, call: StoredCall) -> StoredCall:
        """Commit the intent and return the call as sent: from here on it may have acted."""
        at = self._stamp()
        await self._move(call, CallState.PLANNED, CallState.SENT, attempt=1)
        return replace(call, attempts=call.attempts + 1, sent_at=call.sent_at or at)

    async def withdrawn(self, call: StoredCall) -> None:
        """Plan a call again that never left, though it was to."""
        await self._move(call, CallState.SENT, CallState.PLANNED, why="not sent", attempt=-1)

    async def succeeded(self, call: StoredCall, step: Step, reply: Reply) -> None:
        """Keep what the service answered: the values to save, and the request's id."""
        await self._move(call, CallState.SENT, CallState.SUCCEEDED, result=answer(step, reply))

    async def accepted(self, call: StoredCall, step: Step, reply: Reply) -> StoredCall:
        """Keep what the service answered and return the call as it is worked on there."""
        result = answer(step, reply)
        await self._move(call, CallState.SENT, CallState.ACCEPTED, result=result)
        saved = {**call.saved, **result.saved}
        return replace(call, state=CallState.ACCEPTED, saved=saved)

    async def ended(
        self, call: StoredCall, state: CallState, why: str, result: Result | None = None
    ) -> None:
        """Note how accepted work ended; where it is done, what was answered first stays."""
        await self._move(call, CallState.ACCEPTED, state, why=why, result=result)

    async def refused(self, call: StoredCall, fault: Fault) -> None:
        """Plan a call again that did not take effect."""
        await self._move(call, CallState.SENT, CallState.PLANNED, why=fault.code)

    async def throttled(self, call: StoredCall, fault: Fault) -> None:
        """Plan a call again that came too soon: it costs no attempt."""
        why = fault.code
        await self._move(call, CallState.SENT, CallState.PLANNED, why=why, attempt=-1, throttle=1)

    async def failed(self, call: StoredCall, fault: Fault) -> None:
        """Keep the service's refusal: the row fails with it."""
        result = refusal(with_blocks(fault, call), call.operation)
        await self._move(call, CallState.SENT, CallState.FAILED, why=fault.code, result=result)

    async def doubted(self, call: StoredCall, why: str) -> None:
        """Note that whether a sent call acted is not known."""
        await self._move(call, CallState.SENT, CallState.IN_DOUBT, why=why)

    async def settled(
        self, call: StoredCall, state: CallState, why: str, result: Result | None = None
    ) -> None:
        """Note how a doubt ended."""
        await self._move(call, CallState.IN_DOUBT, state, why=why, result=result)

    async def divided(self, call: StoredCall, parts: Sequence[DividedPart]) -> list[StoredCall]:
        """Replace a call by parts that have each made a move; return them as they stand."""
        numbers = await self._context.ledger.divide(Division(call.id, parts, at=self._stamp()))
        self._moved(call, CallState.FAILED)
        made = []
        for number, part in zip(numbers, parts, strict=True):
            stored = replace(
                call,
                id=number,
                rows=part.call.rows,
                params=part.call.params,
                undo=part.call.undo,
                state=part.to,
                attempts=call.attempts + part.attempt,
                throttles=call.throttles + part.throttle,
                doubts=call.doubts + (part.to is CallState.IN_DOUBT),
            )
            self._moved(stored, part.to)
            made.append(stored)
        return made

    async def split(self, call: StoredCall, parts: Sequence[PlannedCall], fault: Fault) -> None:
        """Replace a rejected batch by smaller ones."""
        await self._context.ledger.split(Split(call.id, parts, at=self._stamp(), why=fault.code))
        self._moved(call, CallState.FAILED)


def incomplete(service: str, step: Step, reply: Reply) -> Fault | None:
    """Return a success that lacks what it must say as the doubt that it is; else None.

    Without the values that a step saves, a later step of the row, or its undo, would work on
    nothing. A create that is answered without a word of what it made may have made nothing.
    """
    lacking = [member for member in step.save.values() if not value_at_dotted(reply.data, member)]
    if not lacking and verb(step.operation) == "create" and not any(reply.data.values()):
        lacking = [path for path in operation(service, step.operation).output if "." not in path]
    if not lacking:
        return None
    return Fault(
        fault_class=FaultClass.IN_DOUBT,
        code=FOREIGN_ANSWER,
        message=f"The answer says success and lacks {', '.join(lacking)}.",
        http_status=reply.http_status,
        request_id=reply.request_id,
    )
