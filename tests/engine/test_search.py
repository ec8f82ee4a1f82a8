from __future__ import annotations

from dataclasses import dataclass

import pytest

from bulkops.aws.direct_calls import DirectCalls
from bulkops.aws.instance import resolve_target
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.lanes import Lanes
from bulkops.engine.ports import World
from bulkops.engine.reads.instance_reader import Reader, ReadError
from bulkops.engine.reads.search import find, things_named
from bulkops.pacing.adaptive_rate import Pace
from bulkops.pacing.quotas import published
from bulkops.planning.inventory import Want
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.core.simulator import Simulator
from bulkops.sim.simulated_client import SimulatedClient

USER = KINDS["user"]
NAMES = frozenset(f"agent{number:05d}" for number in range(1, 31))


@dataclass
class Desk:
    """A simulated instance, a reader of it, and what the reader asked."""

    simulator: Simulator
    reader: Reader
    instance: str

    async def ask(self, operation, **params):
        """Send a request that is to be answered with success."""
        named = {"InstanceId": self.instance, **params}
        return (await self.reader.read("connect", operation, named)).data

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

    lanes = Lanes(chosen, tell=lambda _event, /, **_facts: None)
    reader = Reader(client, target, lanes, World(now=lambda: None, chance=lambda: 0.5))
    simulator.request_log.calls.clear()
    return Desk(simulator, reader, target.instance_id)


@pytest.fixture
async def desk():
    return await desk_of(SimConfig(instances=(InstanceConfig(users=40),)))


@pytest.fixture
async def reader(desk):
    return desk.reader


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


async def test_what_bears_a_name_is_found_by_list_and_described_whole(desk):
    tags = {"Team": "Billing"}
    (admin,) = await things_named(desk.reader, USER, "admin")
    tagging = {"resourceArn": admin.arn, "tags": tags}
    await desk.reader.read("connect", "TagResource", tagging)
    desk.simulator.request_log.calls.clear()
    (admin,) = await things_named(desk.reader, USER, "admin")
    assert (admin.name, admin.state["Username"], admin.state["Tags"]) == ("admin", "admin", tags)
    assert desk.calls == {"ListUsers": 1, "DescribeUser": 1}
    assert await things_named(desk.reader, USER, "nobody") == []


async def test_a_login_is_found_whatever_its_case_and_another_name_is_not(desk):
    (admin,) = await things_named(desk.reader, USER, "ADMIN")
    assert admin.name == "admin"
    assert await things_named(desk.reader, KINDS["queue"], "support") == []
    assert len(await things_named(desk.reader, KINDS["queue"], "Support")) == 1


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("Support", ["Contact Centre/Dublin/Support", "Contact Centre/Lisbon/Support"]),
        ("Contact Centre/Lisbon/Support", ["Contact Centre/Lisbon/Support"]),
        ("Lisbon/Support", []),
        ("Dublin/Sales", []),
        ("/Contact Centre", ["Contact Centre"]),
        ("/Lisbon", []),
    ],
)
async def test_groups_are_told_apart_by_the_path_that_is_described(desk, name, paths):
    found = await things_named(desk.reader, KINDS["hierarchy-group"], name)
    chains = [thing.state["HierarchyPath"].values() for thing in found]
    assert sorted("/".join(group["Name"] for group in chain) for chain in chains) == paths


async def test_a_thing_that_the_index_of_searches_does_not_hold_yet_is_found():
    desk = await desk_of(SimConfig(search_lag=60.0))
    profile = (await things_named(desk.reader, KINDS["routing-profile"], "Billing"))[0]
    agent = (await things_named(desk.reader, KINDS["security-profile"], "Agent"))[0]
    await desk.ask(
        "CreateUser", Username="bob", Password="Tr1cky-enough", RoutingProfileId=profile.id,
        SecurityProfileIds=[agent.id], IdentityInfo={"FirstName": "B", "LastName": "B"},
        PhoneConfig={"PhoneType": "SOFT_PHONE"},
    )  # fmt: skip
    (bob,) = await things_named(desk.reader, USER, "bob")
    assert bob.state["RoutingProfileId"] == profile.id


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "InvalidRequestException"])
async def test_what_is_listed_and_not_described_yet_has_no_state(desk, code):
    mishap = Mishap(kind="error", operation="DescribeUser", code=code, status=400)
    desk.simulator.set_faults(Faults(mishaps=(mishap,)))
    (admin,) = await things_named(desk.reader, USER, "admin")
    assert (admin.name, admin.state) == ("admin", None)


async def test_a_description_that_is_refused_for_another_reason_is_an_error(desk):
    code = "AccessDeniedException"
    mishap = Mishap(kind="error", operation="DescribeUser", code=code, status=403)
    desk.simulator.set_faults(Faults(mishaps=(mishap,)))
    with pytest.raises(ReadError, match="AccessDeniedException"):
        await things_named(desk.reader, USER, "admin")
