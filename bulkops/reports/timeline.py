"""What the ledger's events tell of a run: when each lane sent, was throttled, was in doubt."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from bulkops.ledger.interface import CallEvent, LaneKey, Ledger, StoredCall
from bulkops.ledger.states import CallState
from bulkops.pacing.error_codes import CLASSES
from bulkops.pacing.replies import FaultClass
from bulkops.reports.run_facts import QuotaUsed, RunFacts

MOST_SETTLED = 200
"""Calls that were in doubt of which the page tells each one."""

Pool = tuple[str, str, str, str]
"""What a quota is counted by: account, Region, service, operation."""


@dataclass(slots=True)
class LaneHistory:
    """What one lane did, second by second of wall time (Unix time)."""

    sends: Counter[int] = field(default_factory=Counter)
    throttles: Counter[int] = field(default_factory=Counter)


@dataclass(slots=True, kw_only=True)
class Doubt:
    """A call that was in doubt, and what became of it."""

    rows: tuple[int, ...]
    operation: str
    state: CallState
    why: str = ""


class Timeline:
    """The histories of a run's lanes, by what their quotas are counted by."""

    def __init__(self, facts: RunFacts) -> None:
        self._targets = {target.name: target for target in facts.targets}
        self._pools: list[Pool] = []
        self._ids = array("q")
        self._places = array("H")
        self.lanes: dict[Pool, LaneHistory] = {}
        self.doubts: dict[int, Doubt] = {}
        self.doubtful_calls = 0

    def add_call(self, call: StoredCall) -> None:
        """Take in a call; calls come in plan order, which is the order of their ids."""
        pool = self._pool(call.lane)
        if pool not in self.lanes:
            self.lanes[pool] = LaneHistory()
            self._pools.append(pool)
        self._ids.append(call.id)
        self._places.append(self._pools.index(pool))
        if call.doubts:
            self.doubtful_calls += 1
            if len(self.doubts) < MOST_SETTLED:
                self.doubts[call.id] = Doubt(
                    rows=call.rows, operation=call.operation, state=call.state
                )

    def add_event(self, event: CallEvent) -> None:
        """Take in one move of a call."""
        moved = (event.from_state, event.to_state)
        if moved[1] == CallState.SENT:
            self._lane(event.call).sends[_second(event.at)] += 1
        elif moved == (CallState.SENT, CallState.PLANNED) and is_throttle(event.why):
            self._lane(event.call).throttles[_second(event.at)] += 1
        elif moved[0] == CallState.IN_DOUBT and event.call in self.doubts:
            self.doubts[event.call].why = event.why

    def _pool(self, lane: LaneKey) -> Pool:
        name, service, operation = lane
        target = self._targets.get(name)
        account, region = (target.account, target.region) if target else (name, "")
        return account, region, service, operation

    def _lane(self, call: int) -> LaneHistory:
        place = bisect_left(self._ids, call)
        return self.lanes[self._pools[self._places[place]]]


def is_throttle(code: str) -> bool:
    """Tell whether a call that is to be sent again was refused because it came too fast.

    A code that `pacing.error_codes` does not know, but that speaks of throttling, counts as well.
    """
    return CLASSES.get(code) is FaultClass.THROTTLED or "throttl" in code.casefold()


def quota_of(facts: RunFacts, pool: Pool) -> QuotaUsed | None:
    """Return the quota that a lane kept to, where the caller told it."""
    for quota in facts.quotas:
        if (quota.account, quota.region, quota.service, quota.operation) == pool:
            return quota
    return None


async def timeline(ledger: Ledger, facts: RunFacts) -> Timeline:
    """Return what a ledger tells of its lanes.

    Memory grows by ten bytes a call, and by the seconds in which something was sent.
    """
    lines = Timeline(facts)
    async for call in ledger.calls():
        lines.add_call(call)
    async for event in ledger.events():
        lines.add_event(event)
    return lines


def _second(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())
