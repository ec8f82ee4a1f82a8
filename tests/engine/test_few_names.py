from __future__ import annotations

from datetime import UTC, datetime, timedelta

import anyio
import pytest

from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.reads.items import INDEX_LAG
from bulkops.engine.reads.kept_items import KeptItems
from bulkops.planning.inventory import Want
from bulkops.sim.core.fault_injection import Faults, Mishap
from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.engine.desk import desk_of, find

USER = KINDS["user"]
INDEXED = INDEX_LAG.total_seconds() + 1
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def agents(*numbers):
    return frozenset(f"agent{number:05d}" for number in numbers)


def named(*numbers, **more):
    return Want(**{"names": agents(*numbers), "state": True} | more)


async def many(users=12_000, **config):
    return await desk_of(SimConfig(instances=(InstanceConfig(users=users),), **config))


async def read(desk, want):
    """Return what was found, and the seconds that it took."""
    began = anyio.current_time()
    found = await find(desk.reader, USER, want)
    assert all(len(found[name]) == 1 for name in want.names)
    return found, anyio.current_time() - began


async def test_one_name_among_thousands_is_searched_for_and_looked_at():
    desk = await many()
    found, seconds = await read(desk, named(9_000))
    assert found["agent09000"][0].state["RoutingProfileId"]
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 1, "DescribeUser": 1}
    assert seconds < 1


async def test_of_a_few_names_each_is_looked_at_once_the_list_has_cost_as_much():
    desk = await many()
    _, seconds = await read(desk, named(5_001, 6_001, 7_001))
    assert desk.calls == {"ListUsers": 3, "SearchUsers": 1, "DescribeUser": 3}
    assert seconds < 1


async def test_where_the_list_is_short_it_is_read_until_all_were_met():
    desk = await many(4_000)
    await read(desk, named(*range(2_001, 2_026)))
    assert desk.calls == {"ListUsers": 3, "SearchUsers": 2}


async def test_how_many_there_are_decides_between_the_list_and_looking_at_each():
    few, lots = range(8_001, 8_010), range(8_001, 8_041)
    desk = await many()
    await read(desk, named(*few))
    assert desk.calls == {"ListUsers": 5, "SearchUsers": 2, "DescribeUser": 9}
    desk.forget()
    await read(desk, named(*lots))
    assert desk.calls["ListUsers"] == 9, "the page that shows the last of them"
    assert desk.calls["SearchUsers"] == 3, "one that tells how many there are"
    assert "DescribeUser" not in desk.calls


async def test_what_is_described_anyway_needs_no_list():
    desk = await many()
    names = agents(6_001, 7_001, 8_001)
    found, _ = await read(desk, named(6_001, 7_001, 8_001, described=names))
    assert all(found[name][0].described for name in names)
    assert desk.calls == {"ListUsers": 1, "SearchUsers": 1, "DescribeUser": 3}


async def test_names_alone_are_found_likewise():
    desk = await many()
    found, _ = await read(desk, named(9_000, state=False))
    assert found["agent09000"][0].id == desk.id("user", "agent09000")
    assert desk.calls == {"ListUsers": 2, "SearchUsers": 1, "DescribeUser": 1}


async def test_names_to_be_made_are_looked_for_in_the_list_alone():
    desk = await many(3_000)
    want = Want(names=frozenset({"new1", "new2"}), state=True, new=True)
    assert "new1" not in await find(desk.reader, USER, want)
    assert desk.calls == {"ListUsers": 4}


async def test_a_name_that_a_search_does_not_find_is_absent_by_the_list_alone():
    desk = await many(3_000, search_lag=60.0)
    await desk.make_user("bob", "Billing")
    found, _ = await read(desk, Want(names=frozenset({"bob"}), state=True))
    assert found["bob"][0].state["RoutingProfileId"] == desk.id("routing-profile", "Billing")
    assert desk.calls == {"ListUsers": 4, "SearchUsers": 1, "DescribeUser": 1}


