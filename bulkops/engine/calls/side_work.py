"""What is done about calls beside the sending of others: delays, settling, following."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

import anyio
from anyio.abc import TaskGroup

from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.waits import Waits
from bulkops.engine.ports import World
from bulkops.engine.signals import Control
from bulkops.ledger.records import StoredCall
from bulkops.pacing.delays import delay
from bulkops.pacing.replies import Fault

CallWork: TypeAlias = Callable[..., Coroutine[Any, Any, None]]
"""What is done about a call, which it is given first."""


class SideWork:
    """Goes on with calls beside the others, until their target is closed or the run stops."""

    def __init__(
        self, *, queue: CallQueue, control: Control, waits: Waits, world: World, work: TaskGroup
    ) -> None:
        self._queue = queue
        self._control = control
        self._waits = waits
        self._world = world
        self._work = work

    def start(self, work: CallWork, call: StoredCall, *more: object) -> None:
        """Go on with a call beside the others."""
        if self._control.stopping.is_set():
            # the work of a run that stops may be over: nothing can be started there any more
            self._queue.done(call)
        else:
            self._work.start_soon(self.unless_over, work, call, *more)

    async def unless_over(self, work: CallWork, call: StoredCall, *more: object) -> None:
        """Go on with a call until its target is closed; then it stays as the ledger has it."""
        if self._control.is_over(call.target):
            self._queue.done(call)
            return
        with self._control.working_for(call.target) as scope:
            await work(call, *more)
        if scope.cancel_called:
            self._queue.done(call)

    def later(self, call: StoredCall, fault: Fault) -> None:
        """Have a call sent again after the delay that its attempts ask for."""
        pause = delay(call.attempts, self._world.chance())
        self.start(self._wait, call, pause, fault.code)

    async def _wait(self, call: StoredCall, seconds: float, code: str) -> None:
        said = f"{call.operation} of {self._waits.names.several(call.rows)} met {code}"
        with self._waits.waiting(call, said) as wait:
            wait.until = anyio.current_time() + seconds
            await anyio.sleep(seconds)
        self._queue.requeue(call)
