"""Rows that give a thing another name: before it is done, after it, and where the name is taken."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from tests.planning.paper import checked, inventory_of, order_of, planned, said, sheet_of

QUEUES = load("update-queues").job


def queue(name, **state):
    whole = {"Name": name, "QueueId": f"id-{name}", "HoursOfOperationId": "h", **state}
    return Thing(id=f"id-{name}", name=name, arn_form=f"arn:{name}", state=whole, described=True)


def decided(*queues, **row):
    inventory = inventory_of(
        queue=queues, phone_number=("+35315550100",), outbound_whisper_flow=("Hello",)
    )
    inventory.add("hours-of-operation", [Thing(id="h", name="Office")])
    ((decision,), _, planner) = planned(order_of(QUEUES, sheet_of(row)), inventory)
    return decision, planner


def test_a_thing_is_renamed_by_its_id():
    row, _ = decided(queue("Sales"), queue="Sales", new_name="Verkauf")
    (call,) = row.calls
    assert call.params == {"InstanceId": "i-1", "QueueId": "id-Sales", "Name": "Verkauf"}
    assert call.undo == {"InstanceId": "i-1", "QueueId": "id-Sales", "Name": "Sales"}
    assert [str(each) for each in row.changes] == ["new_name: Sales → Verkauf"]


def test_what_bears_its_new_name_already_is_meant_by_its_old_one():
    row, _ = decided(queue("Verkauf"), queue="Sales", new_name="Verkauf")
    assert (row.action, row.calls, row.thing[0]) == (Action.NONE, (), "id-Verkauf")
    row, _ = decided(queue("Verkauf"), queue="Sales", new_name="Verkauf", max_contacts="3")
    (call,) = row.calls
    assert call.params == {"InstanceId": "i-1", "QueueId": "id-Verkauf", "MaxContacts": 3}


def test_a_name_that_another_thing_bears_is_a_problem_of_its_cell():
    row, planner = decided(queue("Sales"), queue("Verkauf"), queue="Sales", new_name="Verkauf")
    assert row.problem.message == 'another queue is named "Verkauf" already'
    assert row.problem.address.header == "new_name"
    assert not row.calls
    assert planner is not None


def test_a_name_that_nothing_bears_is_the_old_ones_problem():
    row, _ = decided(queue("Support"), queue="Sales", new_name="Verkauf")
    assert said([row.problem]) == [("unknown-name", "Users!A2")]


def test_an_export_says_once_what_a_thing_is_called():
    inventory = inventory_of(
        queue=(queue("Sales"),), hours_of_operation=(Thing(id="h", name="Office"),)
    )
    (row,) = Exporter(QUEUES, inventory, None, described=True).rows()
    assert row[:2] == ("Sales", "")


def test_a_structure_of_which_all_is_emptied_is_sent_empty():
    caller = {"OutboundCallerIdName": "Us"}
    there = queue("Sales", OutboundCallerConfig=caller)
    row, _ = decided(there, queue="Sales", caller_id_name="CLEAR!")
    (call,) = row.calls
    assert call.params["OutboundCallerConfig"] == {}
    assert call.undo["OutboundCallerConfig"] == caller
    row, _ = decided(queue("Sales"), queue="Sales", caller_id_name="Us")
    (call,) = row.calls
    assert call.params["OutboundCallerConfig"] == caller
    assert call.undo["OutboundCallerConfig"] == {}


def test_of_a_structure_what_is_not_spoken_of_is_kept():
    there = queue("Sales", OutboundCallerConfig={"OutboundCallerIdName": "Us"})
    row, _ = decided(there, queue="Sales", caller_id_number="+35315550100")
    (call,) = row.calls
    assert call.params["OutboundCallerConfig"] == {
        "OutboundCallerIdName": "Us",
        "OutboundCallerIdNumberId": "phone-number/+35315550100",
    }


def test_two_things_are_not_given_one_name():
    rows = [
        {"queue": "Sales", "new_name": "Verkauf"},
        {"queue": "Support", "new_name": "VERKAUF"},
        {"queue": "Billing", "new_name": "CLEAR!"},
        {"queue": "Returns", "new_name": ""},
    ]
    assert checked(QUEUES, *rows)[0] == ("duplicate-name", "Users!B3")
    assert "duplicate-name" not in [code for code, _ in checked(QUEUES, *rows)[1:]]


def test_a_name_that_differs_from_anothers_by_case_alone_is_warned_of():
    row, _ = decided(queue("Sales"), queue("Verkauf"), queue="Sales", new_name="VERKAUF")
    assert row.problem.code == "differs-by-case"
    assert row.calls
    row, _ = decided(queue("Sales"), queue="Sales", new_name="SALES")
    assert row.problem is None
    assert row.calls
