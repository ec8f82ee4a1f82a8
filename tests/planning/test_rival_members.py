"""Quick connects, whose type says which members belong to them."""

from __future__ import annotations

from bulkops.definition.catalogue import load
from bulkops.planning.inventory import Thing
from tests.planning.paper import checked, inventory_of, order_of, planned, said, sheet_of

CREATE = load("create-quick-connects").job
UPDATE = load("update-quick-connects").job
TO_ANA = {
    "QuickConnectType": "USER",
    "UserConfig": {"UserId": "user/ana", "ContactFlowId": "contact-flow/Out"},
}
TO_SALES = {
    "QuickConnectType": "QUEUE",
    "QueueConfig": {"QueueId": "queue/Sales", "ContactFlowId": "contact-flow/Out"},
}


def decided(job, config=None, on_exists="fail", **row):
    things = ()
    if config is not None:
        state = {"Name": "Desk", "QuickConnectId": "d", "QuickConnectConfig": config}
        things = (Thing(id="d", name="Desk", arn_form="arn:d", state=state, described=True),)
    inventory = inventory_of(
        quick_connect=things, user=("ana", "bo"), queue=("Sales",), contact_flow=("Out",)
    )
    order = order_of(job, sheet_of({"quick_connect": "Desk", **row}), on_exists=on_exists)
    ((decision,), _, _) = planned(order, inventory)
    return decision


def configs(decision):
    (call,) = decision.calls
    return call.params["QuickConnectConfig"], (call.undo or {}).get("QuickConnectConfig")


def test_a_destination_is_looked_for_among_what_its_type_says():
    made = decided(CREATE, type="queue", goes_to="Sales", transfer_flow="Out")
    assert configs(made)[0] == TO_SALES
    made = decided(CREATE, type="agent", goes_to="ana", transfer_flow="Out")
    assert configs(made)[0] == TO_ANA
    made = decided(CREATE, type="number", goes_to="+35315550100")
    assert configs(made)[0] == {
        "QuickConnectType": "PHONE_NUMBER",
        "PhoneConfig": {"PhoneNumber": "+35315550100"},
    }
    unknown = decided(CREATE, type="queue", goes_to="ana", transfer_flow="Out")
    assert unknown.problem.message == '"ana" is not a queue of this instance'


def test_another_destination_of_the_same_type_keeps_its_flow():
    changed = decided(UPDATE, TO_ANA, type="agent", goes_to="bo")
    new, old = configs(changed)
    assert new == {
        "QuickConnectType": "USER",
        "UserConfig": {"UserId": "user/bo", "ContactFlowId": "contact-flow/Out"},
    }
    assert old == TO_ANA


def test_another_type_keeps_nothing_of_the_former_one_and_puts_all_of_it_back():
    changed = decided(UPDATE, TO_ANA, type="queue", goes_to="Sales", transfer_flow="Out")
    assert configs(changed) == (TO_SALES, TO_ANA)
    row = {"type": "queue", "goes_to": "Sales", "transfer_flow": "Out"}
    brought = decided(CREATE, TO_ANA, on_exists="update", **row)
    assert configs(brought) == (TO_SALES, TO_ANA)


def test_a_destination_of_another_form_is_said_before_anything_is_read():
    row = {"quick_connect": "Desk", "type": "number", "goes_to": "Sales"}
    assert checked(CREATE, row) == [("refused-by-model", "Users!C2")]
    row = {"quick_connect": "Desk", "type": "agent", "goes_to": "ana", "transfer_flow": ""}
    assert checked(CREATE, row) == [("refused-by-model", "Users!D2")]


def test_a_value_that_nothing_uses_is_a_problem():
    row = {"type": "number", "goes_to": "+35315550100", "transfer_flow": "Out"}
    wrong = decided(CREATE, **row)
    assert said([wrong.problem]) == [("unused-value", "Users!D2")]
    assert wrong.problem.message == (
        "transfer_flow must be empty: it is used only where type is USER or QUEUE"
    )


def test_another_type_needs_another_destination():
    lacking = decided(UPDATE, TO_ANA, type="number", goes_to="")
    assert said([lacking.problem]) == [("missing-value", "Users!C2")]
    assert lacking.problem.message == (
        "goes_to is missing: it must be given where type is changed to PHONE_NUMBER"
    )
    assert not lacking.calls
