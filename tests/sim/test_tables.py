from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.state.tables import Shows, ThingTable
from tests.sim.centre import Centre

UNSEEN = ("ResourceNotFoundException", "InvalidRequestException")


def record(name, thing_id="1"):
    return {"Id": thing_id, "Name": name}


def test_a_read_sees_a_write_when_its_lag_is_over():
    table = ThingTable()
    table.put(record("a"), Shows(5.0, 5.0))
    table.put(record("b"), Shows(7.0, 7.0))
    table.drop("1", Shows(9.0, 9.0))
    assert [table.seen("1", now) for now in (4.9, 5.0, 7.0, 9.0)] == [
        None,
        record("a"),
        record("b"),
        None,
    ]
    assert table.get("1") is None


def test_what_is_past_is_forgotten():
    table = ThingTable()
    table.put(record("a"), Shows(5.0, 5.0))
    table.drop("1", Shows(6.0, 6.0))
    assert table.all_seen(5.5) == [(1, record("a"))]
    assert table.all_seen(6.0) == []
    assert (table._past, table._numbers) == ({}, {})


def test_a_name_is_free_when_its_bearer_is_renamed_or_gone():
    table = ThingTable()
    table.put(record("Old"))
    table.put(record("New"))
    assert table.named("old") is None
    assert table.named("NEW") == record("New")
    table.drop("1")
    assert table.named("new") is None
    assert (table.seen("1", 0.0), len(table)) == (None, 0)


@given(
    lag=st.floats(0.1, 10),
    steps=st.lists(
        st.tuples(st.floats(0, 3), st.sampled_from("abc"), st.booleans()), min_size=1, max_size=30
    ),
)
def test_a_lagging_read_sees_exactly_the_truth_of_a_lag_ago(lag, steps):
    table, now = ThingTable(), 0.0
    history = [(-1.0, {})]
    for pause, thing_id, put in steps:
        now += pause
        truth = dict(history[-1][1])
        if put:
            truth[thing_id] = record(str(now) + thing_id, thing_id)
            table.put(truth[thing_id], Shows(now + lag, now + lag))
        elif thing_id in truth:
            del truth[thing_id]
            table.drop(thing_id, Shows(now + lag, now + lag))
        history.append((now + lag, truth))
        expected = [truth for at, truth in history if at <= now][-1]
        assert {one["Id"]: one for _, one in table.all_seen(now)} == expected
        assert {i: table.seen(i, now) for i in "abc" if table.seen(i, now)} == expected


def test_a_search_goes_on_seeing_what_other_reads_no_longer_see():
    table = ThingTable()
    table.put(record("a"), Shows(1.0, 5.0))
    table.put(record("b"), Shows(2.0, 6.0))
    table.drop("1", Shows(3.0, 7.0))
    times = (0.5, 1.0, 2.0, 3.0, 5.0, 6.0)
    assert [(table.seen("1", at) or {}).get("Name") for at in times] == [
        None, "a", "b", None, None, None,
    ]  # fmt: skip
    assert [names(table.all_seen(at, searched=True)) for at in times] == [
        [], [], [], [], ["a"], ["b"],
    ]  # fmt: skip
    assert (table.all_seen(7.0, searched=True), table._past, table._numbers) == ([], {}, {})


def names(numbered):
    return [one["Name"] for _, one in numbered]


def test_a_search_lags_behind_a_list_and_never_runs_ahead_of_it():
    centre = Centre(SimConfig(lag=2.0, search_lag=8.0))
    user = centre.ask("CreateUser", **centre.user())["UserId"]
    seen = []
    for centre.now in (1.9, 2.0, 7.9, 8.0):
        found = centre.ask("SearchUsers")["ApproximateTotalCount"]
        seen.append((len(centre.ask("ListUsers")["UserSummaryList"]), found))
    assert seen == [(4, 4), (5, 4), (5, 4), (5, 5)]
    centre.ask("DeleteUser", UserId=user)
    seen = []
    for centre.now in (9.9, 10.0, 15.9, 16.0):
        found = centre.ask("SearchUsers")["ApproximateTotalCount"]
        seen.append((len(centre.ask("ListUsers")["UserSummaryList"]), found))
    assert seen == [(5, 5), (4, 5), (4, 5), (4, 4)]
    centre = Centre(SimConfig(lag=2.0))
    centre.ask("CreateUser", **centre.user())
    centre.now = 1.9
    assert centre.ask("SearchUsers")["ApproximateTotalCount"] == 4


def test_a_thing_made_a_moment_ago_is_refused_in_either_of_two_ways():
    centre = Centre(SimConfig(lag=60.0))
    user = centre.ask("CreateUser", **centre.user())["UserId"]
    refusals = set()
    for centre.now in range(50):
        refusals.add(centre.refusal("DescribeUser", UserId=user))
        refusals.add(centre.refusal("ListUserProficiencies", UserId=user))
    assert refusals == {
        ("ResourceNotFoundException", "The specified user was not found."),
        ("InvalidRequestException", "Invalid request"),
    }
    centre.now = 60.0
    centre.ask("DescribeUser", UserId=user)
    centre.ask("DeleteUser", UserId=user)
    centre.now = 120.0
    codes = set()
    for centre.now in range(120, 170):
        codes.add(centre.code("DescribeUser", UserId=user))
    assert codes == {"ResourceNotFoundException"}


def test_writes_see_the_truth_while_reads_lag_behind():
    centre = Centre()
    centre.world.lag = 3.0
    user = centre.ask("CreateUser", **centre.user())["UserId"]
    assert centre.code("DescribeUser", UserId=user) in UNSEEN
    assert centre.ask("SearchUsers")["ApproximateTotalCount"] == 4
    assert len(centre.ask("ListUsers")["UserSummaryList"]) == 4
    assert centre.code("CreateUser", **centre.user()) == "DuplicateResourceException"
    centre.now = 3.0
    assert centre.ask("DescribeUser", UserId=user)["User"]["Username"] == "new.user"
    assert centre.ask("SearchUsers")["ApproximateTotalCount"] == 5
    billing = centre.id("routing-profile", "Billing")
    centre.ask("UpdateUserRoutingProfile", UserId=user, RoutingProfileId=billing)
    assert centre.ask("DescribeUser", UserId=user)["User"]["RoutingProfileId"] != billing
    centre.ask("DeleteUser", UserId=user)
    centre.now = 6.0
    assert centre.code("DescribeUser", UserId=user) == "ResourceNotFoundException"
