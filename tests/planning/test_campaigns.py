"""Things that are brought from one state to another, and things of several sorts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulkops.definition import Col, Empty, Step
from bulkops.definition.catalogue import load
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.job_description import describe
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.inverse import Done, invert
from bulkops.planning.diff.comparison import as_sent
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Thing
from bulkops.planning.plan import Action
from bulkops.planning.sorts import Sorts
from bulkops.planning.undo.undo_state import PastCall, Standing, undo_state
from tests.planning.paper import inventory_of
from tests.planning.test_named_things import only

KIND = KINDS["campaign"]
PAUSE, STOP, START = (load(f"{word}-campaigns").job for word in ("pause", "stop", "start"))
CREATE, UPDATE, DELETE = (load(f"{word}-campaigns").job for word in ("create", "update", "delete"))
VOICE = {"defaultOutboundConfig": {"connectContactFlowId": "f1"}}
AGENTLESS = {"telephony": {"outboundMode": {"agentless": {}}, **VOICE}}
PROGRESSIVE = {
    "telephony": {"outboundMode": {"progressive": {"bandwidthAllocation": 0.5}}, **VOICE}
}


def campaigns(**members):
    thing = Thing(id="c1", name="Offers", state=members, described=True)
    return inventory_of(campaign=[thing], **{"contact-flow": [Thing(id="f1", name="Hello")]})


def row_of(job, cells=None, **members):
    row, _ = only(job, campaigns(**members), {"campaign": "Offers", **(cells or {})})
    return row


@pytest.mark.parametrize(
    ("job", "state", "action"),
    [
        (PAUSE, "Running", Action.UPDATE),
        (PAUSE, "Paused", Action.NONE),
        (PAUSE, "Initialized", Action.CONFLICT),
        (START, "Initialized", Action.UPDATE),
        (START, "Paused", Action.CONFLICT),
        (STOP, "Paused", Action.UPDATE),
        (DELETE, "Stopped", Action.DELETE),
        (DELETE, "Running", Action.CONFLICT),
    ],
)
def test_a_deed_is_sent_for_a_state_that_it_leads_out_of(job, state, action):
    row = row_of(job, state=state, channelSubtypeConfig=AGENTLESS)
    assert row.action is action
    if action is Action.CONFLICT:
        assert row.problem.found == state
        assert f'the outbound campaign "Offers" is {state}' in row.problem.message


def test_what_would_only_change_before_the_start_is_a_conflict_after_it():
    asked = {"segment": "arn:aws:profile:eu-west-1:123456789012:domains/d/segment-definitions/s"}
    there = {"source": {"customerProfilesSegmentArn": asked["segment"]}}
    assert row_of(UPDATE, asked, state="Running", **there).action is Action.NONE
    assert row_of(UPDATE, asked, state="Running").action is Action.CONFLICT
    assert row_of(UPDATE, asked, state="Initialized").action is Action.UPDATE


def past(now):
    (call,) = row_of(PAUSE, state="Running").calls
    done = Done(step=call.step, params=call.params, saved={}, undo=call.undo)
    inverse = invert(PAUSE, done, {"instance": "i-1"}, frozenset())
    assert inverse.step.operation == "ResumeCampaign"
    return PastCall(
        service=PAUSE.service,
        step=PAUSE.steps[0],
        done=done,
        inverse=inverse,
        name="Offers",
        inventory=campaigns(state=now),
    )


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("Paused", Standing.AS_SET),
        ("Running", Standing.BEFORE),
        ("Stopped", Standing.CHANGED),
    ],
)
def test_what_is_no_longer_paused_is_not_resumed(now, standing):
    assert undo_state(past(now)).standing is standing


def agentless(**more):
    return {"channel": "AGENTLESS", "flow": "Hello", **more}


def test_a_thing_of_another_sort_differs_by_that_alone():
    assert row_of(CREATE, agentless(), channelSubtypeConfig=AGENTLESS).action is Action.NONE
    row = row_of(CREATE, agentless(), channelSubtypeConfig=PROGRESSIVE)
    assert row.action is Action.CONFLICT
    assert "agentless" in row.problem.message


def test_a_look_tells_one_sort_from_another():
    step = next(each for each in CREATE.steps if each.only_if == ("channel", "AGENTLESS"))
    params = {"name": "Offers", "channelSubtypeConfig": AGENTLESS}
    for there, same in ((AGENTLESS, True), (PROGRESSIVE, False)):
        state = {"name": "Offers", "channelSubtypeConfig": there}
        thing = Thing(id="c1", name="Offers", state=state, described=True)
        assert as_sent(step, params, thing, KIND) is same


@pytest.mark.parametrize(
    ("config", "sort"),
    [(AGENTLESS, "AGENTLESS"), (PROGRESSIVE, "PROGRESSIVE"), ({}, ""), ({"sms": {}}, "")],
)
def test_a_sort_is_told_by_the_structures_that_only_it_has(config, sort):
    found = Sorts(CREATE).of({"channelSubtypeConfig": config}, KIND, described=True)
    assert found == sort
    assert Sorts(load("create-quick-connects").job).column == ""
    assert Sorts(PAUSE).column == ""


def exported(job, **members):
    exporter = Exporter(job, campaigns(**members), None, described=True, fixed={})
    names = [column.name for column in job.columns]
    rows = [dict(zip(names, row, strict=True)) for row in exporter.rows()]
    return [{name: text for name, text in row.items() if text} for row in rows], exporter.notes


def test_an_export_says_the_sort_and_leaves_out_what_is_of_none():
    rows, _ = exported(CREATE, channelSubtypeConfig=PROGRESSIVE)
    assert rows == [
        {"campaign": "Offers", "channel": "PROGRESSIVE", "bandwidth": "0.5", "flow": "Hello"}
    ]
    assert exported(CREATE, channelSubtypeConfig={})[0] == []


def test_an_export_of_those_to_pause_is_of_those_that_are_paused():
    assert exported(PAUSE, state="Paused")[0] == [{"campaign": "Offers"}]
    assert exported(PAUSE, state="Running")[0] == []


def test_a_row_that_would_set_nothing_is_left_out_of_an_export():
    rows, notes = exported(UPDATE, state="Initialized")
    assert (rows, notes) == ([], ("1 row is left out: it has nothing of what the job sets",))
    thing = Thing(id="c2", name="Others", state={}, described=True)
    two = inventory_of(campaign=[thing, replace(thing, id="c3", name="More")])
    exporter = Exporter(UPDATE, two, None, described=True, fixed={})
    assert list(exporter.rows()) == []
    assert exporter.notes == ("2 rows are left out: they have nothing of what the job sets",)


def test_a_job_says_for_which_states_it_is():
    (operation,) = describe(STOP).operations
    assert "where its state is Running or Paused" in operation.when


def test_a_state_that_is_none_is_a_fault():
    step = STOP.steps[0]
    wrong = (
        (("state", ("Walking",)), "Walking is not one of Initialized, Running"),
        (("stat", ("Running",)), "has not: stat."),
    )
    for said, fault in wrong:
        job = replace(STOP, steps=(replace(step, only_from=said),))
        assert any(fault in each for each in faults_of(job))
    alone = replace(STOP, steps=(replace(step, subject=None, leads_to={}),))
    assert any("has not: state." in each for each in faults_of(alone))


def test_rows_share_calls_where_each_goes_through_one_step_alone():
    job = load("put-outbound-requests").job
    assert faults_of(job) == ()
    first, second, _ = job.steps
    for steps in ((first, replace(second, only_if=None)), (first, first)):
        faults = faults_of(replace(job, steps=steps))
        assert any("the only step of each row" in each for each in faults)


def test_an_undo_step_may_make_a_choice_that_says_all_by_being_there():
    config = {"telephony": {"outboundMode": {"agentless": Empty()}}}
    args = {"name": Col("campaign"), "channelSubtypeConfig": config}
    undo = Step(operation="CreateCampaign", args=args)
    job = replace(STOP, steps=(replace(STOP.steps[0], irreversible="", undo=undo),))
    back = invert(job, Done(step="0", params={"id": "c1"}, saved={}), {}, frozenset())
    assert back.params == {
        "channelSubtypeConfig": {"telephony": {"outboundMode": {"agentless": {}}}}
    }
