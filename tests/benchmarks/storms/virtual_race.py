"""Runs that share one strict quota, on the virtual clock, with the engine's own lanes and pace."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random

import anyio

from bulkops.engine.lanes import Lane, LaneId
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import Quota
from bulkops.sim.virtual_clock import VirtualLoop
from tests.benchmarks.storms.quota_curves import Granted, least_time

DUST = 1e-6
"""Part of a token that rounding may have lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """Seconds of a call's way to the service and of its answer's way back: drawn evenly."""

    there: tuple[float, float] = (0.03, 0.13)
    back: tuple[float, float] = (0.03, 0.09)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """One scenario: what is believed, what is so, and who calls when."""

    family: str
    name: str
    believed: Quota
    granted: Granted
    burst: float
    works: tuple[tuple[float, int], ...]
    """For each run: when it begins, and how many calls it makes."""
    journey: Journey = field(default_factory=Journey)

    @property
    def least(self) -> float:
        """Seconds from the first call to the last at the best."""
        return least_time(self.granted, self.burst, self.works)


@dataclass(slots=True)
class StrictService:
    """The bucket of a service: exact between calls, for what it is granted is a sum."""

    granted: Granted
    burst: float
    tokens: float = 0.0
    at: float = 0.0

    def __post_init__(self):
        self.tokens = self.burst

    def takes(self, now):
        """Serve a call that arrives now, or refuse it."""
        gained = self.granted(now) - self.granted(self.at)
        self.tokens, self.at = min(self.burst, self.tokens + gained), now
        if self.tokens < 1 - DUST:
            return False
        self.tokens -= 1
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """How a scenario went: by the service's record."""

    seconds: float
    least: float
    calls: int
    throttles: int
    sent: tuple[tuple[float, bool], ...] = field(repr=False)
    """(arrival, granted) of every call."""
    rates: tuple[tuple[float, float], ...] = field(repr=False)
    """(time, calls a second) of every change of a lane's rate."""

    @property
    def ratio(self) -> float:
        """Time over the least."""
        return self.seconds / self.least

    @property
    def per_hundred(self) -> float:
        """Throttles for every hundred calls that were granted."""
        return 100 * self.throttles / self.calls


class Race:
    """The runs of one scenario; `seed` decides how long calls are on their way."""

    def __init__(self, weather: Weather, seed: int) -> None:
        self.weather = weather
        self.chance = Random(f"{weather.name} {seed}")
        self.sent = []
        self.rates = []

    def passage(self) -> Passage:
        """Carry the scenario out."""
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            runner.run(self._everybody())
        granted = [at for at, served in self.sent if served]
        return Passage(
            seconds=max(granted) - self.sent[0][0], least=self.weather.least,
            calls=len(granted), throttles=len(self.sent) - len(granted),
            sent=tuple(self.sent), rates=tuple(self.rates),
        )  # fmt: skip

    async def _everybody(self):
        self.start = anyio.current_time()
        self.service = StrictService(self.weather.granted, self.weather.burst)
        async with anyio.create_task_group() as runs:
            for number, (since, calls) in enumerate(self.weather.works):
                runs.start_soon(Run(self, number, calls).go, since)

    @property
    def now(self):
        """Seconds since the race began."""
        return anyio.current_time() - self.start

    def arrives(self):
        """Let a call reach the service."""
        served = self.service.takes(self.now)
        self.sent.append((self.now, served))
        return served


class Run:
    """One run's calls through one lane, as the conductor sends them: refused ones go again."""

    def __init__(self, race: Race, number: int, calls: int) -> None:
        self._race = race
        self._left = calls
        self._open = calls
        self._changed = anyio.Event()
        quota = race.weather.believed
        lane_id = LaneId(account="1", region="r", service="connect", operation=f"Run{number}")
        self._lane = Lane(lane_id, quota, pace=Pace(quota), tell=self._tell)

    def _tell(self, event, /, **facts):
        if event == "rate":
            self._race.rates.append((self._race.now, facts["after"]))

    async def go(self, since):
        """Send everything, from a time on."""
        await anyio.sleep(since)
        async with anyio.create_task_group() as flights:
            while self._open:
                if not self._left:
                    await self._changed.wait()
                    continue
                self._left -= 1
                await self._lane.enter()
                flights.start_soon(self._fly)

    async def _fly(self):
        journey, chance = self._race.weather.journey, self._race.chance
        await anyio.sleep(chance.uniform(*journey.there))
        served = self._race.arrives()
        await anyio.sleep(chance.uniform(*journey.back))
        self._lane.leave()
        if served:
            self._lane.answered()
            self._open -= 1
        else:
            self._lane.throttled()
            self._left += 1
        self._changed.set()
        self._changed = anyio.Event()


def passage(weather: Weather, seed: int) -> Passage:
    """Return how a scenario went with a seed."""
    return Race(weather, seed).passage()
