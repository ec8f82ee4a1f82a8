"""What differs between two flows, told by blocks and not by bytes."""

from __future__ import annotations

import json
import random

import pytest

from bulkops.planning.flows.changes.compared_flow import compared
from bulkops.planning.flows.changes.flow_changes import (
    ADDED,
    CHANGED,
    REMOVED,
    changes_text,
    flow_changes,
)
from tests.planning.flows.real_flows import (
    INSTANCE,
    NAMES,
    NOBODY,
    SOURCE,
    THING,
    arn,
    block,
    content,
    real,
)

QUEUES = {THING: "Sales", INSTANCE: "Support"}


def naming(reference):
    """Name what is known, and leave the rest."""
    name = QUEUES.get(reference.found.thing_id, "")
    return f"{reference.kind}:{name}" if name else ""


def made(held, source=NOBODY):
    return compared(held, source, naming)


def changes(old, new):
    return flow_changes(made(old), made(new))


def told(old, new):
    return [str(change) for change in changes(old, new)]


def on(**ways):
    return [{"ErrorType": name, "NextAction": target} for name, target in ways.items()]


def equals(**ways):
    return [
        {"NextAction": target, "Condition": {"Operator": "Equals", "Operands": [name]}}
        for name, target in ways.items()
    ]


def redrawn(held, seed):
    """Return a flow as another designer would have drawn it: other Identifiers, order, layout."""
    chance = random.Random(seed)
    names = {each["Identifier"]: f"n{index}" for index, each in enumerate(held["Actions"])}
    text = json.dumps(held)
    for old, new in names.items():
        text = text.replace(json.dumps(old), json.dumps(new))
    other = json.loads(text)
    chance.shuffle(other["Actions"])
    for action in other["Actions"]:
        for ways in ("Errors", "Conditions"):
            chance.shuffle(action["Transitions"].get(ways, []))
    other["Metadata"] = {"name": "other", "hash": "x", "entryPointPosition": {"x": 1, "y": 2}}
    return dict(reversed(other.items()))


@pytest.mark.parametrize("name", NAMES)
def test_a_real_flow_drawn_anew_is_the_same_flow(name):
    held = real(name).content
    print("seed", len(name))
    other = redrawn(held, len(name))
    assert made(held).canonical == made(other).canonical
    assert changes(held, other) == ()
    assert flow_changes(made(held), made(held)) == ()


@pytest.mark.parametrize("name", NAMES)
def test_one_parameter_of_a_real_flow_drawn_anew_is_the_one_change(name):
    held = real(name).content
    other = redrawn(held, 7)
    action = other["Actions"][0]
    action["Parameters"]["Added"] = "1"
    (change,) = changes(held, other)
    assert (change.what, change.block.type) == (CHANGED, action["Type"])
    assert [tuple(each) for each in change.members] == [("Added", "", "1")]


def menu(**how):
    """Return a menu that leads to sales or ends."""
    return content(
        block(
            "Main menu",
            "GetParticipantInput",
            {"Text": how.get("text", "Press 1"), "StoreInput": "False"},
            NextAction="End",
            Errors=on(NoMatchingError="End"),
            Conditions=equals(**{"1": how.get("one", "Sales queue")}),
        ),
        block(
            "Sales queue",
            "UpdateContactTargetQueue",
            {"QueueId": how.get("queue", arn("queue"))},
            NextAction="End",
        ),
        block("End"),
    )


def test_what_changed_is_told_by_block_parameter_and_way():
    assert told(menu(), menu(text="Press 2", one="End")) == [
        (
            '"Main menu" (GetParticipantInput): Text: Press 1 → Press 2, if Equals 1: '
            '"Sales queue" (UpdateContactTargetQueue) → "End" (DisconnectParticipant)'
        )
    ]
    assert told(menu(), menu(queue=INSTANCE)) == [
        '"Sales queue" (UpdateContactTargetQueue): QueueId: queue:Sales → queue:Support'
    ]


def test_an_arn_and_an_id_of_one_thing_are_the_same_and_aliases_are_not():
    assert told(menu(), menu(queue=THING)) == []
    assert told(menu(queue=THING), menu(queue="$.Queue.ARN")) == [
        '"Sales queue" (UpdateContactTargetQueue): QueueId: queue:Sales → $.Queue.ARN'
    ]
    unknown = arn("queue", "cccccccc-cccc-cccc-cccc-cccccccccccc")
    assert told(menu(queue=unknown), menu(queue=unknown)) == []
    module = content(block("a", "InvokeFlowModule", {"FlowModuleId": f"{THING}:live"}))
    other = content(block("a", "InvokeFlowModule", {"FlowModuleId": f"{arn('flow-module')}:7"}))
    assert told(module, other) == [
        (
            '"a" (InvokeFlowModule): FlowModuleId: contact-flow-module:Sales:live → '
            "contact-flow-module:Sales:7"
        )
    ]


def test_ids_of_the_source_in_texts_are_compared_as_what_they_are():
    here = content(block("a", "Any", {"Text": f"instance {INSTANCE}"}))
    there = content(block("a", "Any", {"Text": "instance instance:Support"}))
    assert flow_changes(made(here, SOURCE), made(there)) == ()
    assert len(flow_changes(made(here), made(there))) == 1


