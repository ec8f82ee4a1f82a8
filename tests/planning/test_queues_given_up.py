"""Places in a list that are given up or set anew: what is kept of them, and what a row leaves."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.export_rows import Exporter
from tests.planning.paper import checked, inventory_of, order_of, planned, sheet_of

GIVEN_UP = load("disassociate-routing-profile-queues").job
BY_HAND = load("disassociate-routing-profile-manual-queues").job
SET = load("update-routing-profile-queues").job
PLACE = {"routing_profile": "Basic", "queue": "Sales", "channel": "VOICE"}


def calls_of(job, *rows, relation):
    inventory = inventory_of(routing_profile=("Basic",), queue=("Sales", "Support"))
    there = [
        {"QueueId": f"queue/{name}", "Channel": "VOICE", "Priority": 3, "Delay": 20}
        for name in ("Sales", "Support")
    ]
    inventory.add_list(relation, "routing-profile/Basic", there)
    _, calls, _ = planned(order_of(job, sheet_of(*rows)), inventory)
    return calls


def test_a_queue_that_is_given_up_is_kept_with_its_priority_and_delay():
    rows = [PLACE, {**PLACE, "queue": "Support"}]
    (call,) = calls_of(GIVEN_UP, *rows, relation="routing-profile-queue")
    assert [each["QueueId"] for each in call.params["QueueReferences"]] == [
        "queue/Sales",
        "queue/Support",
    ]
    assert call.undo == {
        "InstanceId": "i-1",
        "RoutingProfileId": "routing-profile/Basic",
        "QueueConfigs": [
            {
                "QueueReference": {"QueueId": f"queue/{name}", "Channel": "VOICE"},
                "Priority": 3,
                "Delay": 20,
            }
            for name in ("Sales", "Support")
        ],
    }


def test_a_queue_that_holds_nothing_else_is_put_back_as_it_was_named():
    (call,) = calls_of(BY_HAND, PLACE, relation="routing-profile-manual-queue")
    assert call.undo is None


def test_what_a_row_leaves_blank_of_a_place_stays_as_it_is():
    row = {**PLACE, "priority": "1", "delay": ""}
    assert checked(SET, row) == []
    (call,) = calls_of(SET, row, relation="routing-profile-queue")
    (config,) = call.params["QueueConfigs"]
    assert (config["Priority"], config["Delay"]) == (1, 20)


def test_what_could_be_given_up_is_exported_with_its_place():
    inventory = inventory_of(routing_profile=("Basic",), queue=("Sales",))
    there = [{"QueueId": "queue/Sales", "Channel": "VOICE", "Priority": 3, "Delay": 20}]
    inventory.add_list("routing-profile-queue", "routing-profile/Basic", there)
    rows = list(Exporter(GIVEN_UP, inventory, None).rows())
    assert rows == [("Basic", "Sales", "VOICE")]
    assert list(Exporter(SET, inventory, None).rows()) == [("Basic", "Sales", "VOICE", "3", "20")]
