"""Several instances in one simulation: who sees which, and what each begins with."""

from __future__ import annotations

import itertools
import json
from collections import Counter

import pytest

from bulkops.pacing.replies import Fault, Reply
from bulkops.sim.core.seed import new_world
from bulkops.sim.core.seed_big import FLOWS, QUEUES_EACH, USERS
from bulkops.sim.core.seed_full import CHAIN
from bulkops.sim.core.simulation_config import BESIDE, InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.services.flow_language.actions import MODULE
from bulkops.sim.services.flow_language.content import content_problems
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.state.world import WorldSession

DEV = InstanceConfig(alias="dev", contents="full")
PROD = InstanceConfig(alias="prod", contents="new")
SEVERAL = SimConfig(instances=(DEV, PROD, *BESIDE))
ROLE = "arn:aws:iam::210987654321:role/bulkops"


async def seen(client):
    reply = await client.call("connect", "ListInstances", {})
    assert isinstance(reply, Reply), reply
    return [each["InstanceAlias"] for each in reply.data["InstanceSummaryList"]]


async def test_credentials_and_region_decide_who_sees_which():
    client = SimulatedClient(Simulator(SEVERAL))
    assert await seen(client) == ["dev", "prod"]
    assert await seen(client.placed("eu-west-1")) == ["bulkops-prod"]
    assert client.placed("").region == client.region
    other = client.placed("")
    await other.assume(ROLE)
    assert await seen(other) == ["bulkops-twin"]
    assert await seen(client) == ["dev", "prod"]


async def test_lanes_are_each_account_and_region_s_own():
    client = SimulatedClient(Simulator(SEVERAL))
    abroad = client.placed("eu-west-1")

    async def throttled(one):
        outcomes = [await one.call("connect", "ListInstances", {}) for _ in range(8)]
        return sum(isinstance(each, Fault) for each in outcomes)

    assert [await throttled(one) for one in (client, client, abroad)] == [3, 8, 3]


def test_the_first_world_is_the_same_with_others_beside_it():
    alone = next(iter(new_world(SimConfig()).instances.values()))
    first = next(
        iter(new_world(SimConfig(instances=(InstanceConfig(), *BESIDE))).instances.values())
    )
    assert first.drawn == alone.drawn
    for kind, table in alone.tables.items():
        assert [*first.tables[kind].all()] == [*table.all()]


def sound(instance, world, kind):
    """Return the published flows or modules of an instance that could not be published."""
    session = WorldSession(world, instance, "seed", 0.0)
    return {
        each["Name"]
        for each in instance.tables[kind].all()
        if each["Status"] == "PUBLISHED"
        and [*content_problems(session, json.loads(each["Content"]), each.get("Type", MODULE))]
    }


@pytest.mark.parametrize(
    "config", [SimConfig(), SEVERAL, SimConfig(instances=(InstanceConfig(big=True),))]
)
def test_every_published_flow_could_be_published(config):
    world = new_world(config)
    for instance in world.instances.values():
        assert sound(instance, world, "contact-flow") == set()
        assert sound(instance, world, "contact-flow-module") == set()


def test_a_new_instance_has_what_aws_puts_there_and_no_more():
    world = new_world(SimConfig(instances=(PROD,)))
    (instance,) = world.instances.values()
    names = {
        kind: [each["Name"] for each in table.all()] for kind, table in instance.tables.items()
    }
    assert names["queue"] == ["BasicQueue"]
    assert names["routing-profile"] == ["Basic Routing Profile"]
    assert names["agent-status"] == ["Available", "Offline"]
    assert len(names["view"]) == 6
    assert not {"user", "hierarchy-group", "quick-connect", "phone-number", "data-table"} & {*names}


def test_the_full_one_has_a_circle_a_chain_and_what_is_not_published():
    world = new_world(SEVERAL)
    table = next(iter(world.instances.values())).tables["contact-flow"]

    def leads(name, to):
        return table.named(to)["Id"] in table.named(name)["Content"]

    assert leads("Main menu", "Error handling")
    assert leads("Error handling", "Main menu")
    assert leads("Once more", "Once more")
    assert all(leads(one, other) for one, other in itertools.pairwise(CHAIN))
    assert table.named("Unfinished")["Status"] == "SAVED"
    assert "Draft" in table.named("Reworked")
    assert table.named("Retired")["State"] == "ARCHIVED"


def test_the_big_one_is_as_large_as_a_large_centre():
    (instance,) = new_world(SimConfig(instances=(InstanceConfig(big=True),))).instances.values()
    counts = Counter({kind: len(table) for kind, table in instance.tables.items()})
    assert counts["user"] > USERS
    assert counts["contact-flow"] > FLOWS
    profile = instance.tables["routing-profile"].named("Team 001")
    assert len(profile["QueueConfigs"]) == QUEUES_EACH
    flow = instance.tables["contact-flow"].named("Flow 001")
    assert 15_000 < len(flow["Content"]) < 256_000
