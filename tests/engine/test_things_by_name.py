from __future__ import annotations

import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.engine.reads.things_by_name import things_named, things_of_names
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


@pytest.fixture
async def crowd():
    return await desk_of(SimConfig(instances=(InstanceConfig(users=3_000),), search_lag=60.0))


async def test_in_a_long_list_a_name_is_searched_for_and_described(crowd):
    (agent,) = await things_named(crowd.reader, USER, "agent02500")
    assert agent.state["Username"] == "agent02500"
    assert crowd.calls == {"ListUsers": 1, "SearchUsers": 1, "DescribeUser": 1}


async def test_what_a_search_does_not_find_is_absent_by_the_whole_list_alone(crowd):
    await crowd.make_user("bob", "Billing")
    found = await things_of_names(crowd.reader, USER, {"bob", "agent00001"}, for_certain=False)
    assert found["bob"] == []
    assert crowd.calls["ListUsers"] == 1
    crowd.forget()
    (bob,) = await things_named(crowd.reader, USER, "bob")
    assert bob.state["RoutingProfileId"] == crowd.id("routing-profile", "Billing")
    assert crowd.calls["ListUsers"] == 4


async def test_what_a_search_still_shows_and_is_gone_is_not_found(crowd):
    await crowd.ask("DeleteUser", UserId=crowd.id("user", "agent02500"))
    for certain in (True, False):
        found = await things_of_names(crowd.reader, USER, {"agent02500"}, for_certain=certain)
        assert found == {"agent02500": []}


async def test_where_searching_is_refused_a_long_list_is_read_to_its_end(crowd):
    mishap = Mishap(kind="error", operation="Search*", code="AccessDeniedException", status=403)
    crowd.simulator.set_faults(Faults(mishaps=(mishap,)))
    (agent,) = await things_named(crowd.reader, USER, "agent02500")
    assert agent.state["Username"] == "agent02500"
