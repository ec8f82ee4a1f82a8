"""A row that says what its thing must be, and a thing that is otherwise by now."""

from __future__ import annotations

import pytest

from bulkops.definition.access import actions
from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of
from bulkops.definition.job import Column, Job, Step
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.definition.kinds.found_things import Col, Find
from bulkops.definition.settling_ways import Look
from bulkops.planning.export_rows import Exporter
from bulkops.planning.export_scope import wants_of
from bulkops.planning.inventory import Thing
from bulkops.planning.lookups import Gatherer
from bulkops.planning.plan import Action
from bulkops.planning.rows.typed_rows import TypedRow
from tests.planning.paper import checked, inventory_of, order_of, planned, said, sheet_of

QUEUE = Find("queue", Col("queue"))
HOURS = Find("hours-of-operation", Col("hours"))


def job_of(expects, **more):
    return Job(
        name="remove-queues",
        summary="Remove queues.",
        key=("queue",),
        columns=(
            Column(name="queue", required=True, help="The queue."),
            Column(name="status", help="What it must be.", spellings={"DISABLED": ("off",)}),
            Column(name="hours", help="The hours that it must have."),
        ),
        steps=(
            Step(
                operation="DeleteQueue",
                subject=QUEUE,
                args={"QueueId": QUEUE},
                expects=expects,
                settle=Look(),
                irreversible="It is gone.",
                **more,
            ),
        ),
    )


JOB = job_of({"Status": Col("status"), "HoursOfOperationId": HOURS})


def centre(**state):
    there = {"Status": "DISABLED", "HoursOfOperationId": "hours-of-operation/Day", **state}
    old = Thing(id="q1", name="Old", arn_form="arn:\0", state=there)
    silent = Thing(id="q2", name="Silent")
    return inventory_of(queue=(old, silent), hours_of_operation=("Day", "Night"))


def only(inventory, **cells):
    (row,), _, planner = planned(order_of(JOB, sheet_of(cells)), inventory)
    return row, planner


@pytest.mark.parametrize(
    "cells",
    [{}, {"status": "disabled"}, {"status": "off"}, {"hours": "Day"}],
)
def test_what_is_as_the_row_says_is_deleted(cells):
    row, _ = only(centre(), queue="Old", **cells)
    assert (row.action, [call.operation for call in row.calls]) == (Action.DELETE, ["DeleteQueue"])


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"status": "Enabled"}, "status is DISABLED, and the row says ENABLED"),
        ({"hours": "Night"}, "hours is Day, and the row says Night"),
    ],
)
def test_what_is_otherwise_by_now_is_left_alone_and_it_is_said_how(cells, says):
    row, planner = only(centre(), queue="Old", **cells)
    assert (row.action, row.calls, planner.problems) == (Action.CONFLICT, (), [])
    assert row.problem.code == "not-as-expected"
    assert says in str(row.problem)


def test_what_can_not_be_seen_is_not_taken_to_be_as_expected():
    row, _ = only(inventory_of(queue=(Thing(id="q1", name="Old", state={}),)), queue="Old")
    assert row.action is Action.DELETE
    hidden, planner = only(centre(), queue="Silent", status="DISABLED")
    assert (hidden.calls, said(planner.problems)) == ((), [("not-visible", "Users!A2")])
    row, _ = only(centre(Status=None), queue="Old", status="DISABLED")
    assert row.action is Action.CONFLICT


def test_an_expected_name_that_means_nothing_is_a_problem_of_its_cell():
    row, planner = only(centre(), queue="Old", hours="night")
    assert (row.calls, said(planner.problems)) == ((), [("unknown-name", "Users!B2")])
    assert "Night" in planner.problems[0].hint


def test_a_cell_may_say_only_what_the_thing_can_be_and_not_nothing():
    assert facts_of(JOB, "status").value.one_of == ("ENABLED", "DISABLED")
    assert facts_of(JOB, "hours").finds == "hours-of-operation"
    assert checked(JOB, {"queue": "Old", "status": "gone"}) == [("not-a-choice", "Users!B2")]
    ((_, place),) = checked(JOB, {"queue": "Old", "status": "clear!"})
    assert place == "Users!B2"


