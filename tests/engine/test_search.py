from __future__ import annotations

import pytest

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import resolve_target
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import World
from bulkops.engine.reads.instance_reader import Reader
from bulkops.engine.reads.search import find
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import published
from bulkops.planning.inventory import Want
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient

USER = KINDS["user"]
NAMES = frozenset(f"agent{number:05d}" for number in range(1, 31))


@pytest.fixture
async def reader():
    simulator = Simulator(SimConfig(instances=(InstanceConfig(users=40),)))
    client = SimulatedClient(simulator)
    target = (await resolve_target(DirectCalls(client, lambda: 0.5), None)).target

    def chosen(lane):
        quota = published(lane.service, lane.operation)
        return quota, Pace(quota)

    lanes = Lanes(chosen, tell=lambda _event, /, **_facts: None)
    return Reader(client, target, lanes, World(now=lambda: None, chance=lambda: 0.5))


async def test_only_the_things_that_are_named_keep_their_state(reader):
    found = await find(reader, USER, Want(names=NAMES, state=True))
    assert {name for name, (thing,) in found.items() if thing.state is not None} == NAMES
    assert len(found) == 44


async def test_only_the_members_that_are_looked_at_are_kept(reader):
    members = frozenset({"RoutingProfileId", "routingProfileId"})
    found = await find(reader, USER, Want(names=NAMES, state=True, members=members))
    ((state,),) = {tuple(found[name][0].state) for name in NAMES}
    assert state == "RoutingProfileId"


async def test_where_every_thing_is_wanted_all_keep_their_whole_state(reader):
    found = await find(reader, USER, Want(every=True, state=True))
    assert len(found) == 44
    assert all("PhoneConfig" in thing.state for (thing,) in found.values())


async def test_of_what_is_only_named_no_state_is_kept(reader):
    found = await find(reader, KINDS["routing-profile"], Want(every=True))
    assert {thing.state for (thing,) in found.values()} == {None}
