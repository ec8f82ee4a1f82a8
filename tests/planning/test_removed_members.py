"""Members that a switch takes away, and structures of constants, ARNs and names of the service."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition.catalogue import load
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.diff.state import state_value
from bulkops.planning.inventory import Thing
from bulkops.planning.job_plan import job_plan
from bulkops.planning.plan import Action, PlannedRow
from tests.planning.paper import inventory_of, order_of, sheet_of, target

CREATE = load("create-quick-responses").job
UPDATE = load("update-quick-responses").job
ID = "22222222-2222-4333-8444-555555555555"
KIND = KINDS["quick-response"]
ARN = "arn:aws:connect:us-east-1:1:instance/i/routing-profile/p1"
GROUPED = {"criteria": "RoutingProfileArn", "values": [ARN]}


def greeting(**more):
    item = {"name": "Greeting", "contents": {"plainText": {"content": "Hello"}}, **more}
    return Thing(id=ID, name="Greeting", state=KIND.as_written(item), described=True)


BILLING = Thing(id="p1", name="Billing", arn_form=ARN.replace("p1", "\0"))


def decided(job, *there, on_exists="fail", **row):
    inventory = inventory_of(quick_response=there, routing_profile=(BILLING,))
    order = order_of(job, sheet_of({"quick_response": "Greeting", **row}), on_exists=on_exists)
    where = replace(target(), homes={"quick-responses": ID})
    entries = job_plan(order, {"": where}, {"": inventory}).entries()
    (decision,) = [each for each in entries if isinstance(each, PlannedRow)]
    return decision


def sent(decision):
    """Return what the one call of a row sends, and what would take it back, without the ids."""
    (call,) = decision.calls
    return [
        {name: value for name, value in (params or {}).items() if not name.endswith("Id")}
        for params in (call.params, call.undo)
    ]


def test_what_is_cleared_goes_by_its_switch_and_comes_back_by_its_value():
    there = greeting(description="d", groupingConfiguration=GROUPED)
    made = decided(UPDATE, there, description="CLEAR!", routing_profiles="CLEAR!")
    go, back = sent(made)
    assert go == {"removeDescription": True, "removeGroupingConfiguration": True}
    assert back == {"description": "d", "groupingConfiguration": GROUPED}


def test_what_was_not_there_is_taken_away_by_its_switch():
    made = decided(UPDATE, greeting(), description="d", routing_profiles="Billing")
    go, back = sent(made)
    assert go == {"description": "d", "groupingConfiguration": GROUPED}
    assert back == {"removeDescription": True, "removeGroupingConfiguration": True}


def test_where_nothing_is_there_is_nothing_to_clear():
    made = decided(UPDATE, greeting(), description="CLEAR!", routing_profiles="CLEAR!")
    assert made.action is Action.NONE


def test_a_constant_is_sent_with_what_it_stands_beside():
    alone = decided(CREATE, content="Hi")
    assert "groupingConfiguration" not in sent(alone)[0]
    beside = decided(CREATE, content="Hi", routing_profiles="Billing")
    assert sent(beside)[0]["groupingConfiguration"] == GROUPED


def test_a_state_has_the_names_of_the_write_and_changes_those_of_things():
    there = greeting(groupingConfiguration=GROUPED)
    asked = {"content": "Hello", "routing_profiles": "Billing"}
    made = decided(CREATE, there, on_exists="update", **asked)
    assert made.action is Action.NONE
    made = decided(UPDATE, there, content="Welcome", routing_profiles="CLEAR!")
    told = [(each.field, each.old, each.new) for each in made.changes]
    assert told == [("content", "Hello", "Welcome"), ("routing_profiles", "Billing", "")]


def test_a_state_tells_what_an_answer_can_tell():
    state = greeting().state
    assert state_value(state, ("content", "content"), KIND, described=True).value == "Hello"
    assert state_value(state, ("description",), KIND, described=True).known
    assert not state_value(state, ("colour",), KIND, described=True).known


def test_what_is_kept_of_an_answer_tells_the_members_of_the_write():
    assert KIND.answered_as({"content"}) == {"content", "contents"}
    assert KIND.answered_as({"description"}) == {"description"}
    assert KIND.as_written({"name": "x"}) == {"name": "x"}
    assert KINDS["queue"].as_written({"contents": 1}) == {"contents": 1}
