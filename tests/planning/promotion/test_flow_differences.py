"""Two flows of one name in two instances: what differs, by block and parameter."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.flows.found_texts import FlowSource
from bulkops.planning.promotion.flow_differences import (
    NO_FLOW,
    THERE,
    NamedReferences,
    flow_differences,
)
from bulkops.planning.promotion.instance_differences import FieldDifference
from tests.planning.flows.real_flows import block, content, text_of

DEV = FlowSource(instance_id="i-dev", account="111111111111", region="us-east-1")
PROD = FlowSource(instance_id="i-prod", account="222222222222", region="eu-west-1")
NAMES = ({("queue", "q1"): "Sales", ("queue", "q2"): "Care"}, {("queue", "x1"): "Sales"})
NAMING = (NamedReferences(DEV, NAMES[0]), NamedReferences(PROD, NAMES[1]))


def text(*blocks, **rest):
    return json.dumps(content(*blocks, **rest))


def differences(here, there, **more):
    return [*flow_differences(here, there, NAMING, **more)]


def leads(source, queue):
    where = f"{source.region}:{source.account}:instance/{source.instance_id}/queue/{queue}"
    return text(
        block("a", "UpdateContactTargetQueue", {"QueueId": f"arn:aws:connect:{where}"}),
    )


def says(source, function="lookup", more=""):
    place = f"{source.region}:{source.account}"
    return text(
        block(
            "a",
            "InvokeLambdaFunction",
            {
                "LambdaFunctionARN": f"arn:aws:lambda:{place}:function:{function}:live",
                "LambdaInvocationAttributes": {
                    "who": f"{source.account} in {source.instance_id}",
                    "view": f"arn:aws:connect:{source.region}:aws:view/form:1",
                    "half": f"arn:aws:lambda:$.AwsRegion:{source.account}:function:$.Attributes.f",
                    "other": "arn:aws:lambda:us-east-1:333333333333:function:shared",
                    "more": more,
                },
            },
        )
    )


def test_what_flows_refer_to_is_the_same_by_its_name():
    assert differences(leads(DEV, "q1"), leads(PROD, "x1")) == []
    (found,) = differences(leads(DEV, "q2"), leads(PROD, "x1"))
    assert found.field.startswith("block ")
    assert found.field.endswith(": QueueId")
    assert (found.here, found.there) == ("queue:Care", "queue:Sales")


def test_what_one_side_does_not_have_is_told_by_its_id():
    (found,) = differences(leads(DEV, "q1"), leads(PROD, "gone"))
    assert (found.here, found.there) == ("queue:Sales", "queue:gone")


def test_accounts_regions_and_instances_do_not_count_where_they_are_each_side_s_own():
    assert differences(says(DEV), says(PROD)) == []
    (found,) = differences(says(DEV), says(PROD, "other"))
    assert (found.here, found.there) == (
        "lambda-function:lookup:live",
        "lambda-function:other:live",
    )
    (found,) = differences(says(DEV, more="$.Attributes.a"), says(PROD, more="$.Attributes.b"))
    assert found.field.endswith("LambdaInvocationAttributes.more")


def test_another_region_than_its_own_does_count():
    def bot(region):
        return text(block("a", "ConnectParticipantWithLexBot", {"LexBot": {"Region": region}}))

    assert differences(bot("us-east-1"), bot("eu-west-1")) == []
    (found,) = differences(bot("us-west-2"), bot("eu-west-1"))
    assert (found.here, found.there) == ("us-west-2", "region:(own)")


def test_half_of_what_is_known_as_contacts_come_is_left_as_it_stands():
    def half(queue):
        return text(block("a", "UpdateContactTargetQueue", {"QueueId": queue}))

    assert len(differences(half("queue-$.Attributes.a"), half("queue-$.Attributes.b"))) == 1


def test_blocks_that_one_side_alone_has_are_told():
    one = text(block("a", "MessageParticipant", {"Text": "Hello"}, NextAction="b"), block("b"))
    other = text(block("a", "MessageParticipant", {"Text": "Hello"}))
    added = [each for each in differences(other, one) if each.there == THERE]
    assert [(each.field, each.here) for each in added] == [
        ('block "b" (DisconnectParticipant)', "")
    ]
    removed = [each for each in differences(one, other) if each.here == THERE]
    assert [(each.field, each.there) for each in removed] == [
        ('block "b" (DisconnectParticipant)', "")
    ]


def test_where_a_flow_begins_is_of_the_flow_and_drafts_say_that_they_are_such():
    blocks = (block("a", "MessageParticipant", {"Text": "Hello"}, NextAction="b"), block("b"))
    one, other = text(*blocks), text(*blocks, StartAction="b")
    found = differences(one, other, of="draft, ")
    assert found[0].field == "draft, flow: StartAction"


def test_what_is_no_flow_is_told_and_the_same_is_the_same():
    one = text(block("a"))
    assert differences("{not JSON", "{not JSON") == []
    assert differences("{not JSON", one) == [
        FieldDifference(field="content", here=NO_FLOW, there="(a flow)")
    ]


@pytest.mark.parametrize("name", ["gts-dynamic-switchboard", "acme-main-wrapped"])
def test_real_flows_are_the_same_as_themselves(name):
    assert differences(text_of(name), text_of(name)) == []
