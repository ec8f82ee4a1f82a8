"""References replaced path by path, with all else as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulkops.planning.flows.flow_document import read_flow
from bulkops.planning.flows.flow_references import references
from bulkops.planning.flows.flow_rewriting import Replacement, rewritten
from bulkops.planning.flows.found_texts import FlowSource, ReferenceForm
from bulkops.planning.plan import Need, Placeholder
from tests.planning.flows.real_flows import (
    ACCOUNT,
    INSTANCE,
    NAMES,
    SOURCE,
    THING,
    arn,
    block,
    content,
    flow,
    real,
)

THERE = FlowSource(
    instance_id="99999999-8888-7777-6666-555555555555", account="444455556666", region="us-west-2"
)
MADE = "abababab-abab-abab-abab-abababababab"


def put(document, by, source=None):
    return rewritten(document.content, references(document.content, source or SOURCE), by, source)


def joined(parts):
    return json.loads("".join(part if isinstance(part, str) else "HOLE" for part in parts))


def source_of(document):
    """Return the instance that most of a real flow's ARNs lie in."""
    found = references(document.content, FlowSource())
    own = [each.found for each in found if each.found.instance and each.found.instance[0] != "$"]
    one = own[0] if own else None
    known = {} if one is None else {"instance_id": one.instance, "account": one.account}
    return FlowSource(**known)


def there(reference):
    """Return what leads to a thing of the same kind in another instance."""
    found = reference.found
    if reference.form is ReferenceForm.ARN and found.instance:
        moved = found.raw.replace(found.instance, THERE.instance_id)
        moved = moved.replace(found.account, THERE.account).replace(found.thing_id, MADE)
        return Replacement(moved, "New name")
    if reference.form is ReferenceForm.ARN:
        return Replacement(found.raw.replace(found.account, THERE.account), "New/Name")
    return Replacement(MADE, "New name") if reference.form is ReferenceForm.ID else None


@pytest.mark.parametrize("name", NAMES)
def test_a_real_flow_with_every_reference_put_back_is_the_same(name):
    document = real(name)
    same = put(document, lambda each: Replacement(each.raw, each.shown))
    assert same.parts == (document.text,)
    assert same.letters == len(document.text)
    assert put(document, lambda _: None).parts == (document.text,)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_flow_carried_over_keeps_nothing_of_its_source_and_all_else(name):
    document = real(name)
    source = source_of(document)
    made = put(document, there, source)
    assert made.left == ()
    text = "".join(made.parts)
    for own in {source.instance_id, source.account} - {""}:
        assert own not in text
    again = read_flow(text).document
    before, after = document.content, again.content
    assert list(before) == list(after)
    assert [str(each) for each in document.blocks] == [str(each) for each in again.blocks]
    old, new = references(before, source), references(after, source)
    assert [(each.place, each.kind) for each in old] == [(each.place, each.kind) for each in new]
    assert len(references(before, source)) == len(references(after, THERE))


def test_what_is_left_of_the_source_is_told():
    document = flow(block("a", "Any", {"QueueId": arn("queue"), "Text": f"call {ACCOUNT}"}))
    assert [each.kind for each in put(document, lambda _: None, SOURCE).left] == [
        "queue",
        "account",
    ]
    moved = put(document, lambda each: Replacement("x") if each.kind == "queue" else None, SOURCE)
    assert [each.kind for each in moved.left] == ["account"]


def test_names_go_with_ids_and_nothing_else_changes():
    document = flow(
        block("a", "Any", {"QueueId": arn("queue"), "Count": "3", "On": True, "None": None}),
        metadata={
            "a": {
                "position": {"x": 1.5, "y": -2},
                "queue": {"id": arn("queue"), "text": "Old"},
                "parameters": {"QueueId": {"displayName": "Old", "useDynamic": False}},
            }
        },
    )
    after = joined(put(document, lambda _: Replacement(MADE, "Süd")).parts)
    expected = json.loads(document.text.replace(arn("queue"), MADE).replace("Old", "Süd"))
    assert after == expected
    assert "Süd" in "".join(put(document, lambda _: Replacement(MADE, "Süd")).parts)
    unnamed = joined(put(document, lambda _: Replacement(MADE)).parts)
    assert unnamed == json.loads(document.text.replace(arn("queue"), MADE))


def test_a_name_that_is_an_arn_itself_becomes_the_name():
    shown = {"parameters": {"QueueId": {"displayName": arn("queue")}}}
    document = flow(block("a", "Any", {"QueueId": arn("queue")}), metadata={"a": shown})
    after = joined(put(document, lambda _: Replacement(MADE, "Sales")).parts)
    kept = after["Metadata"]["ActionMetadata"]["a"]["parameters"]["QueueId"]
    assert kept == {"displayName": "Sales"}


