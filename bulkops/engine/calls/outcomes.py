"""What follows a request: the decision carried out, in the ledger and in the queue."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from anyio.abc import TaskGroup

from bulkops.definition.job import Step
from bulkops.definition.settling_ways import Again, ByToken, Look, Never
from bulkops.engine.calls.accepted_calls import AcceptedCalls
from bulkops.engine.calls.batch_split import halves
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.divided_calls import DividedCalls
from bulkops.engine.calls.next_move import Next, decide
from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.recorder import Recorder, incomplete
from bulkops.engine.calls.settling import Settled, Settler, given_up
from bulkops.engine.calls.side_work import SideWork
from bulkops.engine.calls.tally import Tally
from bulkops.engine.lanes import Lane
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.records import StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.error_codes import CodeGroup, group_of
from bulkops.pacing.replies import Fault, Outcome, Reply
from bulkops.pacing.told_failures import told_failure


class Outcomes:
    """Acts on outcomes. Delays and settling run in `work`, which a stop ends."""

    def __init__(
        self,
        context: RunContext,
        *,
        queue: CallQueue,
        control: Control,
        limits: RunLimits,
        tally: Tally,
        record: Recorder,
        work: TaskGroup,
    ) -> None:
        self._context = context
        self._queue = queue
        self._control = control
        self._limits = limits
        self._tally = tally
        self._beside = SideWork(
            queue=queue, control=control, waits=tally.waits, world=context.world, work=work
        )
        self._record = record
        self._settler = Settler(context)
        self._divided = DividedCalls(
            context=context,
            queue=queue,
            tally=tally,
            record=record,
            max_attempts=limits.max_attempts,
            decided=self._decided,
            followed=self._follow,
            doubted=self._face_doubt,
            later=self._beside.later,
            over=self._finish,
        )
        self._accepted = AcceptedCalls(
            context=context,
            record=record,
            waits=tally.waits,
            over=self._finish,
            unread=self._left_in_doubt,
            left=queue.done,
        )

    async def act(self, lane: Lane, call: StoredCall, outcome: Outcome) -> None:
        """Record what came of a sent call and see to what comes next."""
        step = self._context.job.step(call.step)
        if isinstance(outcome, Reply):
            lane.answered()
            fault = incomplete(call.service, step, outcome) or told_failure(
                call.service, call.operation, outcome
            )
            if fault is None:
                await self._answered(lane, call, step, outcome)
                return
            outcome = fault
        await self._follow(self._decided(call, step, outcome), lane, call, step, outcome)

    def _decided(self, call: StoredCall, step: Step, fault: Fault) -> Next:
        return decide(
            fault,
            settle=step.settle,
            rows=self._context.parts_of(call),
            attempts=call.attempts,
            doubts=call.doubts,
            fresh=bool(call.saved or call.needs),
            seen=step.subject is not None,
            max_attempts=self._limits.max_attempts,
        )

    async def _answered(self, lane: Lane, call: StoredCall, step: Step, reply: Reply) -> None:
        if await self._divided.answered(lane, call, step, reply):
            return
        if step.accepted is None:
            await self._record.succeeded(call, step, reply)
            await self._finish(call)
        else:
            self._beside.start(
                self._accepted.follow, await self._record.accepted(call, step, reply)
            )

    async def _follow(
        self, doing: Next, lane: Lane, call: StoredCall, step: Step, fault: Fault
    ) -> None:
        match doing:
            case Next.REQUEUE:
                lane.throttled()
                await self._record.throttled(call, fault)
                self._queue.requeue(replace(call, attempts=call.attempts - 1))
            case Next.AGAIN:
                await self._record.refused(call, fault)
                self._beside.later(call, fault)
            case Next.REPEAT | Next.SETTLE | Next.GIVE_UP:
                await self._record.doubted(call, fault.code)
                await self._face_doubt(doing, replace(call, doubts=call.doubts + 1), step, fault)
            case Next.SPLIT:
                await self._split(call, step, fault)
            case Next.STOP:
                await self._record.refused(call, fault)
                self._close_target(call.target, call.operation, fault)
                self._queue.done(call)
            case Next.CLOSE:
                await self._record.refused(call, fault)
                self._close(call, fault)
            case Next.FAIL:
                await self._record.failed(call, fault)
                await self._finish(call)
            case _:
                assert_never(doing)

    async def _face_doubt(
        self,
        doing: Next,
        call: StoredCall,
        step: Step,
        fault: Fault,
    ) -> None:
        """Go on with a call whose doubt is on record."""
        match doing:
            case Next.REPEAT:
                await self._record.settled(call, CallState.PLANNED, "harmless to repeat")
                self._beside.later(call, fault)
            case Next.SETTLE:
                self._beside.start(self._settle, call, step, fault)
            case Next.GIVE_UP:
                self._beside.start(self._look_last, call, step, fault)
            case _:
                raise ValueError(doing)

    async def _split(self, call: StoredCall, step: Step, fault: Fault) -> None:
        await self._record.split(call, halves(step, call), fault)
        self._queue.done(call)
        self._tally.forget(call)
        self._context.tell("split", rows=len(call.rows), code=fault.code)

    def _close(self, call: StoredCall, fault: Fault) -> None:
        """End a lane whose resource quota is used up; the others go on."""
        self._control.exhausted[call.lane] = fault
        self._queue.close(call.lane)
        self._queue.done(call)

    def _close_target(self, target: str, operation: str, fault: Fault) -> None:
        """End all that is done for a target; with the last of them the run stops."""
        self._control.close(target, operation=operation, fault=fault)
        self._queue.close_target(target)
        if self._control.closed.keys() >= self._context.targets.keys():
            self._control.stop(Stop.FATAL, operation=operation, fault=fault)

    async def recover(self, call: StoredCall) -> None:
        """Settle a call that an earlier process left sent or in doubt."""
        await self._beside.unless_over(self._recover, call)

    async def _recover(self, call: StoredCall) -> None:
        step = self._context.job.step(call.step)
        self._tally.begins(call)
        if call.state is CallState.ACCEPTED:
            await self._accepted.follow(call)
            return
        if call.state is CallState.SENT:
            await self._record.doubted(call, "found at start")
            call = replace(call, doubts=call.doubts + 1)
        match step.settle:
            case Again() if step.subject is not None:
                await self._recover_value(call, step)
            case Again() | ByToken():
                await self._repeat(call)
            case Look():
                await self._settle(call, step, None)
            case Never():
                await self._look_last(call, step, None)
            case _:
                assert_never(step.settle)

    async def _recover_value(self, call: StoredCall, step: Step) -> None:
        """Look before a value is set again: in the time between, others may have set their own."""
        try:
            settled = await self._settled(call, step)
        except ReadError as error:
            if group_of(error.fault.code) is CodeGroup.DENIED:
                # no later look would bring more, and nobody who may only write could go on
                await self._repeat(call)
            else:
                self._left_in_doubt(call, error)
        else:
            await self._conclude(call, settled)

    async def _repeat(self, call: StoredCall) -> None:
        await self._record.settled(call, CallState.PLANNED, "harmless to repeat")
        self._queue.requeue(call)

    async def _give_up(
        self, call: StoredCall, fault: Fault | None, why: str = "no way to tell"
    ) -> None:
        result = given_up(self._context, call, fault)
        await self._record.settled(call, CallState.UNKNOWN, why, result)
        await self._finish(call)

    async def _settle(self, call: StoredCall, step: Step, fault: Fault | None) -> None:
        """Settle a doubt; `fault` is what the call met last in this process."""
        try:
            settled = await self._settled(call, step, fault)
        except ReadError as error:
            self._left_in_doubt(call, error)
        else:
            await self._conclude(call, settled)

    async def _conclude(self, call: StoredCall, settled: Settled) -> None:
        state, kept = settled.state, settled.result
        if state is CallState.SUCCEEDED and self._context.job.step(call.step).accepted is not None:
            state = CallState.ACCEPTED  # it acted, and what it began may not be over
        await self._record.settled(call, state, settled.why, kept)
        rows = self._context.names.facts_together(call.rows)
        self._context.tell("settled", **rows, state=state, why=settled.why)
        if state is CallState.PLANNED:
            self._queue.requeue(call)
        elif state is CallState.ACCEPTED:
            saved = {**call.saved, **(kept.saved if kept else {})}
            await self._accepted.follow(replace(call, state=state, saved=saved))
        else:
            await self._finish(call)

    async def _settled(self, call: StoredCall, step: Step, fault: Fault | None = None) -> Settled:
        """Return how a doubt ended, counting the call among those that wait until then."""
        rows = self._context.names.several(call.rows)
        said = f"looking whether {call.operation} of {rows} took effect"
        with self._tally.waits.waiting(call, said) as wait:
            return await self._settler.settle(call, step, fault=fault, wait=wait)

    def _left_in_doubt(self, call: StoredCall, error: ReadError) -> None:
        """End what is done for a target where nobody may look, or no look brings an answer."""
        self._close_target(call.target, error.operation, error.fault)
        self._queue.done(call)

    async def _look_last(self, call: StoredCall, step: Step, fault: Fault | None) -> None:
        """Look whether a call acted that is not sent again; unknown where looking can't tell."""
        if step.subject is None:
            # the job names nothing to look at
            await self._give_up(call, fault)
            return
        try:
            settled = await self._settled(call, step)
        except ReadError as error:
            self._left_in_doubt(call, error)
            return
        if settled.state is CallState.PLANNED:
            # not found, but it has had its attempts: not seeing it is no proof that it failed
            await self._give_up(call, fault, "not seen to have acted, and not to be sent again")
        else:
            await self._conclude(call, settled)

    async def _finish(self, call: StoredCall) -> None:
        """Let go of a call that is over for good, and count the rows that ended with it."""
        self._queue.done(call)
        await self._tally.ended(call)
