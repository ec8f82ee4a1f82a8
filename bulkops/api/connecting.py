"""Reaching the targets: real accounts, endpoints of one's own, and the simulator, by one door."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from bulkops.api.choices import PaceChoice, Request
from bulkops.api.doors import open_door, wanted_targets
from bulkops.api.telling import Broadcast
from bulkops.aws.asking import Door
from bulkops.aws.service_quotas import read_rates
from bulkops.aws.target import resolve_target
from bulkops.engine.lanes import LaneId, Lanes
from bulkops.engine.ports import Client, Listener, World
from bulkops.engine.reading import Reader
from bulkops.pacing.adaptive import Pace
from bulkops.pacing.quotas import Quota, choose, parse_tps
from bulkops.planning.target import Target

Rates = Mapping[str, float]
"""`service:Operation` → calls a second, as the account's Service Quotas say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """The targets of one run, reached: who they are, how to call them, how fast."""

    targets: Mapping[str, Target]
    clients: Mapping[str, Client]
    lanes: Lanes
    world: World
    notes: tuple[str, ...] = ()

    def reader(self, name: str) -> Reader:
        """Return a reader of one of the targets."""
        return Reader(self.clients[name], self.targets[name], self.lanes, self.world)


@asynccontextmanager
async def connect(
    request: Request, *, world: World, tell: Listener | None = None
) -> AsyncIterator[Connection]:
    """Reach every target that a request names; raises TargetError where one can't be reached."""
    targets: dict[str, Target] = {}
    clients: dict[str, Client] = {}
    rates: dict[tuple[str, str], Rates] = {}
    notes: list[str] = []
    async with AsyncExitStack() as stack:
        door: Door | None = None
        for wanted in wanted_targets(request.target):
            if door is None or request.target.simulate is None:  # one simulation holds them all
                door = await stack.enter_async_context(open_door(wanted, request.target, world))
            found = await resolve_target(
                door, wanted.instance, name=wanted.name, protected=wanted.protected
            )
            clients[wanted.name], targets[wanted.name] = door, found.target
            notes += found.notes
            place = (found.target.account, found.target.region)
            if place not in rates and _needs_rates(request.pace):
                read = await read_rates(door)
                rates[place] = read.rates
                notes += read.notes
        lanes = Lanes(_chooser(request.pace, rates), tell=tell or Broadcast())
        yield Connection(
            targets=targets,
            clients=clients,
            lanes=lanes,
            world=world,
            notes=tuple(dict.fromkeys(notes)),
        )


def _needs_rates(pace: PaceChoice) -> bool:
    """Service Quotas are asked only where no rate was given for every operation."""
    return parse_tps(*pace.tps).rate is None


def _chooser(
    pace: PaceChoice, rates: Mapping[tuple[str, str], Rates]
) -> Callable[[LaneId], tuple[Quota, Pace]]:
    given = parse_tps(*pace.tps, burst=pace.burst)

    def chosen(lane: LaneId) -> tuple[Quota, Pace]:
        quota = choose(
            lane.service,
            lane.operation,
            given=given,
            account=rates.get((lane.account, lane.region)),
            share=pace.share,
        )
        return quota, Pace(quota, ceiling=given.ceiling(quota))

    return chosen
