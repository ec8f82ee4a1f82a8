from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.job import Job
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action, Change
from tests.planning.paper import QUEUES, QUICK, inventory_of, order_of, planned, sheet_of

STEP = QUEUES.steps[0]


def entry(queue="Q", channel="VOICE", priority=1, delay=0):
    return {
        "QueueId": f"queue/{queue}",
        "QueueName": queue,
        "Channel": channel,
        "Priority": priority,
        "Delay": delay,
    }


def instance(*entries, queues=("Q", "R")):
    inventory = inventory_of(routing_profile=["Basic", "Sales"], queue=queues)
    inventory.add_list("routing-profile-queue", "routing-profile/Basic", entries)
    return inventory


def row_of(**changed):
    usual = {"routing_profile": "Basic", "queue": "Q", "channel": "VOICE"}
    return usual | {name: str(value) for name, value in changed.items()}


def plan_of(inventory, *rows, job=QUEUES, **more):
    return planned(order_of(job, sheet_of(*rows), **more), inventory)


def config(queue="Q", channel="VOICE", priority=1, delay=0):
    reference = {"QueueId": f"queue/{queue}", "Channel": channel}
    return {"QueueReference": reference, "Priority": priority, "Delay": delay}


def job_with(**changed):
    step = replace(STEP, **changed)
    return Job(name=QUEUES.name, summary="", key=QUEUES.key, columns=QUEUES.columns, steps=(step,))


def test_rows_of_one_profile_share_a_call():
    rows, calls, planner = plan_of(
        instance(), row_of(), row_of(queue="R"), row_of(routing_profile="Sales")
    )
    assert [row.action for row in rows] == [Action.ASSOCIATE] * 3
    assert [row.calls for row in rows] == [()] * 3
    basic, sales = calls
    assert basic.rows == (2, 3)
    assert basic.params == {
        "InstanceId": "i-1",
        "RoutingProfileId": "routing-profile/Basic",
        "QueueConfigs": [config(), config(queue="R")],
    }
    assert (sales.rows, len(sales.params["QueueConfigs"])) == ((4,), 1)
    assert planner.totals().calls == {("", "connect", "AssociateRoutingProfileQueues"): 2}


def test_a_call_is_sent_when_it_is_full():
    queues = [f"Q{number}" for number in range(23)]
    rows = [row_of(queue=queue) for queue in queues]
    _, calls, _ = plan_of(instance(queues=queues), *rows)
    assert [len(call.rows) for call in calls] == [10, 10, 3]


def test_a_queue_that_is_there_with_its_values_needs_nothing():
    rows, calls, _ = plan_of(instance(entry(priority=7, delay=3)), row_of())
    assert (rows[0].action, calls) == (Action.NONE, [])


@pytest.mark.parametrize("on_exists", ["fail", "update"])
def test_a_queue_that_is_there_with_other_values_is_changed_and_can_be_put_back(on_exists):
    rows, (call,), _ = plan_of(
        instance(entry(priority=7, delay=3), entry("R", priority=2)),
        row_of(priority=5),
        row_of(queue="R", delay=9),
        on_exists=on_exists,
    )
    assert [row.action for row in rows] == [Action.UPDATE] * 2
    assert rows[0].changes == (Change(field="priority", old="7", new="5"),)
    assert (call.step, call.operation, call.rows) == ("0.0", "UpdateRoutingProfileQueues", (2, 3))
    assert call.params["QueueConfigs"] == [config(priority=5, delay=3), config("R", "VOICE", 2, 9)]
    assert call.undo["QueueConfigs"] == [config(priority=7, delay=3), config("R", "VOICE", 2, 0)]
    assert call.undo["RoutingProfileId"] == "routing-profile/Basic"


def test_a_queue_with_other_values_can_be_left_alone():
    rows, calls, _ = plan_of(instance(entry(priority=7)), row_of(priority=5), on_exists="skip")
    assert (rows[0].action, calls) == (Action.SKIP, [])


def test_without_an_alternative_other_values_are_a_conflict():
    rows, calls, _ = plan_of(
        instance(entry(priority=7)), row_of(priority=5), job=job_with(otherwise=())
    )
    assert (rows[0].action, calls) == (Action.CONFLICT, [])
    assert rows[0].problem.message == (
        "the queue of a routing profile is there and differs: priority: 7 → 5"
    )


def test_an_alternative_with_an_undo_of_its_own_keeps_no_old_values():
    other = replace(STEP.otherwise[0], undo=STEP.undo)
    job = job_with(otherwise=(other,))
    _, (call,), _ = plan_of(instance(entry(priority=7)), row_of(priority=5), job=job)
    assert call.undo is None


def test_another_channel_is_another_place():
    _, (call,), _ = plan_of(instance(entry(priority=7)), row_of(channel="chat", priority=5))
    assert call.params["QueueConfigs"] == [config(channel="CHAT", priority=5)]


def test_missing_names_are_problems_of_their_cells():
    rows, calls, planner = plan_of(instance(), row_of(routing_profile="Bassic", queue="X"))
    assert (rows[0].action, calls) == (Action.ASSOCIATE, [])
    assert [str(each) for each in planner.problems] == [
        'Users!A2: "Bassic" is not a routing profile of this instance. Did you mean "Basic"?',
        'Users!B2: "X" is not a queue of this instance',
    ]


def test_a_missing_queue_is_a_problem():
    _, _, planner = plan_of(instance(), row_of(queue="X"))
    assert [str(each.address) for each in planner.problems] == ["Users!B2"]


def test_what_is_to_be_changed_must_be_there():
    update = STEP.otherwise[0]
    job = job_with(operation=update.operation, args=update.args, otherwise=(), undo=None)
    _, _, planner = plan_of(instance(), row_of(priority=5), job=job)
    assert [str(each) for each in planner.problems] == [
        'Users!2: there is no queue of a routing profile "Basic / Q / VOICE"'
    ]
    rows, _, _ = plan_of(instance(entry(priority=5)), row_of(priority=5), job=job)
    assert rows[0].action is Action.NONE


def test_what_is_to_be_removed_is_removed_where_it_is():
    undo = STEP.undo
    job = job_with(operation=undo.operation, args=undo.args, otherwise=(), undo=None)
    rows, (call,), _ = plan_of(instance(entry()), row_of(), row_of(queue="R"), job=job)
    assert [row.action for row in rows] == [Action.DISASSOCIATE, Action.NONE]
    assert call.params["QueueReferences"] == [{"QueueId": "queue/Q", "Channel": "VOICE"}]


def test_a_list_of_bare_ids_is_batched_too():
    inventory = inventory_of(
        queue=[Thing(id="q1", name="Q")], quick_connect=[f"C{number}" for number in range(51)]
    )
    inventory.add_list("queue-quick-connect", "q1", [{"Id": "quick-connect/C0", "Name": "C0"}])
    rows = [{"queue": "Q", "quick_connect": f"C{number}"} for number in range(52)]
    planned_rows, calls, planner = plan_of(inventory, *rows, job=QUICK)
    assert [len(call.rows) for call in calls] == [50]
    assert calls[0].params["QuickConnectIds"][:2] == ["quick-connect/C1", "quick-connect/C2"]
    assert planned_rows[0].action is Action.NONE
    assert [each.found for each in planner.problems] == ["C51"]


def test_what_an_entry_does_not_tell_comes_from_the_default():
    there = entry(priority=7)
    del there["Delay"]
    _, (call,), _ = plan_of(instance(there), row_of(priority=5))
    assert call.params["QueueConfigs"] == [config(priority=5, delay=0)]
