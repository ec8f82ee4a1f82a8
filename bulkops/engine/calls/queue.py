"""Which call each lane sends next: the ledger's ready calls, a handful of them in memory."""

from __future__ import annotations

import heapq
from collections import Counter

import anyio

from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import LaneKey, StoredCall

REFILL = 64
"""Calls taken from the ledger at a time: few enough that memory does not grow with the sheet."""


_Entry = tuple[int, int, StoredCall]
"""A call with its turn and its place in the plan: the least goes first."""


def _entry(call: StoredCall) -> _Entry:
    return call.turn, call.id, call


class CallQueue:
    """The work of one run. A call is held from the time it is taken until `done`.

    Calls that come back go before those not sent yet. What others wait for goes first, in the
    order of its turns, and all else in plan order. A lane is over when nothing is ready in any lane
    and nothing is held that could make something ready.
    """

    def __init__(self, ledger: Ledger, lanes: frozenset[LaneKey], *, last_row: int | None) -> None:
        self._ledger = ledger
        self._last_row = last_row
        self._queues: dict[LaneKey, list[_Entry]] = {lane: [] for lane in lanes}
        self._idle: set[LaneKey] = set()
        self._held: dict[int, LaneKey] = {}
        self._left: set[int] = set()
        self._outdated: set[LaneKey] = set()
        """Lanes in which something more urgent may be ready by now than what was taken."""
        self._passed_over: Counter[LaneKey] = Counter()
        """How many calls of each lane are held or left, and may still be planned in the ledger."""
        self._changed = anyio.Event()
        self._over = False

    def __repr__(self) -> str:
        queued = sum(len(queue) for queue in self._queues.values())
        return f"<CallQueue {queued} queued, {len(self._held) - queued} under way>"

    async def next(self, lane: LaneKey) -> StoredCall | None:
        """Return the lane's next call, waiting for it; None when there will be no more."""
        while not self._over and lane in self._queues:
            # taken before the ledger is asked: what changes meanwhile wakes this lane at once
            changed = self._changed
            if not self._queues[lane] or lane in self._outdated:
                await self._refill(lane)
                if not self.is_open(lane):
                    break  # closed while the ledger was asked
            if self._queues[lane]:
                return heapq.heappop(self._queues[lane])[2]
            self._idle.add(lane)
            if not self._held and len(self._idle) == len(self._queues):
                self._over = True
                self._wake()
                break
            await changed.wait()
        return None

    async def _refill(self, lane: LaneKey) -> None:
        self._outdated.discard(lane)
        limit = self._passed_over[lane] + REFILL
        latest = max((turn for turn, _, _ in self._queues[lane]), default=None)
        ready = await self._ledger.ready(
            lane, limit=limit, last_row=self._last_row, sooner_than=latest
        )
        for call in ready if self.is_open(lane) else ():
            if call.id not in self._held and call.id not in self._left:
                self.hold(call)
                heapq.heappush(self._queues[lane], _entry(call))
        if latest is not None:
            self._give_back(lane)

    def _give_back(self, lane: LaneKey) -> None:
        """Let go of the least urgent calls of a lane beyond a handful: they are taken again."""
        queue = self._queues.get(lane, [])
        queue.sort()
        for _, _, call in queue[REFILL:]:
            self._let_go(call)
        del queue[REFILL:]

    @property
    def lanes(self) -> tuple[LaneKey, ...]:
        """The lanes of the run, without those that were closed."""
        return tuple(self._queues)

    def is_open(self, lane: LaneKey) -> bool:
        """Tell whether a lane's calls may be sent still."""
        return lane in self._queues

    def hold(self, call: StoredCall) -> None:
        """Keep a call from being taken again while something is done about it."""
        if call.id not in self._held:
            self._held[call.id] = call.lane
            self._passed_over[call.lane] += 1

    def requeue(self, call: StoredCall) -> None:
        """Give a held call back to its lane, before those after it in the plan."""
        if call.lane in self._queues:
            heapq.heappush(self._queues[call.lane], _entry(call))
        else:
            # its lane was closed: it stays planned
            self._let_go(call)
        self._wake()

    def done(self, call: StoredCall) -> None:
        """Let go of a call whose outcome is recorded."""
        self._let_go(call)
        if call.turn:
            # others waited for it, and may be more urgent than what their lanes hold
            self._outdated.update(lane for lane, queue in self._queues.items() if queue)
        # where nobody waits for it, only its own lane may find more: the parts it was cut into
        if call.opens or call.lane in self._idle or not self._held:
            self._wake()

    def leave(self, call: StoredCall) -> None:
        """Let go of a held call that this process can't send: it is not taken again."""
        self._left.add(call.id)
        self._passed_over[call.lane] += 1
        self.done(call)

    def close(self, lane: LaneKey) -> None:
        """Take a lane out of the run: its calls stay planned."""
        for _, _, call in self._queues.pop(lane, []):
            self._let_go(call)
        self._wake()

    def _let_go(self, call: StoredCall) -> None:
        if self._held.pop(call.id, None) is not None:
            self._passed_over[call.lane] -= 1

    async def drained(self) -> None:
        """Wait until nothing is held: lanes that were closed may have calls under way still."""
        while self._held:
            await self._changed.wait()

    def close_target(self, target: str) -> None:
        """Take all lanes of a target out of the run."""
        for lane in self.lanes:
            if lane[0] == target:
                self.close(lane)

    def _wake(self) -> None:
        """Have every lane look again: none is idle before it has seen what has changed."""
        self._idle.clear()
        self._changed.set()
        self._changed = anyio.Event()
