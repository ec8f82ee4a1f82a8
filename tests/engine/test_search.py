from __future__ import annotations

import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.engine.reads.search import things_named
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.engine.desk import desk_of

USER = KINDS["user"]


@pytest.fixture
async def desk():
    return await desk_of(SimConfig(instances=(InstanceConfig(users=40),)))


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
    await desk.make_user("bob", "Billing")
    (bob,) = await things_named(desk.reader, USER, "bob")
    assert bob.state["RoutingProfileId"] == desk.id("routing-profile", "Billing")


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
