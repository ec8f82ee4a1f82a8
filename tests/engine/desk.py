"""A desk at a simulated instance: a reader of it, and what the reader asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import resolve_target
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import World
from bulkops.engine.reads import index
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.kept_items import KeptItems
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import published
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient, virtual_clock


async def find(reader, kind, want):
    """Return name → things, as a look-up finds them with what it keeps of pages."""
    kept, found = KeptItems(kind, want, reader.now()), {}
    for thing in await index.find(reader.keeping(kept), kind, want):
        found.setdefault(thing.name, []).append(thing)
    return found


def virtual_now():
    return datetime.fromtimestamp(virtual_clock(), UTC)


@dataclass
class Desk:
    """A simulated instance, a reader of it, and what the reader asked."""

    simulator: Simulator
    reader: Reader
    instance: str
    said: list[str]

    async def ask(self, operation, **params):
        """Send a request that is to be answered with success."""
        named = {"InstanceId": self.instance, **params}
        return (await self.reader.read("connect", operation, named)).data

    def id(self, kind, name):
        """Return the id of what truly bears a name."""
        return self.simulator.world.instances[self.instance].tables[kind].named(name)["Id"]

    async def make_user(self, username, profile="Basic Routing Profile"):
        """Make a user a moment ago, and forget what was asked."""
        await self.ask(
            "CreateUser", Username=username, Password="Tr1cky-enough",
            SecurityProfileIds=[self.id("security-profile", "Agent")],
            RoutingProfileId=self.id("routing-profile", profile),
            IdentityInfo={"FirstName": "B", "LastName": "B"},
            PhoneConfig={"PhoneType": "SOFT_PHONE"},
        )  # fmt: skip
        self.forget()

    def forget(self):
        """Count what is asked from nothing again."""
        self.simulator.request_log.calls.clear()

    @property
    def calls(self):
        """How often each operation was asked."""
        return dict(self.simulator.request_log.calls)


async def desk_of(config):
    """Return a desk at a simulation."""
    simulator = Simulator(config)
    client = SimulatedClient(simulator)
    target = (await resolve_target(DirectCalls(client, lambda: 0.5), None)).target

    def chosen(lane):
        quota = published(lane.service, lane.operation)
        return quota, Pace(quota)

    said = []

    def tell(event, /, **facts):
        if event == "note":
            said.append(facts["text"])

    lanes = Lanes(chosen, tell=tell)
    reader = Reader(client, target, lanes, World(now=virtual_now, chance=lambda: 0.5))
    simulator.request_log.calls.clear()
    return Desk(simulator, reader, target.instance_id, said)
