from __future__ import annotations

from dataclasses import replace

from bulkops.definition.catalogue import load
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.model.member_paths import EACH
from bulkops.definition.relations import RELATIONS
from bulkops.definition.thing_kinds import KINDS
from bulkops.planning.calls.argument import LATER, Argument
from bulkops.planning.calls.held_values import as_held, with_held
from bulkops.planning.diff.entry_comparison import entry_of
from bulkops.planning.diff.merge import undo_of_update
from bulkops.planning.rows.clear_values import emptied

JOB = load("delete-data-table-values").job
STEP = JOB.steps[0]
LOCK = ("Values", EACH, "LockVersion")
NOW = {"Value": "v2"}


def place(*, season_first=False):
    pairs = [("Country", "IE"), ("Season", "summer")]
    named = [{"AttributeName": name, "Value": value} for name, value in pairs]
    return {"AttributeName": "Price", "PrimaryValues": named[::-1] if season_first else named}


def test_what_an_entry_holds_is_sent_in_place_of_what_is_not_known_yet():
    name = Argument(("Values", EACH, "AttributeName"), "Price", "attribute")
    given = [name, Argument(LOCK, LATER, addresses=True)]
    assert as_held(STEP, given, {"LockVersion": NOW}) == [
        name,
        Argument(LOCK, NOW, addresses=True),
    ]
    assert as_held(STEP, given, {}) == [name]


def test_what_takes_a_call_back_sends_what_the_entry_holds_by_then():
    params = {"DataTableId": "t", "Values": [{"AttributeName": "Price", "LockVersion": {}}]}
    now = with_held(STEP, params, {"LockVersion": NOW})
    assert now == {
        "DataTableId": "t",
        "Values": [{"AttributeName": "Price", "LockVersion": NOW}],
    }
    assert with_held(STEP, params, None)["Values"] == [{"AttributeName": "Price"}]
    assert with_held(STEP.undo, params, {"LockVersion": NOW}) == params


def test_a_step_that_is_about_no_entry_holds_nothing_of_one():
    wrong = replace(STEP, subject=None, irreversible="", undo=None)
    faults = faults_of(replace(JOB, steps=(wrong,)))
    assert any("sends what an entry holds, but is about none" in fault for fault in faults)


def test_a_record_is_the_same_in_whichever_order_its_primary_values_are_named():
    there = [{**place(season_first=True), "Value": "12"}, {**place(), "AttributeName": "Note"}]
    relation = RELATIONS["data-table-value"]
    assert entry_of(relation, place(), there) is there[0]
    alone = {"AttributeName": "Price"}
    assert entry_of(relation, alone, there) is None
    default = {"AttributeName": "Price", "PrimaryValues": [], "Value": "1"}
    assert entry_of(relation, alone, [default]) is default


def test_what_an_operation_that_sets_all_leaves_out_is_emptied():
    step = load("update-data-tables").job.steps[0]
    assert emptied("connect", step, "Description").value is None
    assert emptied("connect", step, "TimeZone") is None


def test_an_undo_of_what_sets_all_leaves_out_again_what_was_not_there():
    step = load("update-data-table-attributes").job.steps[0]
    state = {"Name": "Note", "ValueType": "TEXT", "Validation": {"MaxLength": 40}}
    switched = [Argument(("Validation", "IgnoreCase"), True, "ignore_case")]
    kind = KINDS["data-table-attribute"]
    back = undo_of_update("connect", step, switched, state, kind, described=True)
    assert {each.path: each.value for each in back} == {
        ("Validation", "IgnoreCase"): None,
        ("Validation", "MaxLength"): 40,
        ("Name",): "Note",
        ("ValueType",): "TEXT",
    }
