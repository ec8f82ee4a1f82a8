"""Texts of JSON that a row's cells make, and that are read back into them."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bulkops.definition import Col, Find, JsonText
from bulkops.definition.catalogue import load
from bulkops.definition.column_facts import facts_of
from bulkops.definition.expressions import leaves
from bulkops.definition.job_checks.job_faults import faults_of
from bulkops.definition.rule_columns import SAID
from bulkops.planning.calls.inverse import Done, invert
from bulkops.planning.calls.json_texts import json_text, values_in
from bulkops.planning.calls.placeholders import fill, from_json, to_json
from bulkops.planning.diff.alike import is_alike
from bulkops.planning.export_rows import Exporter
from bulkops.planning.inventory import Thing
from bulkops.planning.needs import needs_in
from bulkops.planning.plan import Action, Need, Placeholder
from bulkops.planning.undo.undo_state import PastCall, Standing, undo_state
from tests.planning.paper import inventory_of
from tests.planning.test_named_things import only

JOB = load("create-contact-categories").job
WORDS, QUEUE, WHO = Col("words"), Find("queue", Col("queues")), Col("who")
TEXT = JsonText(
    {"Any": ({"Of": WORDS, "By": {"Who": WHO}, "Not": False}, {"In": QUEUE}), "Version": 1}
)
CALL = "OnPostCallAnalysisAvailable"
CATEGORY = {"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}
WHOLE = {"Any": [{"Of": ["a"], "By": {"Who": "AGENT"}, "Not": False}], "Version": 1}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, None),
        ({WORDS: ["a"]}, {"Any": [{"Of": ["a"], "Not": False}], "Version": 1}),
        ({WORDS: ["a"], WHO: "AGENT"}, WHOLE),
        (
            {WORDS: ["a"], QUEUE: ["q1"]},
            {"Any": [{"Of": ["a"], "Not": False}, {"In": ["q1"]}], "Version": 1},
        ),
        ({QUEUE: [Placeholder(kind="found")]}, {"Any": [{"In": ["…"]}], "Version": 1}),
    ],
)
def test_what_depends_on_blank_cells_is_left_out(given, said):
    text = json_text(TEXT, given)
    assert (None if text is None else json.loads(text)) == said
    if said is not None and "…" not in text:
        assert values_in(TEXT, text) == given


@pytest.mark.parametrize(
    "text",
    [
        "no JSON",
        "[]",
        json.dumps({**WHOLE, "Version": 2}),
        json.dumps({**WHOLE, "More": 1}),
        json.dumps({"Any": WHOLE["Any"]}),
        json.dumps({**WHOLE, "Any": {}}),
        json.dumps({**WHOLE, "Any": [*WHOLE["Any"], *WHOLE["Any"]]}),
        json.dumps({**WHOLE, "Any": ["a"]}),
    ],
)
def test_what_a_form_can_t_give_is_not_read(text):
    assert values_in(TEXT, text) is None


def test_a_list_lacks_no_constant():
    text = JsonText(("fixed", {"Of": WORDS}))
    assert values_in(text, '["fixed"]') is None
    assert values_in(text, '["fixed", {"Of": 1}]') == {WORDS: 1}
    assert values_in(text, '[{"Of": 1}]') is None


def test_a_text_is_filled_from_what_stands_in_it():
    assert list(leaves(TEXT)) == [WORDS, WHO, QUEUE]
    assert facts_of(JOB, "said_by").value.one_of == ("AGENT", "CUSTOMER")
    assert facts_of(JOB, "queues").finds == "queue"
    assert facts_of(JOB, "words").value.one_of == ()


def test_texts_of_one_structure_are_alike():
    assert is_alike('{"a": [1, 2]}', '{ "a":[1,2] }')
    assert not is_alike('{"a": 1}', '{"a": 2}')
    assert not is_alike('{"a": 1}', '{"a": 1')
    assert not is_alike('{"a": 1}', "a")


def rules(**changed):
    function = json_text(SAID[CALL], {WORDS: ["refund"], QUEUE: ["q1"]})
    state = {
        "Name": "Refund",
        "TriggerEventSource": {"EventSourceName": CALL},
        "Function": function.replace(", ", " ,"),
        "Actions": [CATEGORY],
        "PublishStatus": "PUBLISHED",
        **changed,
    }
    rule = Thing(id="r1", name="Refund", state=state, described=True)
    return inventory_of(rule=[rule], queue=[Thing(id="q1", name="Support")])


CELLS = {"category": "Refund", "channel": "call", "words": "refund", "queues": "Support"}


def test_a_category_that_is_there_as_the_row_says_is_left():
    cells = {**CELLS, "status": "PUBLISHED"}
    row, _ = only(JOB, rules(), cells)
    assert row.action is Action.NONE
    row, _ = only(JOB, rules(Actions=[]), cells)
    assert row.action is Action.CONFLICT
    row, _ = only(JOB, rules(), {**cells, "words": "money"}, on_exists="update")
    (call,) = row.calls
    assert call.params["Actions"] == [CATEGORY]
    assert '"money"' in call.params["Function"]
    done = Done(step=call.step, params=call.params, saved={}, undo=call.undo)
    inverse = invert(JOB, done, {"instance": "i-1"}, frozenset())
    assert '"refund"' in inverse.params["Function"]
    past = PastCall(
        service="connect",
        step=JOB.step(call.step),
        done=done,
        inverse=inverse,
        name="Refund",
        inventory=rules(),
    )
    state = undo_state(past)
    assert state.standing is Standing.BEFORE
    assert {each.argument.field for each in state.since} == {"words"}


def test_what_changes_in_a_text_is_told_column_by_column():
    cells = {**CELLS, "words": "refund;money", "said_by": "customer"}
    row, _ = only(JOB, rules(), cells, on_exists="update")
    assert [str(each) for each in row.changes if each.field != "status"] == [
        "words: refund → refund; money",
        "said_by: ∅ → CUSTOMER",
    ]
    row, _ = only(JOB, rules(Function="else"), cells, on_exists="update")
    (change,) = [each for each in row.changes if each.field == "words"]
    assert change.old == "else"
    row, _ = only(JOB, inventory_of(queue=[Thing(id="q1", name="Support")]), cells)
    assert {str(each) for each in row.changes} >= {
        "words: ∅ → refund; money",
        "said_by: ∅ → CUSTOMER",
        "queues: ∅ → Support",
    }


def exported(**changed):
    exporter = Exporter(JOB, rules(**changed), None, described=True, fixed={})
    names = [column.name for column in JOB.columns]
    return [dict(zip(names, row, strict=True)) for row in exporter.rows()]


def test_an_export_says_the_words_and_leaves_out_rules_that_are_no_categories():
    (row,) = exported()
    assert (row["words"], row["queues"], row["said_by"]) == ("refund", "Support", "")
    assert exported(Actions=[]) == []
    assert exported(Function='{"Version": "2022-11-25"}') == []


def test_a_text_of_json_stands_where_a_text_does():
    step = JOB.steps[0]
    wrong = replace(step, args={**step.args, "Actions": TEXT})
    faults = faults_of(replace(JOB, steps=(wrong,)))
    assert any("Actions is a list, not a text of JSON." in each for each in faults)
    strange = JsonText({"In": Find("kew", Col("queues"))})
    faults = faults_of(
        replace(JOB, steps=(replace(step, args={**step.args, "Function": strange}),))
    )
    assert any('there is no kind "kew"' in each for each in faults)


def test_ids_of_what_rows_make_are_put_into_the_text_when_it_is_sent():
    made = [Placeholder(kind="made", name="queue_id", of=Need(row, "0")) for row in (2, 3)]
    text = json_text(TEXT, {WORDS: ["a"], QUEUE: [made[0], "q1", made[1]]})
    assert needs_in({"Function": text}) == (Need(2, "0"), Need(3, "0"))
    known = {Need(2, "0"): {"queue_id": "q2"}, Need(3, "0"): {"queue_id": "q3"}}
    params = from_json(json.loads(json.dumps(to_json({"Function": text}))))
    sent = fill(params, saved={}, secret=str, token="", made=known)
    assert json.loads(sent["Function"])["Any"][1] == {"In": ["q2", "q1", "q3"]}
