"""Undo of what was made or deleted: what would be deleted, what uses it, what is made again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition.catalogue import load
from bulkops.planning.calls.inverse import Done
from bulkops.planning.calls.subject_ids import subject_id
from bulkops.planning.inventory import Inventory, Thing
from bulkops.planning.plan import Action, Placeholder
from bulkops.planning.undo.undo_usages import deleted_by_undo
from bulkops.planning.usage import Usage
from tests.planning.paper import CREATE as USERS
from tests.planning.paper import MOVE, QUEUES, ana, centre, user_row
from tests.planning.test_undo_plan import (
    MOVED,
    created,
    did,
    given,
    histories,
    moved,
    plan_one,
    profile_of,
    queue_row,
)

MAKE = load("create-queues").job
DELETE = load("delete-queues").job
HERE = {"InstanceId": "i-1"}
ROW = {"queue": "Desk", "hours_of_operation": "Always"}
IDS = {"queue_id": "q1", "queue_arn": "arn:q1"}


def instance(*queues):
    inventory = Inventory()
    inventory.add("queue", queues)
    return inventory


def queue(thing_id="q1"):
    state = {"Name": "Desk", "Status": "ENABLED", "HoursOfOperationId": "h1"}
    return Thing(id=thing_id, name="Desk", arn_form=f"arn:{thing_id}", state=state, described=True)


def made(**saved):
    return Done(step="0", params={**HERE, "Name": "Desk", "HoursOfOperationId": "h1"}, saved=saved)


def would_delete(job, row, inventory, *done):
    """Return target → kind → ids of what an undo of one row would delete, of those used."""
    past = {2: did(*done)}
    found = deleted_by_undo(job, histories(job, [row], past), {"": inventory})
    return {target: dict(kinds) for target, kinds in found.items()}


def test_what_a_run_made_is_what_its_undo_would_delete():
    there = instance(queue())
    assert would_delete(MAKE, ROW, there, made(**IDS)) == {"": {"queue": {"q1"}}}


@pytest.mark.parametrize("there", [(), (queue("q2"),)])
def test_what_is_gone_or_another_of_its_name_is_not_deleted(there):
    assert would_delete(MAKE, ROW, instance(*there), made(**IDS)) == {}


def test_what_was_only_changed_is_not_deleted():
    changed = Done(step="0.0", params={**HERE, "QueueId": "q1"}, saved={}, undo={})
    assert would_delete(MAKE, ROW, instance(queue()), changed) == {}


@pytest.mark.parametrize(
    ("job", "row", "inventory", "done"),
    [
        (MOVE, MOVED, centre(ana()), moved()),  # its undo puts a value back
        (USERS, user_row(), centre(ana()), created()),  # nothing uses a user
        (QUEUES, queue_row("A"), profile_of(), given("A")),  # a place in a list is no thing
        (DELETE, ROW, instance(), Done(step="0", params={**HERE, "QueueId": "q1"}, saved={})),
    ],
)
def test_jobs_whose_undo_deletes_nothing_that_others_use(job, row, inventory, done):
    assert would_delete(job, row, inventory, done) == {}


def test_what_is_used_by_now_is_left_and_said_by_whom():
    there = instance(queue())
    free, _ = plan_one(MAKE, ROW, there, made(**IDS))
    assert (free.action, [call.operation for call in free.calls]) == (
        Action.DELETE,
        ["DeleteQueue"],
    )
    there.add_usage("queue", "q1", Usage("routing profile", "Basic", "p1", "by hand"))
    used, _ = plan_one(MAKE, ROW, there, made(**IDS))
    assert (used.action, used.calls, used.problem.code) == (Action.CONFLICT, (), "in-use")
    assert used.problem.message == (
        'the queue "Desk" is used by 1: routing profile "Basic" (by hand)'
    )
    assert used.problem.found == "Desk"


SAVED = Placeholder(kind="saved", name="queue_id")
KEPT = {
    "0": [{**HERE, "QueueId": SAVED}],
    "0.undo": [{**HERE, "Name": "Desk", "HoursOfOperationId": "h1"}],
    "0.undo.also0": [{**HERE, "QueueId": SAVED, "Status": "DISABLED"}],
}


def test_what_followed_the_making_goes_with_the_thing_that_was_made_again():
    again = Done(step="0.undo", params=KEPT["0.undo"][0], saved=IDS, undo=KEPT)
    disabled = Done(step="0.undo.also0", params=KEPT["0.undo.also0"][0], saved=IDS)
    row, _ = plan_one(DELETE, {"queue": "Desk"}, instance(queue()), again, disabled)
    (call,) = row.calls
    assert (row.action, call.step, call.operation) == (Action.DELETE, "0", "DeleteQueue")
    assert call.params == {**HERE, "QueueId": "q1"}
    assert call.undo == KEPT


def test_what_an_undo_made_again_is_what_its_own_undo_would_delete():
    again = Done(step="0.undo", params=KEPT["0.undo"][0], saved=IDS, undo=KEPT)
    disabled = Done(step="0.undo.also0", params=KEPT["0.undo.also0"][0], saved=IDS)
    there = instance(queue())
    row = {"queue": "Desk"}
    assert would_delete(DELETE, row, there, again, disabled) == {"": {"queue": {"q1"}}}
    assert would_delete(DELETE, row, there, disabled) == {}


def test_what_was_deleted_is_made_again_and_then_disabled():
    gone = Done(step="0", params={**HERE, "QueueId": "q1"}, saved={}, undo=KEPT)
    row, _ = plan_one(DELETE, {"queue": "Desk"}, instance(), gone)
    assert [(call.step, call.params) for call in row.calls] == [
        (address, KEPT[address][0]) for address in ("0.undo", "0.undo.also0")
    ]


def test_what_was_deleted_without_being_kept_is_not_made_again():
    gone = Done(step="0", params={**HERE, "QueueId": "q1"}, saved={})
    row, _ = plan_one(DELETE, {"queue": "Desk"}, instance(), gone)
    assert (row.action, row.calls, row.problem.code) == (Action.CONFLICT, (), "not-known")


def test_what_is_known_by_its_name_has_that_of_its_call_for_an_id():
    step = load("create-predefined-attributes").job.steps[0]
    assert subject_id(step, {**HERE, "Name": "Skill", "Values": {}}, {}) == "Skill"
    nameless = replace(step, args={"Values": step.args["Values"]})
    assert subject_id(nameless, {**HERE, "Values": {}}, {}) == ""
