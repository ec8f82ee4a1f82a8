"""Writing down what happens to calls: each move of a call's state, in the engine's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.definition.job import Step
from bulkops.definition.model.member_paths import holds_arn
from bulkops.engine.calls.context import RunContext
from bulkops.ledger.interface import Move, Result, Split, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.failure_hints import hint
from bulkops.pacing.replies import Fault, Reply
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import PlannedCall


class Recorder:
    """Moves of one run's calls. Each has been committed when its method returns."""

    def __init__(self, context: RunContext) -> None:
        self._ledger = context.ledger
        self._stamp = context.world.stamp

    async def sent(self, call: StoredCall) -> None:
        """Commit the intent: from here on the call may have acted."""
        moved = (CallState.PLANNED, CallState.SENT)
        await self._ledger.move(Move(call.id, moved, at=self._stamp(), attempt=1))

    async def succeeded(self, call: StoredCall, step: Step, reply: Reply) -> None:
        """Keep what the service answered: the values to save, and the request's id."""
        saved = {name: reply.data[member] for name, member in step.save.items()}
        result = Result(saved=saved, http_status=reply.http_status, request_id=reply.request_id)
        moved = (CallState.SENT, CallState.SUCCEEDED)
        await self._ledger.move(Move(call.id, moved, at=self._stamp(), result=result))

    async def refused(self, call: StoredCall, fault: Fault) -> None:
        """Plan a call again that did not take effect."""
        moved = (CallState.SENT, CallState.PLANNED)
        await self._ledger.move(Move(call.id, moved, at=self._stamp(), why=fault.code))

    async def throttled(self, call: StoredCall, fault: Fault) -> None:
        """Plan a call again that came too soon: it costs no attempt."""
        moved, at = (CallState.SENT, CallState.PLANNED), self._stamp()
        move = Move(call.id, moved, at=at, why=fault.code, attempt=-1, throttle=1)
        await self._ledger.move(move)

    async def failed(self, call: StoredCall, fault: Fault) -> None:
        """Keep the service's refusal: the row fails with it."""
        moved, at = (CallState.SENT, CallState.FAILED), self._stamp()
        result = refusal(fault, call.operation)
        await self._ledger.move(Move(call.id, moved, at=at, why=fault.code, result=result))

    async def doubted(self, call: StoredCall, why: str) -> None:
        """Note that whether a sent call acted is not known."""
        moved = (CallState.SENT, CallState.IN_DOUBT)
        await self._ledger.move(Move(call.id, moved, at=self._stamp(), why=why))

    async def settled(
        self, call: StoredCall, state: CallState, why: str, result: Result | None = None
    ) -> None:
        """Note how a doubt ended."""
        moved = (CallState.IN_DOUBT, state)
        await self._ledger.move(Move(call.id, moved, at=self._stamp(), why=why, result=result))

    async def split(self, call: StoredCall, parts: Sequence[PlannedCall], fault: Fault) -> None:
        """Replace a rejected batch by smaller ones."""
        await self._ledger.split(Split(call.id, parts, at=self._stamp(), why=fault.code))


def refusal(fault: Fault, operation: str) -> Result:
    """Return what a fault leaves in the ledger."""
    return Result(
        error_code=fault.code,
        error=fault.message,
        hint=hint(fault.code, operation),
        http_status=fault.http_status,
        request_id=fault.request_id,
    )


def adopted(step: Step, thing: Thing) -> Mapping[str, Any]:
    """Return what a step saves, from the thing that it turned out to have made.

    Reply members that end in `Arn` are its ARN, the others its id, as AWS names them.
    """
    return {
        name: thing.arn if holds_arn(member) else thing.id for name, member in step.save.items()
    }
