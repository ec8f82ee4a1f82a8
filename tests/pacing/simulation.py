"""A service with a strict token bucket, and lanes that call it, simulated event by event.

`python -m tests.pacing.simulation` prints what each case costs.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from random import Random

from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.bucket import capacity
from bulkops.pacing.quotas import Quota

QUICKEST, SLOWEST = 0.03, 0.13
"""Seconds that a request is on its way."""
GRAIN = 0.05
DUST = 1e-9


@dataclass(slots=True)
class Service:
    """The strict bucket of a service, whose rate may change with time."""

    rate: Callable[[float], float]
    burst: float
    tokens: float = 0.0
    at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def takes(self, now: float) -> bool:
        """Serve a call that arrives now, or refuse it."""
        while self.at < now:
            step = min(GRAIN, now - self.at)
            self.tokens = min(self.burst, self.tokens + self.rate(self.at) * step)
            self.at += step
            if now - self.at < DUST:
                self.at = now
        if self.tokens < 1 - DUST:
            return False
        self.tokens -= 1
        return True


@dataclass(slots=True)
class Lane:
    """A lane with so many calls to make: its bucket is swapped for an emptied one, as engine's."""

    quota: Quota
    pace: Pace
    calls: int
    left: int = 0
    done: int = 0
    throttles: int = 0
    finished: float = 0.0
    tokens: float = 0.0
    at: float = 0.0
    rate: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.calls
        self.rate = self.pace.rate
        self.tokens = capacity(self.quota)

    def admits(self, now: float) -> bool:
        """Take a token for a call that leaves now, if there is one."""
        if self.pace.rate != self.rate:
            self.rate, self.tokens = self.pace.rate, 0.0
        else:
            gained = (now - self.at) * self.rate
            self.tokens = min(capacity(self.quota), self.tokens + gained)
        self.at = now
        if self.tokens < 1 - DUST:
            return False
        self.tokens -= 1
        self.left -= 1
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the service grants in truth, and who else uses it; `least` is seconds at the best."""

    name: str
    rate: Callable[[float], float]
    burst: float
    least: float
    lanes: int = 1
    foreign: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a case cost: time over the least, throttles by call and by second."""

    time: float
    by_call: float
    by_second: float


class Simulation:
    """Lanes that call a service, until every call has been served; `foreign` calls are others'."""

    def __init__(
        self, lanes: list[Lane], service: Service, *, seed: int, foreign: float = 0.0
    ) -> None:
        self.lanes = lanes
        self.service = service
        self.foreign = foreign
        self.chance = Random(seed)  # a simulation
        self.order = count()
        self.events: list[tuple[float, int, Callable[[float], None]]] = []

    def run(self) -> None:
        """Let everything happen in its order."""
        for lane in self.lanes:
            self.at(0.0, partial(self.admit, lane))
        if self.foreign:
            self.at(0.0, self.intrude)
        while self.events:
            now, _, happen = heapq.heappop(self.events)
            happen(now)

    def at(self, time: float, happen: Callable[[float], None]) -> None:
        """Let something happen at a time."""
        heapq.heappush(self.events, (time, next(self.order), happen))

    def on_its_way(self) -> float:
        """Return the seconds that one request needs to arrive."""
        return self.chance.uniform(QUICKEST, SLOWEST)

    def admit(self, lane: Lane, now: float) -> None:
        """Let a lane send a call if its bucket has a token, and look again when it has the next."""
        if lane.left:
            if lane.admits(now):
                self.at(now + self.on_its_way(), partial(self.arrive, lane))
            self.at(now + max((1 - lane.tokens) / lane.rate, DUST), partial(self.admit, lane))

    def arrive(self, lane: Lane, now: float) -> None:
        """Let a call arrive at the service."""
        served = self.service.takes(now)
        self.at(now + self.on_its_way() / 2, partial(self.answer, lane, served=served))

    def answer(self, lane: Lane, now: float, *, served: bool) -> None:
        """Let a lane learn what came of a call; a refused one is to be sent again."""
        if served:
            lane.done += 1
            lane.finished = now
            lane.pace.succeeded(now)
            return
        lane.throttles += 1
        lane.pace.throttled(now)
        lane.left += 1
        if lane.left == 1:
            self.at(now, partial(self.admit, lane))

    def intrude(self, now: float) -> None:
        """Let others make a call."""
        self.service.takes(now)
        if any(lane.done < lane.calls for lane in self.lanes):
            self.at(now + self.chance.uniform(0.8, 1.2) / self.foreign, self.intrude)


QUOTAS = ((2, 5, 300), (20, 50, 2000), (50, 75, 4000))
"""Rate and burst that are believed, and how many calls each lane makes."""
FALL, FALLEN = 10.0, 15.0
"""When the quota falls to a quarter, and for how long, in seconds."""


def cases(rate: float, burst: float, calls: int) -> Iterator[Case]:
    """Yield what may be the truth where a quota of this rate and burst is believed."""

    def quartered(now: float) -> float:
        return rate / 4 if FALL <= now < FALL + FALLEN else rate

    rest = calls - burst
    yield Case(name="as believed", rate=lambda _: rate, burst=burst, least=rest / rate)
    yield Case(
        name="a tenth lower", rate=lambda _: rate * 0.9, burst=burst, least=rest / rate / 0.9
    )
    yield Case(name="half", rate=lambda _: rate / 2, burst=burst, least=rest * 2 / rate)
    yield Case(
        name="half, burst too",
        rate=lambda _: rate / 2,
        burst=burst / 2,
        least=(calls - burst / 2) * 2 / rate,
    )
    yield Case(
        name="a quarter for 15 s",
        rate=quartered,
        burst=burst,
        least=rest / rate + 0.75 * FALLEN,
    )
    yield Case(
        name="half is others'",
        rate=lambda _: rate,
        burst=burst,
        least=rest * 2 / rate,
        foreign=rate / 2,
    )
    yield Case(
        name="two runs share",
        rate=lambda _: rate,
        burst=burst,
        least=(2 * calls - burst) / rate,
        lanes=2,
    )


def cost(case: Case, quota: Quota, calls: int, *, seed: int) -> Cost:
    """Simulate a case once and return what it cost."""
    lanes = [Lane(quota, Pace(quota), calls) for _ in range(case.lanes)]
    service = Service(case.rate, case.burst)
    Simulation(lanes, service, seed=seed, foreign=case.foreign).run()
    throttles = sum(lane.throttles for lane in lanes)
    finished = max(lane.finished for lane in lanes)
    return Cost(
        time=finished / case.least,
        by_call=throttles / calls / case.lanes,
        by_second=throttles / finished,
    )


def main() -> None:
    """Print the table of all cases."""
    seeds = range(5)
    for rate, burst, calls in QUOTAS:
        quota = Quota(rate=rate, burst=burst, source="")
        for case in cases(rate, burst, calls):
            costs = [cost(case, quota, calls, seed=seed) for seed in seeds]
            time, by_call, by_second = (
                sum(getattr(each, name) for each in costs) / len(costs)
                for name in ("time", "by_call", "by_second")
            )
            worst = max(each.time for each in costs)
            print(
                f"{rate:>3}/{burst:<3} {case.name:<20} time {time:.3f} (worst {worst:.3f}) "
                f"throttles {by_call:.4f} a call, {by_second:.3f} a second"
            )


if __name__ == "__main__":
    main()
