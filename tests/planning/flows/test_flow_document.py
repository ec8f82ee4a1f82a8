"""Flows read from every form of file, and what is wrong with them told all at once."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.flows.flow_document import MOST_SENT, read_flow
from bulkops.planning.flows.flow_forms import FlowSaid
from bulkops.planning.flows.strict_json import MOST_LETTERS, MOST_LEVELS
from tests.planning.flows.real_flows import NAMES, OLD, block, content, real, text_of

PLAIN = content(block("a", "Wait", NextAction="b"), block("b"))
DRAFTS = {"block-defn-saved"}
MENU, END = '"Main menu" (GetParticipantInput)', '"b" (DisconnectParticipant)'


def codes(text):
    return [flaw.code for flaw in read_flow(text).flaws]


@pytest.mark.parametrize("name", NAMES)
def test_a_real_flow_is_read_without_a_flaw_and_would_be_sent_with_nothing_lost(name):
    read = read_flow(text_of(name))
    assert read.is_draft_only == (name in DRAFTS)
    assert bool(read.flaws) == (name in DRAFTS)
    held = json.loads(text_of(name))
    held = json.loads(held["Content"]) if "Content" in held else held
    assert json.loads(read.document.text) == held
    assert list(json.loads(read.document.text)) == list(held)


def test_the_old_export_is_refused_with_what_to_do():
    read = read_flow(text_of(OLD))
    assert (read.document, [flaw.code for flaw in read.flaws]) == (None, ["old-export"])
    assert "export it again" in str(read.flaws[0])


def test_what_the_designer_wrote_says_name_type_and_status():
    said = real("scv-omni-routing-with-case-creation").said
    assert (said.type, said.status, said.is_module) == ("CONTACT_FLOW", "PUBLISHED", False)
    assert said.name == "Sample SCV Omni-Channel Subflow - Omni Routing With Case Creation"
    assert said.description.startswith("Creates a case")
    assert real("gts-dynamic-callback-module").said.is_module
    assert real("rules-engine-queue").said == FlowSaid()


@pytest.mark.parametrize("as_text", [True, False])
@pytest.mark.parametrize(
    ("wrap", "said"),
    [
        (
            lambda held: {"Name": "A", "Type": "CAMPAIGN", "Content": held, "Tags": {"k": "v"}},
            FlowSaid(name="A", type="CAMPAIGN", tags={"k": "v"}),
        ),
        (
            lambda held: {"ContactFlow": {"Id": "1", "Content": held, "Status": "SAVED"}},
            FlowSaid(status="SAVED"),
        ),
        (
            lambda held: {"ContactFlowModule": {"State": "ARCHIVED", "Content": held, "Name": 1}},
            FlowSaid(state="ARCHIVED", is_module=True),
        ),
        (
            lambda held: {
                "Type": "AWS::Connect::ContactFlow",
                "Properties": {
                    "Content": held,
                    "Description": "d",
                    "Tags": [{"Key": "k", "Value": 1}, {"Key": "l"}, {"Value": "no key"}, 3],
                },
            },
            FlowSaid(description="d", tags={"k": "1", "l": ""}),
        ),
        (lambda held: {"Content": held, "Tags": "none"}, FlowSaid()),
    ],
)
def test_a_wrapped_flow_says_what_stands_beside_its_content(wrap, said, as_text):
    held = wrap(json.dumps(PLAIN) if as_text else PLAIN)
    read = read_flow(json.dumps(held))
    assert (read.document.content, read.document.said, read.flaws) == (PLAIN, said, ())


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", "invalid-json", "nothing stands in it"),
        (" \ufeff", "invalid-json", "line 1, column 2"),
        ('{"Version": ', "invalid-json", "line 1, column 13"),
        ("[1, 2]", "no-flow", "no flow"),
        ("3", "no-flow", "no flow"),
        ('{"a": 1}', "no-flow", "no flow"),
        ('{"ContactFlow": 1}', "no-flow", "no flow"),
        ('{"Content": {"Fn::Sub": "x"}}', "no-flow", "no flow"),
        ('{"Content": 7}', "no-flow", "no flow"),
        ('{"Content": "{"}', "invalid-json", "Content: this is not JSON"),
        ("[" * 100_000, "too-deep", f"more than {MOST_LEVELS}"),
        ('{"a":' * 5_000, "too-deep", "inside one another"),
        ('{"a": "' + '\\"' * 100_000, "invalid-json", "not JSON"),
        ('{"a": "\\', "invalid-json", "not JSON"),
        ("[" + " " * MOST_LETTERS, "too-long", "4,000,000 are read at most"),
        (f'{{"Version": {"9" * 5000}}}', "no-number", "Version: a number of too many digits"),
        ('{"Version": NaN}', "no-number", "NaN is no number"),
        ('{"Version": -1e999}', "no-number", "-1e999 is too large a number"),
        ('{"Version": "\\ud800"}', "half-character", "Version: it holds half a character"),
        ('{"\\ud800": 1}', "half-character", 'ud800"]: it holds half a character'),
    ],
)
def test_what_is_no_flow_is_refused_in_a_sentence(text, code, told):
    read = read_flow(text)
    assert [flaw.code for flaw in read.flaws] == [code]
    assert read.document is None
    assert not read.is_draft_only
    assert told in str(read.flaws[0])


def test_everything_that_json_gets_wrong_is_told_at_once_with_its_path():
    text = '{"Actions": [{"a": Infinity, "b": 1, "b": 2}, {"c": ["\\udfff"]}], "Actions": []}'
    flaws = read_flow(text.replace(', "Actions": []', ', "X": 1, "X": 2')).flaws
    assert [str(flaw) for flaw in flaws] == [
        'X: the key "X" stands twice in one object',
        'Actions[0].b: the key "b" stands twice in one object',
        "Actions[0].a: Infinity is no number in JSON",
        "Actions[1].c[0]: it holds half a character (a lone surrogate), which can't be sent",
    ]


def test_brackets_in_texts_are_no_levels():
    held = content(block("a", "MessageParticipant", {"Text": '[[[\\"{' * 200}))
    assert codes(json.dumps(held)) == []
    numbers = content(block("a", "Wait", {"x": 0.5, "y": -12, "z": None}))
    assert read_flow("\ufeff" + json.dumps(numbers)).document.content == numbers


def test_what_is_of_another_shape_than_the_language_has_is_told_and_the_flow_is_not_gone_through():
    held = {
        "StartAction": 1,
        "Metadata": {"ActionMetadata": []},
        "Actions": [
            "x",
            {"Identifier": "", "Parameters": [], "Transitions": []},
            {"Identifier": "b", "Type": 3, "Transitions": {"NextAction": 1, "Errors": {}}},
            block("c", Errors=[1, {"NextAction": {}}], Conditions=[{"Condition": []}]),
            block("d", Conditions=[{"Operands": 1}, {"Condition": {"Operands": "1"}}]),
        ],
    }
    read = read_flow(json.dumps(held))
    assert read.document is None
    assert {flaw.code for flaw in read.flaws} == {"shape"}
    assert [str(flaw).rpartition("Actions")[2] or str(flaw) for flaw in read.flaws] == [
        "Metadata.ActionMetadata: it must be an object",
        "StartAction: it must be a text",
        "[0]: a block must be an object",
        "[1].Identifier: a block must have it, as a text",
        "[1].Type: a block must have it, as a text",
        "[1].Parameters: it must be an object",
        "[1].Transitions: it must be an object",
        "[2].Type: a block must have it, as a text",
        "[2].Transitions.NextAction: it must be a text",
        "[2].Transitions.Errors: it must be a list",
        "[3].Transitions.Errors[0]: it must be an object",
        "[3].Transitions.Errors[1].NextAction: it must be a text",
        "[3].Transitions.Conditions[0].Condition: it must be an object",
        "[4].Transitions.Conditions[0].Operands: it must be a list",
        "[4].Transitions.Conditions[1].Condition.Operands: it must be a list",
    ]
    assert codes('{"Actions": {}, "Metadata": 1}') == ["shape", "shape"]


def test_what_a_draft_leaves_out_is_no_flaw():
    bare = {"Identifier": "a", "Type": "ShowView", "Parameters": None, "Transitions": None}
    assert codes(json.dumps({"Version": "2019-10-30", "StartAction": "a", "Actions": [bare]})) == []
    empty = read_flow('{"Version": "2019-10-30"}')
    assert empty.is_draft_only
    assert [str(flaw) for flaw in empty.flaws] == ["StartAction: the flow has no block"]
    assert list(empty.document.blocks) == []


def test_ways_that_lead_nowhere_are_told_with_their_block_and_stop_publishing_alone():
    held = content(
        block("Main menu", "GetParticipantInput", NextAction="Man menu"),
        block(
            "b",
            Errors=[{"ErrorType": "NoMatchingError", "NextAction": ""}, {}],
            Conditions=[
                {"NextAction": "zz", "Condition": {"Operator": "Equals", "Operands": ["1"]}},
                {"Operator": "Equals", "Operands": ["2", "3"], "NextAction": None},
            ],
        ),
        metadata={"Main menu": {"isFriendlyName": True}},
    )
    held["StartAction"] = "nowhere"
    read = read_flow(json.dumps(held))
    assert read.is_draft_only
    assert [(str(flaw.block or ""), flaw.message) for flaw in read.flaws] == [
        ("", 'there is no block "nowhere"'),
        (MENU, 'NextAction: there is no block "Man menu". Did you mean "Main menu"?'),
        (END, "on NoMatchingError: it leads to no block yet"),
        (END, "on : it leads to no block yet"),
        (END, 'if Equals 1: there is no block "zz"'),
        (END, "if Equals 2, 3: it leads to no block yet"),
    ]
    assert str(read.flaws[2]).startswith(
        f"block {END}, Actions[1].Transitions.Errors[0].NextAction: on NoMatchingError: "
    )


def test_what_stops_drafts_too_is_told_beside_the_rest():
    held = content(block("a"), block("a"), block("x" * 51), block("b/c$"), block("valueOf"))
    held["Version"] = "2012-01-01"
    read = read_flow(json.dumps(held))
    assert not read.is_draft_only
    assert read.document is not None
    assert [(flaw.code, flaw.message) for flaw in read.flaws] == [
        ("version", "it is 2012-01-01, not 2019-10-30"),
        ("twin-identifier", 'it is that of block "a" (DisconnectParticipant) too'),
        ("long-identifier", "51 characters; 50 at most"),
        ("barred-identifier", "it must not hold $ /"),
        ("reserved-identifier", "no block may be called so"),
    ]
    del held["Version"]
    assert "it is missing" in str(read_flow(json.dumps(held)).flaws[0])


def test_a_flow_is_counted_as_it_is_sent():
    held = content(*(block(str(index)) for index in range(251)))
    assert codes(json.dumps(held, indent=8)) == ["too-many-blocks"]
    long = content(block("a", "MessageParticipant", {"Text": "ä" * MOST_SENT}))
    assert codes(json.dumps(long)) == ["too-long"]
    long["Actions"][0]["Parameters"]["Text"] = "ä" * (MOST_SENT - 200)
    assert codes(json.dumps(long, indent=8)) == []


def test_a_block_without_a_name_of_its_own_is_told_by_its_type():
    told = [str(block).split() for block in real("survey-example-disconnect").blocks]
    assert told[0][0] == "DisconnectParticipant"
    assert told[1] == ["InvokeFlowModule", "764cb88c-f976-4c9e-a869-928e458fb199"]
