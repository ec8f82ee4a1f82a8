"""Carrying out a plan: a pump for each lane, a task for each request."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import anyio
from anyio.abc import TaskGroup

from bulkops.engine.calls.connection_warmup import warm
from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.file_uploads import FileUploads
from bulkops.engine.calls.filling import NotFilledError, filled
from bulkops.engine.calls.flights import Flights
from bulkops.engine.calls.outcomes import Outcomes
from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.recorder import Recorder
from bulkops.engine.calls.tally import Tally
from bulkops.engine.run_limits import RunLimits
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.records import LaneKey, StoredCall


class Conductor:
    """One run, from what its ledger holds to nothing left to send, or to a stop.

    Three groups of tasks: pumps wait for calls and tokens; work waits for delays and settles
    doubts; flights commit intents and hold requests. A stop ends pumps and work at once and lets
    flights land.
    """

    def __init__(self, context: RunContext, control: Control, limits: RunLimits) -> None:
        self._context = context
        self._control = control
        self._limits = limits
        self._tally = Tally(
            context.ledger, context.tell, control, limits.max_fail, names=context.names
        )
        self._record = Recorder(context, self._tally.moved)
        self._files = FileUploads(context)
        self._ends_at = math.inf

    async def conduct(self, *, last_row: int | None = None) -> None:
        """Send what is ready until nothing is, or until the control says stop.

        With `last_row`, only calls of rows up to that one are sent.
        """
        ledger = self._context.ledger
        most = math.inf if self._limits.max_duration is None else self._limits.max_duration
        # the canary rows, the question about the rest, and the rest share one time
        self._ends_at = min(self._ends_at, anyio.current_time() + most)
        # after the canary rows, what they closed stays closed
        lanes = frozenset(filter(self._control.admits, await ledger.lanes()))
        queue = CallQueue(ledger, lanes, last_row=last_row)
        doubtful = await ledger.doubtful()
        with self._control.scope:
            await warm(self._context, queue.lanes)
            async with anyio.create_task_group() as tasks:
                await self._work(queue, tasks, doubtful)
        await self._tally.tell_progress(over=True)

    async def _work(
        self, queue: CallQueue, tasks: TaskGroup, doubtful: Sequence[StoredCall]
    ) -> None:
        async with anyio.create_task_group() as work:
            outcomes = self._outcomes(queue, work)
            work.start_soon(self._watch, work)
            work.start_soon(self._tally.report_progress)
            for call in doubtful:
                queue.hold(call)
                self._tally.moved(call, call.state)
                work.start_soon(outcomes.recover, call)
            flights = self._flights(queue, outcomes, tasks)
            async with anyio.create_task_group() as pumps:
                for key in queue.lanes:
                    pumps.start_soon(self._pump, key, queue, flights)
            # every lane is over or closed; what a closed one had in flight may have to be settled
            await queue.drained()
            work.cancel_scope.cancel()

    def _outcomes(self, queue: CallQueue, work: TaskGroup) -> Outcomes:
        return Outcomes(
            self._context,
            queue=queue,
            control=self._control,
            limits=self._limits,
            tally=self._tally,
            record=self._record,
            work=work,
        )

    def _flights(self, queue: CallQueue, outcomes: Outcomes, tasks: TaskGroup) -> Flights:
        most = self._limits.concurrency
        return Flights(
            context=self._context,
            control=self._control,
            queue=queue,
            record=self._record,
            tally=self._tally,
            act=outcomes.act,
            tasks=tasks,
            files=self._files,
            places=None if most is None else anyio.Semaphore(most),
        )

    async def _watch(self, work: TaskGroup) -> None:
        with anyio.CancelScope(deadline=self._ends_at):
            await self._control.stopping.wait()
        self._control.stop(Stop.MAX_DURATION)
        work.cancel_scope.cancel()

    async def _pump(self, key: LaneKey, queue: CallQueue, flights: Flights) -> None:
        """Let one lane's calls go: the next ready one, its arguments, a place and a token."""
        lane = self._context.lane(key)
        while (call := await queue.next(key)) is not None:
            params = await self._filled(call, queue)
            if params is None:
                continue
            await lane.enter()
            await flights.start(lane, call, params)

    async def _filled(self, call: StoredCall, queue: CallQueue) -> Mapping[str, object] | None:
        """Return what a call sends; None where that can't be had, and it is left as it is.

        It stays planned and its row pending, for a later process that has what it needs.
        """
        try:
            return filled(self._context, call)
        except NotFilledError as error:
            queue.leave(call)
            for number in call.rows:
                row = await self._context.ledger.result(number)
                placed = self._context.names.facts(number)
                self._context.tell("left", **placed, key=row.key, why=str(error))
            return None
