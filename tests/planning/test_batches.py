from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bulkops.planning.calls.batches import Batches
from bulkops.planning.plan import PlannedCall
from tests.planning.paper import QUEUES

STEP = QUEUES.steps[0]
LIMIT = 10


def call_of(row, profile, *, old=None):
    params = {"RoutingProfileId": profile, "QueueConfigs": [row]}
    return PlannedCall(
        step="0",
        target="",
        service="connect",
        operation=STEP.operation,
        params=params,
        rows=(row,),
        undo=None if old is None else {**params, "QueueConfigs": [old]},
    )


def batched(calls, **more):
    batches = Batches(QUEUES, **more)
    found = [full for call in calls for full in batches.add(STEP, call)]
    found.extend(batches.rest())
    assert list(batches.rest()) == []
    return found


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60),
    st.integers(1, 5),
)
def test_every_row_is_in_one_call_with_its_element_and_no_call_is_too_full(rows, most_open):
    calls = [
        call_of(row, profile, old=-row if old else None) for row, (profile, old) in enumerate(rows)
    ]
    found = batched(calls, most_open=most_open)
    assert sorted(row for call in found for row in call.rows) == list(range(len(rows)))
    for call in found:
        assert len(call.rows) <= LIMIT
        assert call.params["QueueConfigs"] == list(call.rows)
        assert {rows[row][0] for row in call.rows} == {call.params["RoutingProfileId"]}
        assert {rows[row][1] for row in call.rows} == {call.undo is not None}
        if call.undo is not None:
            assert call.undo["QueueConfigs"] == [-row for row in call.rows]


@given(st.lists(st.sampled_from("abc"), max_size=60))
def test_no_fewer_calls_would_do(profiles):
    found = batched([call_of(row, profile) for row, profile in enumerate(profiles)])
    least = sum(-(-profiles.count(profile) // LIMIT) for profile in set(profiles))
    assert len(found) == least


def test_when_too_many_calls_are_open_the_oldest_is_sent_as_it_is():
    calls = [call_of(1, "a"), call_of(2, "b"), call_of(3, "c"), call_of(4, "a")]
    assert [call.rows for call in batched(calls, most_open=2)] == [(1,), (2,), (3,), (4,)]
    assert [call.rows for call in batched(calls, most_open=3)] == [(1, 4), (2,), (3,)]
