"""Lanes: one quota each, with the bucket that lets calls through and the pace that adapts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf

import anyio
from aiolimiter import AsyncLimiter

from bulkops.engine.ports import Listener
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.bucket import capacity
from bulkops.pacing.quotas import Quota
from bulkops.planning.target import Target

IN_FLIGHT_SECONDS = 10
"""A lane holds as many calls in flight as it sends in this time: more only wait elsewhere."""
IN_FLIGHT_LEAST, IN_FLIGHT_MOST = 8, 200
READY_SECONDS = 0.5
"""While a lane's pace is lowered, as many calls wait for the disk as it sends in this time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneId:
    """What a quota is counted by: instances of one account and Region share it."""

    account: str
    region: str
    service: str
    operation: str

    def __str__(self) -> str:
        """Render as `connect:CreateUser`."""
        return f"{self.service}:{self.operation}"


class Lane:
    """One quota's gate: `enter` returns when the next call has a token, `depart` when it may leave.

    The buckets are aiolimiter's and keep to the quota as it is known; the pace is kept before them,
    where throttles have shown that there is less. A bucket's rate is fixed when it is made: a lane
    that probes above its quota swaps both, the tokens' for an emptied one, so that no call comes
    free.

    Between token and departure a call's intent is written down, and where the disk was slow, the
    calls of several tokens are ready at once, beside those that a full bucket lets through then.
    A second bucket of the same size, counted at the departure, keeps them apart. Where the disk
    keeps up it holds nobody. It keeps to the quota as it is known: while the pace is lowered, few
    calls are let in before those that entered have left.
    """

    def __init__(self, lane_id: LaneId, quota: Quota, *, pace: Pace, tell: Listener) -> None:
        self.id = lane_id
        self.quota = quota
        self.admitted = 0
        self.throttles = 0
        self._pace = pace
        self._tell = tell
        self._rate = pace.most
        self._limiter, self._departures = self._bucket(), self._bucket()
        self._changed = anyio.Event()
        self._departing = 0
        most = int(quota.rate * IN_FLIGHT_SECONDS + quota.burst)
        self._slots = anyio.Semaphore(min(max(most, IN_FLIGHT_LEAST), IN_FLIGHT_MOST))

    def __repr__(self) -> str:
        return (
            f"<Lane {self.id} {self._pace.rate:g}/s of {self.quota.rate:g}/s, "
            f"{self.admitted} admitted, {self.throttles} throttled>"
        )

    def _bucket(self) -> AsyncLimiter:
        room = capacity(self.quota)
        return AsyncLimiter(room, room / self._rate)

    async def enter(self) -> None:
        """Wait for a place in flight and for a token; `leave` gives the place back."""
        await self._slots.acquire()
        try:
            await self._admit()
        except BaseException:
            # cancelled while it waited for a token: its place is for another
            self._slots.release()
            raise

    def leave(self) -> None:
        """Give back the place of a call that has been answered."""
        self._slots.release()

    @contextmanager
    def departing(self) -> Iterator[None]:
        """Count a call that has entered, until it has left or will not leave."""
        self._departing += 1
        try:
            yield
        finally:
            self._departing -= 1
            self._wake()

    async def depart(self) -> None:
        """Wait until a call that has entered may leave; raises where it is cancelled already."""
        await anyio.lowlevel.checkpoint_if_cancelled()
        await self._departures.acquire()

    async def _admit(self) -> None:
        """Wait for the pace, then for a token; where there was a throttle meanwhile, once more."""
        while True:
            await self._keep_pace()
            throttles = self.throttles
            limiter = await self._current()
            await limiter.acquire()
            if self.throttles == throttles:
                self.admitted += 1
                return

    async def _keep_pace(self) -> None:
        while (seconds := self._seconds_to_wait()) > 0:
            # what is answered meanwhile may let a call leave sooner, or later
            with anyio.move_on_after(seconds):
                await self._changed.wait()
        self._pace.sent(anyio.current_time())

    def _seconds_to_wait(self) -> float:
        if self._pace.lowered and self._departing > self._pace.rate * READY_SECONDS:
            return inf
        return self._pace.wait(anyio.current_time())

    async def _current(self) -> AsyncLimiter:
        if self._pace.most != self._rate:
            self._rate = self._pace.most
            self._limiter, self._departures = self._bucket(), self._bucket()
            # emptied, so that a change of pace grants no free call
            await self._limiter.acquire(self._limiter.max_rate)
        return self._limiter

    def throttled(self) -> None:
        """Take note that the service refused a call for its rate."""
        self.throttles += 1
        before = self._pace.rate
        self._pace.throttled(anyio.current_time())
        self._tell("throttled", operation=str(self.id), throttles=self.throttles)
        self._tell_rate(before, "throttled")

    def answered(self) -> None:
        """Take note that a call went through, so that the pace may recover."""
        before = self._pace.rate
        self._pace.succeeded(anyio.current_time())
        self._tell_rate(before, "recovering")

    def _tell_rate(self, before: float, reason: str) -> None:
        self._wake()
        after = self._pace.rate
        if after != before:
            self._tell("rate", operation=str(self.id), before=before, after=after, reason=reason)

    def _wake(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()


class Lanes:
    """All lanes of a process, made when they are first needed."""

    def __init__(self, choose: Callable[[LaneId], tuple[Quota, Pace]], *, tell: Listener) -> None:
        self._choose = choose
        self.tell = tell
        """Whoever is told of what happens in the lanes, and of what is waited for."""
        self._lanes: dict[LaneId, Lane] = {}

    def __iter__(self) -> Iterator[Lane]:
        return iter(self._lanes.values())

    def lane(self, target: Target, service: str, operation: str) -> Lane:
        """Return the lane that an operation on a target goes through."""
        lane_id = LaneId(
            account=target.account, region=target.region, service=service, operation=operation
        )
        if lane_id not in self._lanes:
            quota, pace = self._choose(lane_id)
            self._lanes[lane_id] = Lane(lane_id, quota, pace=pace, tell=self.tell)
        return self._lanes[lane_id]
