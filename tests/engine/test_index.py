from __future__ import annotations

from dataclasses import replace

import anyio
import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.instance_reader import ReadError
from bulkops.engine.reads.items import INDEX_LAG
from bulkops.pacing.replies import Reply
from bulkops.planning.inventory import Want
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from bulkops.sim.simulated_client import SimulatedClient
from bulkops.sim.state.throttle import Allowance
from tests.engine.desk import desk_of, find

USER, QUEUE, GROUP = KINDS["user"], KINDS["queue"], KINDS["hierarchy-group"]
NAMES = frozenset(f"agent{number:05d}" for number in range(1, 31))
INDEXED = INDEX_LAG.total_seconds() + 1


def named(*names):
    return Want(names=frozenset(names), state=True)


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


async def test_new_names_cost_the_pages_of_the_list_and_nothing_else(desk):
    found = await find(desk.reader, USER, named(*(f"new{number}" for number in range(30))))
    assert {thing.state for (thing,) in found.values()} == {None}
    assert desk.calls == {"ListUsers": 1}


async def test_states_that_the_index_holds_are_searched(desk):
    found = await find(desk.reader, USER, named("admin"))
    assert not found["admin"][0].described
    assert found["admin"][0].state["RoutingProfileId"]
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 1}


async def test_where_describing_needs_fewer_calls_than_searching_things_are_described(desk):
    for number in range(1, 200):
        await desk.ask("CreateUserHierarchyGroup", Name=f"Group {number:03d}")
    await anyio.sleep(INDEXED)
    desk.forget()
    assert (await find(desk.reader, GROUP, named("Group 150")))["Group 150"][0].described
    assert desk.calls == {"ListUserHierarchyGroups": 1, "DescribeUserHierarchyGroup": 1}


async def test_many_states_are_read_by_pages():
    desk = await desk_of(SimConfig(instances=(InstanceConfig(users=4_996),)))
    found = await find(desk.reader, USER, named(*(f"agent{n:05d}" for n in range(1, 4_997, 5))))
    assert sum(thing.state is not None for (thing,) in found.values()) == 1_000
    assert desk.calls == {"ListUsers": 5, "SearchUsers": 10}


async def test_few_states_of_many_users_are_asked_for_by_name():
    desk = await desk_of(SimConfig(instances=(InstanceConfig(users=4_996),)))
    found = await find(desk.reader, USER, named(*(f"agent{n:05d}" for n in range(4_900, 4_945))))
    assert sum(thing.state is not None for (thing,) in found.values()) == 45
    assert desk.calls == {"ListUsers": 5, "SearchUsers": 3}


@pytest.mark.parametrize("lag", [0.0, 8.0, 19.0])
async def test_what_was_changed_a_moment_ago_is_described_whatever_the_index_says(lag):
    desk = await desk_of(SimConfig(search_lag=lag))
    want = named("admin", "m.silva", "j.murphy")
    billing = desk.id("routing-profile", "Billing")
    admin = desk.id("user", "admin")
    await desk.ask("UpdateUserRoutingProfile", UserId=admin, RoutingProfileId=billing)
    desk.forget()
    found = await find(desk.reader, USER, want)
    assert found["admin"][0].state["RoutingProfileId"] == billing
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 1, "DescribeUser": 1}
    await anyio.sleep(INDEXED)
    desk.forget()
    found = await find(desk.reader, USER, want)
    assert found["admin"][0].state["RoutingProfileId"] == billing
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 1}


@pytest.mark.parametrize("lag", [0.0, 8.0, 19.0])
async def test_where_much_was_changed_a_moment_ago_the_index_is_waited_for(lag):
    quick = {"UpdateUserRoutingProfile": Allowance(rate=1000.0, burst=1000.0)}
    instances = (InstanceConfig(users=400),)
    desk = await desk_of(SimConfig(instances=instances, search_lag=lag, rates=quick))
    billing = desk.id("routing-profile", "Billing")
    names = [f"agent{number:05d}" for number in range(1, 401)]
    for name in names:
        params = {"UserId": desk.id("user", name), "RoutingProfileId": billing}
        asked = {"InstanceId": desk.instance, **params}
        operation = "UpdateUserRoutingProfile"
        done = await SimulatedClient(desk.simulator).call("connect", operation, asked)
        assert isinstance(done, Reply)
    desk.forget()
    began = anyio.current_time()
    found = await find(desk.reader, USER, named(*names))
    assert {thing.state["RoutingProfileId"] for (thing,) in found.values() if thing.state} == {
        billing
    }
    assert desk.calls["SearchUsers"] <= 9
    assert "DescribeUser" not in desk.calls
    assert anyio.current_time() - began < INDEXED + 10
    assert any("waiting" in text for text in desk.said)


@pytest.mark.parametrize(("lag", "described"), [(0.0, 0), (60.0, 1)])
async def test_a_search_that_dates_its_things_is_believed_where_it_is_up_to_date(lag, described):
    desk = await desk_of(SimConfig(search_lag=lag))
    support = desk.id("queue", "Support")
    await desk.ask("UpdateQueueStatus", QueueId=support, Status="DISABLED")
    desk.forget()
    found = await find(desk.reader, QUEUE, named("Support", "Billing", "BasicQueue"))
    assert found["Support"][0].state["Status"] == "DISABLED"
    assert desk.calls.get("DescribeQueue", 0) == described


