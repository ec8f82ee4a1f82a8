"""Steps that bring a thing into a state, and set no value of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Column, Find, Held, Job, Look, Step
from bulkops.definition.catalogue import load
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.thing_kinds import KINDS
from bulkops.engine.calls.sightings import Sighting, sight_of_changed
from bulkops.planning.calls.inverse import Done, invert
from bulkops.planning.diff.led_states import is_led
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from bulkops.planning.undo.undo_state import PastCall, Standing, undo_state
from tests.planning.paper import inventory_of
from tests.planning.test_named_things import only

FORM = Find("evaluation-form", Col("form"))
ARGS = {"EvaluationFormId": FORM, "EvaluationFormVersion": Held("EvaluationFormVersion")}
ACTIVATE = Step(
    operation="ActivateEvaluationForm",
    subject=FORM,
    args=ARGS,
    leads_to={"ActiveVersion": Held("EvaluationFormVersion")},
    settle=Look(),
    undo=Step(
        operation="DeactivateEvaluationForm",
        subject=FORM,
        args=ARGS,
        leads_to={"ActiveVersion": None},
    ),
)
JOB = Job(
    name="activate",
    summary="Activate.",
    key=("form",),
    columns=(Column(name="form", help="The form.", required=True),),
    steps=(ACTIVATE,),
)
KIND = KINDS["evaluation-form"]


def forms(**state):
    thing = Thing(id="f1", name="Calls", state=state, described=True)
    return inventory_of(**{"evaluation-form": [thing]})


def planned(**state):
    row, _ = only(JOB, forms(**state), {"form": "Calls"})
    return row


def activated(active):
    (call,) = planned(EvaluationFormVersion=3, ActiveVersion=active).calls
    return Done(step=call.step, params=call.params, saved={}, undo=call.undo)


def test_the_job_is_without_fault():
    assert list(faults_of(JOB)) == []


def test_what_is_so_already_is_not_sent():
    row = planned(EvaluationFormVersion=3, ActiveVersion=3)
    assert (row.action, row.calls) == (Action.NONE, ())


@pytest.mark.parametrize(
    ("active", "shown", "undo"),
    [
        (2, "ActiveVersion: 2 → 3", {"EvaluationFormVersion": 2}),
        (None, "ActiveVersion: ∅ → 3", None),
    ],
)
def test_what_is_not_so_is_shown_and_led_there_with_the_state_that_it_needs(active, shown, undo):
    row = planned(EvaluationFormVersion=3, ActiveVersion=active)
    assert [str(each) for each in row.changes] == [shown]
    (call,) = row.calls
    asked = {"InstanceId": "i-1", "EvaluationFormId": "f1"}
    assert call.params == {**asked, "EvaluationFormVersion": 3}
    assert call.undo == (undo and {**asked, **undo})


def test_a_constant_is_led_to_as_well():
    step = Step(
        operation="ActivateEvaluationForm",
        subject=FORM,
        args=ARGS,
        leads_to={"Status": "ACTIVE"},
        irreversible="It was a test.",
    )
    job = Job(name="j", summary="J.", key=("form",), columns=JOB.columns, steps=(step,))
    there = forms(EvaluationFormVersion=1, Status="DRAFT")
    row, _ = only(job, there, {"form": "Calls"})
    assert [str(each) for each in row.changes] == ["Status: DRAFT → ACTIVE"]
    row, _ = only(job, forms(EvaluationFormVersion=1, Status="ACTIVE"), {"form": "Calls"})
    assert row.action is Action.NONE


@pytest.mark.parametrize(
    ("active", "seen"), [(3, Sighting.AS_SENT), (2, Sighting.AS_BEFORE), (None, Sighting.AS_BEFORE)]
)
def test_a_look_tells_by_the_state_whether_a_lost_answer_meant_success(active, seen):
    state = {"EvaluationFormVersion": 3, "ActiveVersion": active}
    thing = Thing(id="f1", name="Calls", state=state, described=True)
    done = activated(2)
    assert sight_of_changed(ACTIVATE, done.params, done.undo, thing, KIND).seen is seen


@pytest.mark.parametrize(
    ("before", "now", "standing"),
    [
        (2, 3, Standing.AS_SET),
        (2, 2, Standing.BEFORE),
        (2, 4, Standing.CHANGED),
        (None, 3, Standing.AS_SET),
        (None, None, Standing.BEFORE),
    ],
)
def test_what_somebody_has_led_elsewhere_since_is_not_taken_back(before, now, standing):
    done = activated(before)
    inverse = invert(JOB, done, {"instance": "i-1"}, frozenset())
    past = PastCall(
        service="connect",
        step=ACTIVATE,
        done=done,
        inverse=inverse,
        name="Calls",
        inventory=forms(EvaluationFormVersion=4, ActiveVersion=now),
    )
    assert undo_state(past).standing is standing


def test_the_version_before_is_activated_again_and_where_there_was_none_it_is_deactivated():
    back = invert(JOB, activated(2), {"instance": "i-1"}, frozenset())
    assert (back.address, back.params["EvaluationFormVersion"]) == ("0", 2)
    back = invert(JOB, activated(None), {"instance": "i-1"}, frozenset())
    assert (back.address, back.step.operation) == ("0.undo", "DeactivateEvaluationForm")
    assert back.params["EvaluationFormVersion"] == 3


def test_a_place_that_no_state_of_the_kind_has_is_a_fault():
    step = Step(
        operation="ActivateEvaluationForm", subject=FORM, args=ARGS, leads_to={"Activ": True}
    )
    job = Job(name="j", summary="J.", key=("form",), columns=JOB.columns, steps=(step,))
    assert [fault for fault in faults_of(job) if "an evaluation form has no Activ." in fault]


def test_what_is_exported_are_the_things_that_are_so():
    thing = Thing(id="f1", name="Calls", state={"EvaluationFormVersion": 3, "ActiveVersion": 3})
    other = replace(thing, state={"EvaluationFormVersion": 3})
    assert is_led(ACTIVATE, thing, KIND, described=True)
    assert not is_led(ACTIVATE, other, KIND, described=True)
    inventory = inventory_of(**{"evaluation-form": [replace(thing, described=True)]})
    inventory_off = inventory_of(**{"evaluation-form": [replace(other, described=True)]})
    assert [*Exporter(JOB, inventory, None).rows()] == [("Calls",)]
    assert [*Exporter(JOB, inventory_off, None).rows()] == []


VERSIONS = load("update-evaluation-forms").job


QUESTION = {"Title": "Remarks", "RefId": "q", "QuestionType": "TEXT"}
ITEMS = [{"Section": {"Title": "All", "RefId": "s", "Items": [{"Question": QUESTION}]}}]


def version(description):
    state = {"EvaluationFormVersion": 1, "Title": "Calls", "Description": "Old", "Items": ITEMS}
    row, _ = only(VERSIONS, forms(**state), {"form": "Calls", "description": description})
    return row


def test_a_constant_that_no_state_tells_is_no_difference_beside_what_is_so():
    assert version("Old").action is Action.NONE
    row = version("New")
    assert [str(each) for each in row.changes] == ["description: Old → New"]
    assert row.calls[0].params["CreateNewVersion"] is True
    assert row.calls[0].params["EvaluationFormVersion"] == 1


@pytest.mark.parametrize(
    ("description", "standing"), [("New", Standing.AS_SET), ("Newer", Standing.CHANGED)]
)
def test_a_new_version_is_deleted_again_unless_somebody_has_changed_it(description, standing):
    (call,) = version("New").calls
    done = Done(step=call.step, params=call.params, saved={"version": 2}, undo=call.undo)
    inverse = invert(VERSIONS, done, {"instance": "i-1"}, frozenset())
    assert (inverse.step.operation, inverse.params["EvaluationFormVersion"]) == (
        "DeleteEvaluationForm",
        2,
    )
    past = PastCall(
        service="connect",
        step=VERSIONS.steps[0],
        done=done,
        inverse=inverse,
        name="Calls",
        inventory=forms(
            EvaluationFormVersion=2, Title="Calls", Description=description, Items=ITEMS
        ),
    )
    assert undo_state(past).standing is standing
