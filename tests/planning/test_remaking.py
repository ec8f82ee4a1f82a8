"""What a deletion keeps, so that the thing can be made again with all that it had."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.diff.remaking import Doomed, kept_to_remake
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, Placeholder
from tests.planning.paper import DELETE, ana, centre, inventory_of, order_of, planned, sheet_of

ATTRIBUTES = load("delete-predefined-attributes").job
CONNECTS = load("delete-quick-connects").job
HOURS = load("delete-hours-of-operation").job
PROFILES = load("delete-routing-profiles").job
QUEUES = load("delete-queues").job
OVERRIDES = "hours-of-operation-override"


def instance(kind, **state):
    """Return an instance with one thing, x1, whose name is Old."""
    inventory = Inventory()
    inventory.add(kind, [Thing(id="x1", name="Old", state=state, described=True)])
    return inventory


def deleting(job, inventory):
    """Return the call that deletes the thing of which a job's one row speaks."""
    ((row,), _, planner) = planned(order_of(job, sheet_of({job.key[0]: "Old"})), inventory)
    assert (planner.problems, row.action) == ([], Action.DELETE)
    (call,) = row.calls
    return call


def saved(name):
    return Placeholder(kind="saved", name=name)


def test_each_entry_of_a_list_is_made_again_by_a_call_of_its_own():
    inventory = instance("hours-of-operation", Name="Old", TimeZone="UTC", Config=[])
    days = {"Config": [], "EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26"}
    known = {"HoursOfOperationOverrideId": "o1", "Name": "Feast", "Description": "Closed", **days}
    inventory.add_list(OVERRIDES, "x1", [known, {"Name": "Fair", **days}])
    kept = deleting(HOURS, inventory).undo
    usual = {"InstanceId": "i-1", "HoursOfOperationId": saved("hours_id"), **days}
    assert kept["0.undo.also0"] == [
        {**usual, "Name": "Feast", "Description": "Closed"},
        {**usual, "Name": "Fair"},
    ]


def test_a_thing_whose_list_is_empty_is_made_again_by_one_call():
    inventory = instance("hours-of-operation", Name="Old", TimeZone="UTC", Config=[])
    assert deleting(HOURS, inventory).undo.keys() == {"0", "0.undo"}


def test_an_entry_is_given_back_with_no_more_than_the_list_told():
    inventory = instance("routing-profile", Name="Old", MediaConcurrencies=[])
    inventory.add_list(
        "routing-profile-queue", "x1", [{"QueueId": "q1", "Channel": "VOICE", "Priority": 2}]
    )
    (made,) = deleting(PROFILES, inventory).undo["0.undo"]
    place = {"QueueReference": {"QueueId": "q1", "Channel": "VOICE"}, "Priority": 2}
    assert made["QueueConfigs"] == [place]


def test_what_does_not_fit_into_the_call_that_makes_it_follows_in_parts():
    inventory = instance("queue", Name="Old", HoursOfOperationId="h1", Status="ENABLED")
    ids = [f"c{number}" for number in range(120)]
    inventory.add_list("queue-quick-connect", "x1", [{"Id": each} for each in ids])
    kept = deleting(QUEUES, inventory).undo
    parts = [each["QuickConnectIds"] for each in (*kept["0.undo"], *kept["0.undo.also1"])]
    assert parts == [ids[:50], ids[50:100], ids[100:]]


def test_what_is_known_by_its_name_is_deleted_again_by_it():
    inventory = inventory_of(
        **{"predefined-attribute": [Thing(id="Old", name="Old", state={}, described=True)]}
    )
    assert deleting(ATTRIBUTES, inventory).undo["0"] == [{"InstanceId": "i-1", "Name": "Old"}]


def test_what_has_an_id_is_deleted_again_by_that_of_the_new_one_and_not_by_its_arn():
    (step,) = CONNECTS.steps
    turned = replace(step, undo=replace(step.undo, save=dict(reversed(step.undo.save.items()))))
    assert next(iter(turned.undo.save)) == "quick_connect_arn"
    inventory = instance("quick-connect", Name="Old", QuickConnectConfig={})
    again = [{"InstanceId": "i-1", "QuickConnectId": saved("quick_connect_id")}]
    for job in (CONNECTS, replace(CONNECTS, steps=(turned,))):
        assert deleting(job, inventory).undo["0"] == again


def test_nothing_is_kept_of_what_nothing_makes_again():
    call = planned(order_of(DELETE, sheet_of({"username": "ana"})), centre(ana()))[0][0].calls[0]
    doomed = Doomed(
        job=DELETE,
        address="0",
        subject=DELETE.steps[0].subject,
        thing=ana(),
        described=True,
        inventory=centre(ana()),
        places={"instance": "i-1"},
    )
    assert call.undo is None
    with pytest.raises(KeyError):
        kept_to_remake(doomed, call)