async def test_what_the_list_shows_and_the_search_does_not_is_described():
    desk = await desk_of(SimConfig(search_lag=INDEXED + 60))
    await desk.make_user("bob", "Billing")
    await anyio.sleep(INDEXED)
    found = await find(desk.reader, USER, named("bob", "admin", "m.silva"))
    assert found["bob"][0].state["RoutingProfileId"] == desk.id("routing-profile", "Billing")
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 1, "DescribeUser": 1}


async def test_what_a_search_still_shows_and_the_list_does_not_is_gone():
    desk = await desk_of(SimConfig(search_lag=60.0))
    await desk.ask("DeleteUser", UserId=desk.id("user", "admin"))
    found = await find(desk.reader, USER, named("admin", "m.silva", "j.murphy"))
    assert set(found) == {"m.silva", "j.murphy", "a.kowalska"}


async def test_where_the_list_does_not_say_when_things_were_changed_the_search_is_believed(desk):
    flows = ("Sample inbound flow", "Default customer queue", "Default agent transfer")
    whole = replace(KINDS["contact-flow"], may_lack="")  # as if its texts did not count
    found = await find(desk.reader, whole, named(*flows))
    assert all(found[name][0].state for name in flows)
    assert desk.calls == {"ListContactFlows": 1, "SearchContactFlows": 1}


async def test_what_is_to_be_described_anyway_is_not_searched_for(desk):
    want = Want(names=NAMES, state=True, described=NAMES)
    found = await find(desk.reader, USER, want)
    assert all(found[name][0].described for name in NAMES)
    assert desk.calls == {"ListUsers": 1, "DescribeUser": 30}


@pytest.mark.parametrize("every", [True, False])
async def test_a_group_made_a_moment_ago_is_found_by_its_path(every):
    desk = await desk_of(SimConfig(search_lag=60.0))
    top = desk.id("hierarchy-group", "Contact Centre")
    made = await desk.ask("CreateUserHierarchyGroup", Name="Porto", ParentGroupId=top)
    desk.forget()
    path = "Contact Centre/Porto"
    want = Want(names=frozenset({path}), state=True, every=every)
    (porto,) = (await find(desk.reader, GROUP, want))[path]
    assert porto.id == made["HierarchyGroupId"]
    assert desk.calls["ListUserHierarchyGroups"] == desk.calls["DescribeUserHierarchyGroup"] == 1


async def test_what_a_path_may_mean_is_described_before_the_path_is_unknown(desk):
    wrong, right = "Lisbon/Support", "Contact Centre/Dublin/Billing"
    want = Want(names=frozenset({wrong, right}), state=True, every=True)
    found = await find(desk.reader, GROUP, want)
    assert wrong not in found
    assert len(found["Support"]) == 2
    assert len(found[right]) == 1
    assert desk.calls == {
        "ListUserHierarchyGroups": 1, "SearchUserHierarchyGroups": 1,
        "DescribeUserHierarchyGroup": 2,
    }  # fmt: skip


async def test_a_search_that_passes_names_over_is_read_by_pages(desk, monkeypatch):
    ask = desk.simulator.act

    def careless(ticket, now):
        params = {k: v for k, v in ticket.request.params.items() if k != "SearchCriteria"}
        return ask(replace(ticket, request=replace(ticket.request, params=params)), now)

    monkeypatch.setattr(desk.simulator, "act", careless)
    found = await find(desk.reader, USER, named("admin", "m.silva"))
    assert found["admin"][0].state["RoutingProfileId"]
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 2}


async def test_where_searching_is_refused_what_is_named_is_described(desk):
    mishap = Mishap(kind="error", operation="Search*", code="AccessDeniedException", status=403)
    desk.simulator.set_faults(Faults(mishaps=(mishap,)))
    found = await find(desk.reader, USER, named("admin", "m.silva", "new"))
    assert found["admin"][0].state["Username"] == "admin"
    path = "Contact Centre/Dublin/Support"
    want = Want(names=frozenset({path}), state=True, every=True)
    assert len((await find(desk.reader, GROUP, want))[path]) == 1


async def test_where_listing_is_refused_nothing_is_known(desk):
    mishap = Mishap(kind="error", operation="ListUsers", code="AccessDeniedException", status=403)
    desk.simulator.set_faults(Faults(mishaps=(mishap,)))
    with pytest.raises(ReadError, match="ListUsers"):
        await find(desk.reader, USER, named("admin"))


async def test_the_root_of_the_hierarchy_that_a_search_shows_is_no_group(desk, monkeypatch):
    async def with_root(service, operation, params):
        came = await call(service, operation, params)
        if operation != "SearchUserHierarchyGroups":
            return came
        root = {"Id": "root", "Arn": "arn", "Name": "root", "LevelId": "0"}
        return replace(
            came, data={"UserHierarchyGroups": [root, *came.data["UserHierarchyGroups"]]}
        )

    call = desk.reader._client.call
    monkeypatch.setattr(desk.reader._client, "call", with_root)
    found = await find(desk.reader, GROUP, Want(every=True, state=True))
    assert "root" not in found
    assert "Contact Centre" in found
