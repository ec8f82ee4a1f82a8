"""What refers to a thing, read off states and the texts of flows; and what a deletion keeps."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.definition.kinds.thing_kind import ThingKind
from bulkops.definition.thing_kinds import KINDS, nouns
from bulkops.definition.uses import USES, InAssociations, InContent, InList, InState, used_kinds
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, Placeholder
from bulkops.planning.usage import Usage, merged, said_of, usages_in
from tests.planning.paper import inventory_of, order_of, planned, said, sheet_of

FLOWS = load("delete-contact-flows").job
QUEUES = load("delete-queues").job
PROFILES = load("delete-routing-profiles").job
ANYWHERE = InContent(by="contact-flow")


def flow(*actions, **more):
    return {"Content": json.dumps({"Actions": [*actions], **more})}


def found(place, state, *wanted):
    return list(usages_in(place, state, frozenset(wanted)))


def test_ids_are_found_at_the_places_of_a_state_in_lists_and_in_arns():
    place = InState(by="x", paths={"A.B": "this", "L": "that"})
    arn = "arn:aws:connect:r:1:instance/i/queue/q2:3"
    assert found(place, {"A": {"B": "q1"}, "L": ["q3", arn]}, "q1", "q2") == [
        ("q1", "this"),
        ("q2", "that"),
    ]
    assert found(place, {"A": "q1", "L": None}, "q1") == []


def test_a_flow_refers_to_what_its_actions_are_given_and_to_nothing_else():
    action = {"Type": "T", "Identifier": "q1", "Parameters": {"Ids": ["x q2, y"], "q3": 5}}
    assert found(ANYWHERE, flow(action, "odd", StartAction="q4"), "q1", "q2", "q3", "q4") == [
        ("q2", ""),
        ("q3", ""),
    ]
    assert found(ANYWHERE, flow({"Type": "T"}), "q1") == []
    twice = {"Parameters": {"a": "q1", "b": "q1"}}
    assert found(ANYWHERE, flow(twice), "q1") == [("q1", "")]


def test_what_bears_no_id_is_looked_for_in_its_actions_as_a_whole_text():
    place = InContent(by="contact-flow", actions=frozenset({"UpdateRoutingCriteria"}))
    says = {"Type": "MessageParticipant", "Parameters": {"Text": "Old skill"}}
    routes = {"Type": "UpdateRoutingCriteria", "Parameters": {"Attribute": {"Name": "Old skill"}}}
    assert found(place, flow(says), "Old skill") == []
    assert found(place, flow(says, routes), "Old skill") == [("Old skill", "")]


@pytest.mark.parametrize("content", ["{", "[]", '{"Actions": {}}'])
def test_what_is_no_flow_is_not_taken_to_use_nothing(content):
    with pytest.raises(ValueError):  # noqa: PT011  # JSON's own error is one
        found(ANYWHERE, {"Content": content}, "q1")


def test_users_are_named_once_with_all_that_they_use_it_as():
    usages = [Usage("queue", "B", "2"), Usage("flow", "A", "1", "x"), Usage("flow", "A", "1", "y")]
    assert said_of(merged([*usages, usages[1]])) == 'used by 2: flow "A" (x, y), queue "B"'
    many = [Usage("flow", f"{number}") for number in range(7)]
    assert said_of(many).endswith('flow "4" and 2 more')


@pytest.mark.parametrize("kind", USES)
def test_every_place_is_one_of_a_kind_that_can_be_read(kind):
    assert kind in KINDS
    for place in USES[kind].places:
        if isinstance(place, InAssociations):
            continue
        by = KINDS[place.by]
        assert isinstance(by, ThingKind)
        assert isinstance(place, InList) or by.search is not None
    assert used_kinds(kind) or USES[kind].unseen


NOUNS = ("queue", "vocabulary", "agent status", "hours of operation")


def test_what_nothing_is_known_of_is_used_by_nothing_and_words_have_plurals():
    assert used_kinds("agent-status") == frozenset()
    assert [nouns(noun) for noun in NOUNS] == [
        "queues",
        "vocabularies",
        "agent statuses",
        "hours of operation",
    ]


def flows(*, state="ACTIVE"):
    there = {"Type": "CONTACT_FLOW", "State": state, "Status": "PUBLISHED", "Content": "{}"}
    inventory = inventory_of(
        contact_flow=[
            Thing(id=name, name=name.upper(), state=there, described=True) for name in "ab"
        ]
    )
    inventory.add_usage("contact-flow", "a", Usage("flow", "B", "b"))
    return inventory


def test_a_flow_that_another_one_of_the_plan_leads_to_goes_with_it():
    (row,), _, planner = planned(order_of(FLOWS, sheet_of({"flow": "A"})), flows())
    assert (row.calls, said(planner.problems)) == ((), [("in-use", "Users!A2")])
    rows, _, planner = planned(order_of(FLOWS, sheet_of({"flow": "A"}, {"flow": "B"})), flows())
    assert [row.action for row in rows] == [Action.DELETE] * 2
    assert planner.problems == []


def test_what_stays_itself_keeps_what_it_leads_to():
    sheet = sheet_of(
        {"flow": "A", "state": ""}, {"flow": "B", "state": "ARCHIVED"}, {"flow": "C", "state": ""}
    )
    _, _, planner = planned(order_of(FLOWS, sheet), flows())
    assert [each.code for each in planner.problems if each.code != "not-there"] == ["in-use"]


def test_what_a_row_leaves_alone_keeps_what_it_leads_to():
    sheet = sheet_of({"flow": "A", "action": ""}, {"flow": "B", "action": "none"})
    rows, _, planner = planned(order_of(FLOWS, sheet), flows())
    assert ([row.calls for row in rows], rows[1].action) == ([(), ()], Action.SKIP)
    assert said(planner.problems) == [("in-use", "Users!A2")]


def test_what_a_step_is_not_due_for_keeps_what_it_leads_to():
    due = replace(FLOWS, steps=(replace(FLOWS.steps[0], when="state"),))
    sheet = sheet_of({"flow": "A", "state": "ACTIVE"}, {"flow": "B", "state": ""})
    _, _, planner = planned(order_of(due, sheet), flows())
    assert ("in-use", "Users!A2") in said(planner.problems)
    both = sheet_of({"flow": "A", "state": "ACTIVE"}, {"flow": "B", "state": "ACTIVE"})
    assert planned(order_of(due, both), flows())[2].problems == []


def queue(**state):
    there = {"Status": "ENABLED", "HoursOfOperationId": "h1", "Description": "", **state}
    inventory = inventory_of(queue=[Thing(id="q1", name="Old", state=there, described=True)])
    connects = [{"Id": f"c{number}"} for number in range(52)]
    inventory.add_list("queue-quick-connect", "q1", connects)
    return inventory


def kept(job, inventory, **cells):
    (row,), _, planner = planned(order_of(job, sheet_of(cells)), inventory)
    assert planner.problems == []
    (call,) = row.calls
    return call.undo


def test_a_plan_keeps_all_calls_that_make_a_thing_again_and_the_one_that_deletes_it_again():
    undo = kept(QUEUES, queue(Status="DISABLED", MaxContacts=0), queue="Old")
    made = Placeholder(kind="saved", name="queue_id")
    assert undo == {
        "0": [{"InstanceId": "i-1", "QueueId": made}],
        "0.undo": [
            {
                "InstanceId": "i-1",
                "Name": "Old",
                "HoursOfOperationId": "h1",
                "MaxContacts": 0,
                "QuickConnectIds": [f"c{number}" for number in range(50)],
            }
        ],
        "0.undo.also0": [{"InstanceId": "i-1", "QueueId": made, "Status": "DISABLED"}],
        "0.undo.also1": [{"InstanceId": "i-1", "QueueId": made, "QuickConnectIds": ["c50", "c51"]}],
    }


def test_what_is_as_it_would_be_made_needs_no_further_call():
    inventory = queue()
    inventory.add_list("queue-quick-connect", "q1", [])
    assert set(kept(QUEUES, inventory, queue="Old")) == {"0", "0.undo"}


def test_entries_of_a_list_are_kept_in_the_form_in_which_they_are_written():
    state = {"Description": "All", "DefaultOutboundQueueId": "q1", "MediaConcurrencies": [{}]}
    inventory = Inventory()
    inventory.add("routing-profile", [Thing(id="p1", name="Wide", state=state, described=True)])
    entry = {"QueueId": "q1", "QueueName": "Old", "Channel": "VOICE", "Priority": 2, "Delay": 0}
    inventory.add_list("routing-profile-queue", "p1", [entry])
    made = kept(PROFILES, inventory, routing_profile="Wide")["0.undo"][0]
    reference = {"QueueId": "q1", "Channel": "VOICE"}
    assert made["QueueConfigs"] == [{"QueueReference": reference, "Priority": 2, "Delay": 0}]
    assert "ManualAssignmentQueueConfigs" not in made


def test_what_can_not_be_seen_is_not_deleted_for_it_could_not_be_made_again():
    hidden = inventory_of(queue=[Thing(id="q1", name="Old")])
    (row,), _, planner = planned(order_of(QUEUES, sheet_of({"queue": "Old"})), hidden)
    assert (row.calls, said(planner.problems)) == ((), [("not-visible", "Users!A2")])