def test_aliases_and_versions_stay():
    function = f"arn:aws:lambda:r:{ACCOUNT}:function:pay:live"
    shown = {"parameters": {"LambdaFunctionARN": {"displayName": "pay:live"}}}
    document = flow(
        block("a", "Any", {"LambdaFunctionARN": function, "FlowModuleId": f"{THING}:3"}),
        metadata={"a": shown},
    )
    after = joined(put(document, lambda each: Replacement(f"new-{each.kind}", "refund")).parts)
    assert after["Actions"][0]["Parameters"] == {
        "LambdaFunctionARN": "new-lambda-function:live",
        "FlowModuleId": "new-contact-flow-module:3",
    }
    kept = after["Metadata"]["ActionMetadata"]["a"]["parameters"]["LambdaFunctionARN"]
    assert kept == {"displayName": "refund:live"}


@pytest.mark.parametrize(
    ("name", "bot", "alias"), [("Orders/live", "Orders", "live"), ("Orders", "Orders", "Orders")]
)
def test_a_lex_alias_is_named_in_its_two_parts(name, bot, alias):
    parameters = {"LexV2Bot": {"AliasArn": f"arn:aws:lex:r:{ACCOUNT}:bot-alias/B/A"}}
    shown = {"lexV2BotName": "old", "lexV2BotAliasName": "old"}
    document = flow(block("a", "Any", parameters), metadata={"a": shown})
    after = joined(put(document, lambda _: Replacement("x", name)).parts)
    assert after["Metadata"]["ActionMetadata"]["a"] == {
        "lexV2BotName": bot,
        "lexV2BotAliasName": alias,
    }


def test_several_parts_of_one_text_are_replaced_each_at_its_place():
    text = f"{arn('queue')}:1 and {arn('prompt')}, s3://b/k {ACCOUNT}"
    document = flow(block("a", "Any", {"Text": text}))
    after = joined(put(document, lambda each: Replacement(f"<{each.kind}>")).parts)
    said = after["Actions"][0]["Parameters"]["Text"]
    assert said == "<queue>:1 and <prompt>, <s3-object> <account>"


def test_keys_are_renamed_where_they_stand():
    other = "bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb"
    fields = {"title": "t", THING: f"of {ACCOUNT}", other: "z"}
    document = flow(
        block("a", "Any", {"CaseRequestFields": fields, arn("queue"): {arn("prompt"): 1}})
    )
    hole = object()
    ids = {THING: hole, other: "new"}
    made = put(document, lambda each: Replacement(ids.get(each.raw, each.kind)))
    parameters = joined(made.parts)["Actions"][0]["Parameters"]
    assert list(parameters["CaseRequestFields"].items()) == [
        ("title", "t"),
        ("HOLE", "of account"),
        ("new", "z"),
    ]
    assert parameters["queue"] == {"prompt": 1}


def test_what_is_no_text_yet_stands_between_the_texts():
    hole = Placeholder(kind="made", name="ContactFlowArn", of=Need(7, "create:0"))
    document = flow(
        block("a", "Any", {"ContactFlowId": f"{THING}:live", "Text": "\ue000\ue001 ü"}),
        block("b", "Any", {"QueueId": arn("queue")}),
    )
    made = put(document, lambda each: Replacement(hole) if each.kind == "contact-flow" else None)
    first, middle, last = made.parts
    assert middle is hole
    assert first.endswith('"ContactFlowId":"')
    assert last.startswith(':live","Text":"\ue000\ue001 ü"')
    assert made.letters == len(document.text) - len(THING)
    whole = put(document, lambda _: Replacement(hole)).parts
    assert [part for part in whole if not isinstance(part, str)] == [hole, hole]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(
        [arn("queue"), arn("prompt"), THING, INSTANCE, ACCOUNT, "$.Attributes.x", "s3://b/k",
         "{{x}}", "\ue000\ue001", f"see {arn('agent')}: {ACCOUNT}", f"arn:aws:s3:::b/{ACCOUNT}"]
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["QueueId", "Messages", "PromptId", "x", "CaseRequestFields", THING])
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
OBJECTS = st.dictionaries(st.sampled_from(["QueueId", "Text", "EventHooks", "y"]), VALUES)


@settings(max_examples=40)
@given(OBJECTS, OBJECTS, st.booleans())
def test_any_flow_with_every_reference_put_back_is_the_same(parameters, kept, as_holes):
    text = json.dumps(content(block("a", "Any", parameters), metadata={"a": kept}))
    document = read_flow(text).document
    made = put(document, lambda each: Replacement((each.raw,) if as_holes else each.raw))
    back = "".join(
        part if isinstance(part, str) else json.dumps(part[0], ensure_ascii=False)[1:-1]
        for part in made.parts
    )
    assert back == document.text
    assert json.loads(back) == json.loads(text)
