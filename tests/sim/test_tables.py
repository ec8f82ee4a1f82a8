from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulkops.sim.state.tables import ThingTable
from tests.sim.centre import Centre


def record(name, thing_id="1"):
    return {"Id": thing_id, "Name": name}


def test_a_read_sees_a_write_when_its_lag_is_over():
    table = ThingTable()
    table.put(record("a"), seen_at=5.0)
    table.put(record("b"), seen_at=7.0)
    table.drop("1", seen_at=9.0)
    assert [table.seen("1", now) for now in (4.9, 5.0, 7.0, 9.0)] == [
        None,
        record("a"),
        record("b"),
        None,
    ]
    assert table.get("1") is None


def test_what_is_past_is_forgotten():
    table = ThingTable()
    table.put(record("a"), seen_at=5.0)
    table.drop("1", seen_at=6.0)
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
            table.put(truth[thing_id], seen_at=now + lag)
        elif thing_id in truth:
            del truth[thing_id]
            table.drop(thing_id, seen_at=now + lag)
        history.append((now + lag, truth))
        expected = [truth for at, truth in history if at <= now][-1]
        assert {one["Id"]: one for _, one in table.all_seen(now)} == expected
        assert {i: table.seen(i, now) for i in "abc" if table.seen(i, now)} == expected


def test_writes_see_the_truth_while_reads_lag_behind():
    centre = Centre()
    centre.world.lag = 3.0
    user = centre.ask("CreateUser", **centre.user())["UserId"]
    assert centre.code("DescribeUser", UserId=user) == "ResourceNotFoundException"
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