async def test_one_that_a_search_still_shows_is_gone_or_another_by_now():
    desk = await many(3_000, search_lag=60.0)
    await desk.ask("DeleteUser", UserId=desk.id("user", "agent02500"))
    assert "agent02500" not in await find(desk.reader, USER, named(2_500))
    await desk.make_user("agent02500", "Billing")
    found, _ = await read(desk, named(2_500))
    assert found["agent02500"][0].id == desk.id("user", "agent02500")


@pytest.mark.parametrize("state", [False, True])
async def test_where_one_of_several_is_gone_the_others_are_there_once(state):
    desk = await many(search_lag=60.0)
    await desk.ask("DeleteUser", UserId=desk.id("user", "agent09000"))
    found = await find(desk.reader, USER, named(8_000, 9_000, state=state))
    assert len(found["agent08000"]) == 1
    assert "agent09000" not in found


def test_what_is_kept_once_is_kept_as_what_it_is():
    kind = KINDS["routing-profile"]
    want = Want(names=frozenset({"Sales"}), state=True, members=frozenset({"Most", "IsDefault"}))
    page = {kind.search.items: [{"Most": 1}, {"IsDefault": True}, {"Most": 1.0}]}
    kept = KeptItems(kind, want, NOW)(kind.search.operation, page)[kind.search.items]
    assert repr(kept) == "[{'Most': 1}, {'IsDefault': True}, {'Most': 1.0}]"


def test_only_a_date_that_an_index_may_not_hold_yet_is_kept():
    kind, want = KINDS["user"], Want(state=True, members=frozenset({"RoutingProfileId"}))
    dates = {"old": NOW - INDEX_LAG, "new": NOW - INDEX_LAG + timedelta(seconds=1)}
    items = [{"Id": name, "LastModifiedTime": date} for name, date in dates.items()]
    page = KeptItems(kind, want, NOW)(kind.listing.operation, {kind.listing.items: items})
    assert page[kind.listing.items] == [{"Id": "old"}, items[1]]


async def test_a_change_that_no_search_shows_yet_is_seen():
    desk = await many(3_000, search_lag=60.0)
    billing = desk.id("routing-profile", "Billing")
    for name in ("agent00001", "agent02500"):
        asked = {"UserId": desk.id("user", name), "RoutingProfileId": billing}
        await desk.ask("UpdateUserRoutingProfile", **asked)
    found, _ = await read(desk, named(1, 2_500))
    states = [found[name][0].state["RoutingProfileId"] for name in ("agent00001", "agent02500")]
    assert states == [billing, billing]


async def test_list_and_search_of_very_many_go_on_side_by_side():
    desk = await many(10_000)
    _, seconds = await read(desk, named(*range(1, 10_001, 20)))
    assert desk.calls["ListUsers"] == 10
    alone = desk.reader.least_seconds("connect", "SearchUsers", desk.calls["SearchUsers"])
    assert seconds < alone + 1.5


async def test_where_searching_is_refused_the_list_beside_it_goes_on_to_its_end():
    desk = await many(16_000)
    mishap = Mishap(kind="error", operation="Search*", code="AccessDeniedException", status=403)
    desk.simulator.set_faults(Faults(mishaps=(mishap,)))
    await read(desk, named(*range(1, 16_001, 32), state=False))
    assert desk.calls["ListUsers"] == 16
    assert "DescribeUser" not in desk.calls


@pytest.mark.parametrize("described", [False, True])
async def test_where_searching_is_refused_the_list_is_read_to_its_end(described):
    desk = await many(3_000)
    mishap = Mishap(kind="error", operation="Search*", code="AccessDeniedException", status=403)
    desk.simulator.set_faults(Faults(mishaps=(mishap,)))
    names = agents(2_500) if described else frozenset()
    found, _ = await read(desk, named(2_500, described=names))
    assert found["agent02500"][0].state["Username"] == "agent02500"
    assert desk.calls == {"ListUsers": 3, "SearchUsers": 1, "DescribeUser": 1}
