"""What the ledger's events tell of a run: when each lane sent, was throttled, was in doubt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from bulkops.ledger.call_events import CallEvent, LaneMoves
from bulkops.ledger.interface import Ledger
from bulkops.ledger.records import LaneKey, StoredCall
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
        self.lanes: dict[Pool, LaneHistory] = {}
        self.doubts: dict[int, Doubt] = {}
        self.doubtful_calls = 0

    def add_lane(self, lane: LaneKey) -> None:
        """Take in a lane of the plan, though nothing may have been sent through it."""
        self._history(lane)

    def add_moves(self, moves: LaneMoves) -> None:
        """Take in what the calls of a lane did within a second."""
        moved, second = (moves.from_state, moves.to_state), _second(moves.at)
        if moves.to_state == CallState.SENT:
            self._history(moves.lane).sends[second] += moves.calls
        elif moved == (CallState.SENT, CallState.PLANNED) and is_throttle(moves.why):
            self._history(moves.lane).throttles[second] += moves.calls

    def add_doubt(self, call: StoredCall) -> None:
        """Take in a call that was in doubt at any time."""
        self.doubtful_calls += 1
        if len(self.doubts) < MOST_SETTLED:
            self.doubts[call.id] = Doubt(rows=call.rows, operation=call.operation, state=call.state)

    def add_settling(self, event: CallEvent) -> None:
        """Take in how a doubt ended; the last end of a call's doubts is what is told."""
        if event.call in self.doubts:
            self.doubts[event.call].why = event.why

    def _history(self, lane: LaneKey) -> LaneHistory:
        return self.lanes.setdefault(self._pool(lane), LaneHistory())

    def _pool(self, lane: LaneKey) -> Pool:
        name, service, operation = lane
        target = self._targets.get(name)
        account, region = (target.account, target.region) if target else (name, "")
        return account, region, service, operation


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

    Memory grows by the seconds in which something was sent.
    """
    lines = Timeline(facts)
    for lane in await ledger.known_lanes():
        lines.add_lane(lane)
    async for moves in ledger.lane_moves():
        lines.add_moves(moves)
    async for call in ledger.doubted():
        lines.add_doubt(call)
    if lines.doubts:
        async for event in ledger.events(left=CallState.IN_DOUBT):
            lines.add_settling(event)
    return lines


def _second(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())
