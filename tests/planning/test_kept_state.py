from __future__ import annotations

import pytest

from bulkops.definition import Again, Col, Column, Find, Job, Step, Was
from bulkops.definition.catalogue import load
from bulkops.definition.expressions import Each, kept_before
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.planning.calls.inverse import Done, invert, params_before
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from bulkops.planning.rows.clear_values import emptied
from bulkops.planning.undo.undo_state import PastCall, Standing, undo_state
from tests.planning.paper import inventory_of
from tests.planning.test_named_things import only

ON = load("associate-phone-number-flows").job
OFF = load("disassociate-phone-number-flows").job
FLOWS = [Thing(id="f1", name="Day"), Thing(id="f2", name="Night")]
NONE = frozenset()


def numbers(state):
    whole = None if state is None else {"PhoneNumber": "+15", **state}
    there = Thing(id="n1", name="+15", state=whole, described=True)
    return inventory_of(**{"phone-number": [there], "contact-flow": FLOWS})


def planned(job, state, flow="Night"):
    cells = {"phone_number": "+15"} | ({"flow": flow} if job is ON else {})
    row, problems = only(job, numbers(state), cells)
    return row, problems


def back(job, call, saved=()):
    done = Done(step=call.step, params=call.params, saved=dict(saved), undo=call.undo)
    return invert(job, done, {"instance": "i-1"}, NONE)


def test_a_number_that_leads_there_already_needs_nothing():
    row, _ = planned(ON, {"ContactFlowId": "f2"})
    assert (row.action, row.calls) == (Action.NONE, ())


def test_the_flow_from_before_is_put_back_by_the_same_operation():
    row, _ = planned(ON, {"ContactFlowId": "f1"})
    assert [str(each) for each in row.changes] == ["flow: Day → Night"]
    inverse = back(ON, row.calls[0])
    assert (inverse.address, inverse.step.operation) == ("0", "AssociatePhoneNumberContactFlow")
    assert inverse.params["ContactFlowId"] == "f1"
    assert inverse.undo == row.calls[0].params


def test_where_there_was_none_the_flow_is_taken_away_by_the_undo_step():
    row, _ = planned(ON, {})
    assert [str(each) for each in row.changes] == ["flow: ∅ → Night"]
    (call,) = row.calls
    assert call.undo is None
    inverse = back(ON, call)
    assert (inverse.address, inverse.params) == (
        "0.undo",
        {"PhoneNumberId": "n1", "InstanceId": "i-1"},
    )


def test_what_is_set_and_taken_away_by_two_operations_is_not_emptied_by_one():
    assert emptied("connect", ON.steps[0], "ContactFlowId") is None


def test_a_number_that_leads_nowhere_needs_no_removal():
    row, _ = planned(OFF, {})
    assert (row.action, row.calls) == (Action.NONE, ())


def test_what_a_removal_takes_away_is_kept_and_put_back():
    row, _ = planned(OFF, {"ContactFlowId": "f1"})
    assert [str(each) for each in row.changes] == ["flow: Day → ∅"]
    (call,) = row.calls
    whole = {"PhoneNumberId": "n1", "InstanceId": "i-1", "ContactFlowId": "f1"}
    assert call.undo == whole
    inverse = back(OFF, call)
    assert (inverse.address, inverse.params) == ("0.undo", whole)


def test_only_an_undo_step_sends_what_was_before():
    number = Find("phone-number", Col("number"))
    args = {"PhoneNumberId": number, "ContactFlowId": Was("ContactFlowId")}
    job = Job(
        name="wrong",
        summary="Wrong.",
        key=("number",),
        columns=(Column(name="number", help="A number.", required=True),),
        steps=(
            Step(
                operation="AssociatePhoneNumberContactFlow",
                subject=number,
                args=args,
                settle=Again(),
            ),
        ),
    )
    said = "sends what was before: only an undo step does."
    assert [fault for fault in faults_of(job) if said in fault]


def test_what_is_kept_is_found_inside_structures_and_lists():
    inside = {"A": {"B": Was("x")}, "C": Each(Was("y")), "D": "z"}
    assert list(kept_before(inside)) == [Was("x"), Was("y")]


def test_a_step_without_an_undo_step_keeps_nothing():
    job = load("release-phone-numbers").job
    assert job.steps[0].kept == ()
    with pytest.raises(KeyError):
        params_before(job, "0", {}, {}, {"instance": "i"})


def test_what_is_not_known_is_kept_neither_way():
    """No state of a queue tells of a flow that its number leads to."""
    queue = Find("queue", Col("queue"))
    step = Step(
        operation="AssociatePhoneNumberContactFlow",
        subject=queue,
        args={"PhoneNumberId": queue, "ContactFlowId": Find("contact-flow", Col("flow"))},
        settle=Again(),
        undo=Step(operation="DisassociatePhoneNumberContactFlow", args={"PhoneNumberId": queue}),
    )
    columns = tuple(Column(name=name, help="It.") for name in ("queue", "flow"))
    job = Job(name="odd", summary="Odd.", key=("queue",), columns=columns, steps=(step,))
    there = inventory_of(queue=[Thing(id="q", name="Q", state={})], **{"contact-flow": FLOWS})
    row, _ = only(job, there, {"queue": "Q", "flow": "Day"})
    inverse = back(job, row.calls[0])
    assert inverse.address == "0"
    assert "ContactFlowId" not in inverse.params  # so that nothing can be sent


def standing(job, before, now):
    """Return how a call made on a number in one state stands where it is in another by now."""
    row, _ = planned(job, before)
    (call,) = row.calls
    done = Done(step=call.step, params=call.params, saved={}, undo=call.undo)
    return undo_state(
        PastCall(
            service="connect",
            step=job.step(call.step),
            done=done,
            inverse=back(job, call),
            name="+15",
            inventory=numbers(now),
        )
    ).standing


DAY, NIGHT, NOWHERE = {"ContactFlowId": "f1"}, {"ContactFlowId": "f2"}, {}


@pytest.mark.parametrize(
    ("job", "before", "now", "expected"),
    [
        (ON, DAY, NIGHT, Standing.AS_SET),
        (ON, DAY, DAY, Standing.BEFORE),
        (ON, DAY, NOWHERE, Standing.CHANGED),
        (ON, NOWHERE, NIGHT, Standing.AS_SET),
        (ON, NOWHERE, NOWHERE, Standing.BEFORE),
        (ON, NOWHERE, DAY, Standing.CHANGED),
        (OFF, DAY, NOWHERE, Standing.AS_SET),
        (OFF, DAY, DAY, Standing.BEFORE),
        (OFF, DAY, NIGHT, Standing.CHANGED),
    ],
)
def test_a_flow_is_put_back_only_where_nobody_has_changed_it_since(job, before, now, expected):
    assert standing(job, before, now) is expected
