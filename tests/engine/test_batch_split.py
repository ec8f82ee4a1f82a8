from __future__ import annotations

from bulkops.engine.calls.batch_split import halves
from tests.engine.stand_ins import ASSOCIATE, JOB, call, queue_config

STEP = JOB.step(ASSOCIATE)
QUEUES = [queue_config(queue) for queue in ("a", "b", "c")]


def batch(**more):
    params = {"RoutingProfileId": "p1", "QueueConfigs": QUEUES}
    return call(1, ASSOCIATE, rows=(4, 5, 6), params=params, **more)


def test_each_half_carries_its_own_rows_elements_and_all_else():
    first, second = halves(STEP, batch())
    assert (first.rows, second.rows) == ((4,), (5, 6))
    assert first.params == {"RoutingProfileId": "p1", "QueueConfigs": QUEUES[:1]}
    assert second.params == {"RoutingProfileId": "p1", "QueueConfigs": QUEUES[1:]}
    assert (first.undo, second.undo) == (None, None)


def test_what_takes_a_batch_back_is_shared_out_by_the_lists_own_name():
    undo = {"RoutingProfileId": "p1", "QueueReferences": ["a", "b", "c"], "Other": ["x"]}
    first, second = halves(STEP, batch(undo=undo))
    assert first.undo == {**undo, "QueueReferences": ["a"]}
    assert second.undo == {**undo, "QueueReferences": ["b", "c"]}


def test_a_list_of_the_same_name_goes_before_another_of_the_same_length():
    undo = {"Tags": ["x", "y", "z"], "QueueConfigs": QUEUES}
    first, _ = halves(STEP, batch(undo=undo))
    assert first.undo == {"Tags": ["x", "y", "z"], "QueueConfigs": QUEUES[:1]}