def test_a_state_is_read_for_what_is_expected_and_exported_to_be_run_back():
    gatherer = Gatherer(JOB, "fail")
    values = {"queue": "Old", "status": "DISABLED"}
    gatherer.add(TypedRow(number=2, key="Old", target="", values=values, cells=()))
    want = gatherer.wants().kinds["queue"]
    assert want.state
    assert want.members >= {"Status", "HoursOfOperationId"}
    assert wants_of(JOB).kinds["queue"].state
    rows = list(Exporter(JOB, centre(), None).rows(frozenset({"Old"})))
    assert rows == [("Old", "DISABLED", "Day")]


def test_it_is_said_and_permitted():
    (step,) = describe(JOB).operations
    assert step.when == "where it is still as the row says (status, hours)"
    assert "connect:SearchQueues" in {each.action for each in actions(JOB)}


def test_wrong_words_are_caught():
    assert faults_of(JOB) == ()
    (wrong,) = faults_of(job_of({"State": Col("status"), "HoursOfOperationId": HOURS}))
    assert wrong == "step 0 (DeleteQueue): a queue has no State."
    faults = faults_of(job_of({"Status": Col("stat"), "HoursOfOperationId": HOURS}))
    assert any("there is no column stat" in fault for fault in faults)
    assert "column status is not used by any step." in faults


def test_what_only_describe_tells_is_described_where_a_row_expects_it():
    profile = Find("routing-profile", Col("profile"))
    job = Job(
        name="remove-profiles",
        summary="Remove profiles.",
        key=("profile",),
        columns=(
            Column(name="profile", required=True, help="The profile."),
            Column(name="longest_idle", help="What it must be."),
        ),
        steps=(
            Step(
                operation="DeleteRoutingProfile",
                subject=profile,
                args={"RoutingProfileId": profile},
                expects={"AgentAvailabilityTimer": Col("longest_idle")},
                irreversible="It is gone.",
            ),
        ),
    )
    gatherer = Gatherer(job, "fail")
    for number, more in enumerate(({}, {"longest_idle": "TIME_SINCE_LAST_ACTIVITY"})):
        values = {"profile": f"P{number}", **more}
        gatherer.add(TypedRow(number=number, key="", target="", values=values, cells=()))
    assert gatherer.wants().kinds["routing-profile"].described == {"P1"}


def test_it_is_said_that_undo_makes_a_thing_again_under_another_id():
    (step, *_) = describe(load("delete-queues").job).operations
    assert step.undo == "undone by CreateQueue, as it was but for its id"
    assert step.reversible


@pytest.mark.parametrize("on_exists", ["fail", "skip", "update"])
@pytest.mark.parametrize(
    ("status", "says"),
    [
        ({"Status": "FAILED", "Message": "The limit was reached."}, "FAILED, The limit was reache"),
        ({"Status": "FAILED"}, "came to nothing: FAILED"),
    ],
)
def test_what_is_listed_and_was_made_in_vain_is_not_taken_for_made(status, says, on_exists):
    job, number = load("claim-phone-numbers").job, "+35315552001"
    status = dict(status)
    state = {"PhoneNumberStatus": status, "PhoneNumberDescription": "Desk"}
    there = inventory_of(phone_number=(Thing(id="n1", name=number, state=state),))
    cells = {"phone_number": number, "description": "Desk"}
    order = order_of(job, sheet_of(cells), on_exists=on_exists)
    (row,), _, planner = planned(order, there)
    assert (row.action, row.calls, planner.problems) == (Action.CONFLICT, (), [])
    assert row.problem.code == "made-in-vain"
    assert says in str(row.problem)
    status["Status"] = "CLAIMED"
    (made,), _, _ = planned(order, there)
    assert (made.action, made.calls) == (Action.NONE, ())
