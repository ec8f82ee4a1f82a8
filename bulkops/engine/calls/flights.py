"""Calls on their way: the intent on disk, the request, and what comes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import anyio
from anyio.abc import TaskGroup

from bulkops.engine.calls.context import RunContext
from bulkops.engine.calls.file_uploads import FileUploads, UploadError
from bulkops.engine.calls.queue import CallQueue
from bulkops.engine.calls.recorder import Recorder
from bulkops.engine.calls.tally import Tally
from bulkops.engine.lanes import Lane
from bulkops.engine.signals import Control, Stop
from bulkops.ledger.loss import RecordGoneError
from bulkops.ledger.records import StoredCall
from bulkops.pacing.replies import Fault, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Flights:
    """Sends calls that have a token, a task each, so that the next token can be waited for."""

    context: RunContext
    control: Control
    queue: CallQueue
    record: Recorder
    tally: Tally
    act: Callable[[Lane, StoredCall, Outcome], Awaitable[None]]
    """What is done about an outcome."""
    tasks: TaskGroup
    files: FileUploads
    places: anyio.Semaphore | None = None
    """Places for calls in flight, of all lanes together; None: as many as the lanes have."""

    async def start(self, lane: Lane, call: StoredCall, params: Mapping[str, object]) -> None:
        """Send a call beside the others; it has a place in its lane, which is given back."""
        if self.places is not None:
            try:
                await self.places.acquire()
            except BaseException:
                lane.leave()
                raise
        self.tasks.start_soon(self._fly, lane, call, params)

    async def _fly(self, lane: Lane, call: StoredCall, params: Mapping[str, object]) -> None:
        """Send one request and act on what comes of it."""
        client = self.context.clients[call.target]
        try:
            refused: Fault | None = None
            try:
                params = await self.files.filled(call, params)
            except UploadError as error:
                refused = error.fault
            with lane.departing():
                sent = await self._departed(lane, call)
            if sent is None:
                self.queue.done(call)
                return
            self.tally.begins(sent)
            outcome = refused or await client.call(call.service, call.operation, params)
        finally:
            lane.leave()
            if self.places is not None:
                self.places.release()
        await self.act(lane, sent, outcome)

    async def _departed(self, lane: Lane, call: StoredCall) -> StoredCall | None:
        """Return a call that may leave, its intent on disk; None where it stays planned."""
        if self.control.stopping.is_set() or not self.queue.is_open(call.lane):
            return None
        try:
            sent = await self.record.sent(call)
        except RecordGoneError:
            # what is in flight may land: its outcomes still count, if only for the screen
            self.control.stop(Stop.RECORD_GONE)
            return None
        try:
            await lane.depart()
        except anyio.get_cancelled_exc_class():
            # a doubt about what never left would cost a look, or never end
            await self.record.withdrawn(sent)
            raise
        return sent