def test_a_block_between_two_others_is_one_added_and_one_way_changed():
    old = menu()
    new = menu(one="Announce")
    new["Actions"].insert(
        1, block("Announce", "MessageParticipant", {"Text": "Wait"}, NextAction="Sales queue")
    )
    added, changed = (
        '"Announce" (MessageParticipant) added',
        (
            '"Main menu" (GetParticipantInput): if Equals 1: '
            '"Sales queue" (UpdateContactTargetQueue) → "Announce" (MessageParticipant)'
        ),
    )
    assert told(old, new) == [changed, added]
    assert told(redrawn(old, 3), new) == [
        changed.replace('"Sales queue"', '"n1"'),
        added,
    ]
    assert [each.what for each in changes(new, old)] == [CHANGED, REMOVED]
    assert [each.what for each in changes(old, new)] == [CHANGED, ADDED]
    assert changes_text(changes(old, new)) == f"{changed}; {added}"


def test_where_a_flow_starts_and_what_a_module_gives_back_belong_to_the_whole():
    settings = {"InputParameters": [], "Transitions": [{"ReferenceName": "Done"}]}
    old = content(block("a", "Wait", NextAction="b"), block("b"), Settings=settings)
    new = json.loads(json.dumps(old))
    new["StartAction"] = "b"
    new["Settings"]["Transitions"][0]["ReferenceName"] = "Ended"
    assert told(old, new) == [
        (
            'flow: StartAction: "a" (Wait) → "b" (DisconnectParticipant), '
            "Settings.Transitions[0].ReferenceName: Done → Ended"
        )
    ]
    bare = content(block("a"))
    assert told(bare, {**bare, "StartAction": "zz"}) == [
        'flow: StartAction: "a" (DisconnectParticipant) → no block zz'
    ]
    assert told(bare, {"Version": "2019-10-30"})[0] == (
        'flow: StartAction: "a" (DisconnectParticipant) → nowhere'
    )
    assert told({}, {}) == []


def test_ways_that_come_go_or_lead_nowhere_are_told():
    old = content(block("a", "Wait", NextAction="b", Errors=on(Gone="b")), block("b"))
    new = content(block("a", "Wait", NextAction="", Errors=on(New="zz")), block("b"))
    assert told(old, new) == [
        (
            '"a" (Wait): NextAction: "b" (DisconnectParticipant) → nowhere, '
            'on New: ∅ → no block zz, on Gone: "b" (DisconnectParticipant) → ∅'
        )
    ]


def test_parameters_are_compared_to_their_smallest_parts_and_types_count():
    def held(**parameters):
        return content(block("a", "Any", parameters))

    old = held(A={"x": [1, "2"], "gone": {"y": 1}}, B="1", C=[1], **{"k.l": 1})
    new = held(A={"x": [1, "3"]}, B=1, C=[1, 2], **{"k.l": True})
    (change,) = changes(old, new)
    assert [tuple(each) for each in change.members] == [
        ("A.x[1]", "2", "3"),
        ("A.gone", '{"y": 1}', ""),
        ("B", "1", "1"),
        ("C", "[1]", "[1, 2]"),
        ('["k.l"]', "1", "true"),
    ]
    assert told(held(), held()) == []
    long = "x" * 600
    assert len(told(held(Text=long), held(Text=f"{long}y"))[0]) < len(long)


def test_what_the_language_has_beside_parameters_is_compared_too():
    old, new = (content(block("a")) for _ in range(2))
    new["Actions"][0]["Newer"] = 3
    new["Actions"][0]["Transitions"]["Later"] = {"x": 1}
    new["Actions"][0]["Parameters"] = None
    assert told(old, new) == [
        '"a" (DisconnectParticipant): Newer: ∅ → 3, Transitions: ∅ → {"Later": {"x": 1}}'
    ]


def test_blocks_with_other_identifiers_are_paired_by_what_they_do_place_and_type():
    old = content(
        block("a", "Wait", {"T": "1"}, NextAction="b"),
        block("b", "MessageParticipant", {"Text": "same"}, NextAction="c"),
        block("c", "MessageParticipant", {"Text": "same"}, NextAction="d"),
        block("d", "Loop", {"LoopCount": "2"}),
        block("lost", "Compare", {"ComparisonValue": "1"}),
        block("x", "ShowView", {"V": "1"}),
    )
    new = content(
        block("A", "Wait", {"T": "2"}, NextAction="C"),
        block("C", "MessageParticipant", {"Text": "same"}, NextAction="B"),
        block("B", "MessageParticipant", {"Text": "same"}, NextAction="D"),
        block("D", "Loop", {"LoopCount": "3"}),
        block("LOST", "Compare", {"ComparisonValue": "2"}),
        block("x", "TagContact", {"V": "1"}),
    )
    assert told(old, new) == [
        '"A" (Wait): T: 1 → 2',
        '"D" (Loop): LoopCount: 2 → 3',
        '"LOST" (Compare): ComparisonValue: 1 → 2',
        '"x" (TagContact) added',
        '"x" (ShowView) removed',
    ]


def test_blocks_that_swapped_their_identifiers_change_nothing():
    old = content(
        block("a", "MessageParticipant", {"Text": "one"}, NextAction="b"),
        block("b", "MessageParticipant", {"Text": "two"}),
    )
    new = content(
        block("b", "MessageParticipant", {"Text": "one"}, NextAction="a"),
        block("a", "MessageParticipant", {"Text": "two"}),
    )
    assert told(old, new) == []


def test_one_way_of_many_to_one_block_is_told_where_labels_are_twins():
    old = content(block("a", "Wait", Errors=[*on(E="b"), *on(E="")]), block("b"))
    new = content(block("a", "Wait", Errors=[*on(E=""), *on(E="")]), block("b"))
    assert made(old).canonical != made(new).canonical
    assert told(old, new) == ['"a" (Wait): on E: "b" (DisconnectParticipant) → nowhere']
