from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from botocore.parsers import create_parser

from bulkops.aws.answer_shapes import Manner, MisfitError, reader_of
from bulkops.aws.parsed_answers import outcome_of
from bulkops.aws.sdk_models import sdk_model
from bulkops.aws.wire_answers import WireAnswer
from bulkops.pacing.replies import Reply

OPERATIONS = (
    ("connect", "SearchUsers"),
    ("connect", "ListUsers"),
    ("connect", "DescribeUser"),
    ("connect", "DescribeContact"),
    ("connect", "DescribeEvaluationForm"),
    ("connect", "GetMetricDataV2"),
    ("connect", "ListAnalyticsDataAssociations"),
    ("connect", "SearchContacts"),
    ("connect", "DescribeHoursOfOperation"),
    ("dynamodb", "GetItem"),
    ("qconnect", "GetContent"),
    ("service-quotas", "ListServiceQuotas"),
    ("bedrock-runtime", "Converse"),
    ("lambda", "GetFunctionConfiguration"),
)
OF_A_READ = Manner(is_read=True, casts=True)
SCALARS = {
    "string": ("", "text", "ü", "1"),
    "character": ("c",),
    "boolean": (True, False),
    "integer": (0, -1, 7.0),
    "long": (2**40, 3),
    "float": (1.5, 2, "NaN", "-Infinity"),
    "double": (-0.5, 1e300, "Infinity"),
    "timestamp": (0, 1767225600.5, 1767225600, "2026-01-01T00:00:00Z", -5.5, "1767225600"),
    "blob": ("aGk=", ""),
}


def drawn(shape, lot, deep=0):
    """Return a value in JSON that fits a shape: with members left out, null, or newer."""
    match shape.type_name:
        case "structure" if shape.is_document_type:
            return {"any": [1, None, "x"]}
        case "structure":
            return _drawn_structure(shape, lot, deep)
        case "list":
            return [drawn(shape.member, lot, deep + 1) for _ in range(lot.randrange(3 - deep // 4))]
        case "map":
            return {f"k{n}": drawn(shape.value, lot, deep + 1) for n in range(lot.randrange(3))}
    return lot.choice(SCALARS[shape.type_name])


def _drawn_structure(shape, lot, deep):
    names = [name for name, each in shape.members.items() if "location" not in each.serialization]
    if shape.is_tagged_union:
        chosen = [lot.choice(names)] if lot.random() < 0.9 else []
    else:
        chosen = [name for name in names if lot.random() < (0.9 if deep < 3 else 0.3)]
    lot.shuffle(chosen)
    value = {
        shape.members[name].serialization.get("name", name): drawn(
            shape.members[name], lot, deep + 1
        )
        for name in chosen
    }
    if shape.is_tagged_union:
        return value or {"Newer": {"a": 1}}
    nulls = {name: None for name in names if name not in chosen and lot.random() < 0.2}
    return {**value, **nulls, **({"Newer": [1]} if lot.random() < 0.2 else {})}


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
@pytest.mark.parametrize("is_read", [True, False])
@pytest.mark.parametrize("protocol", ["json", "rest-json"])
def test_what_fits_is_read_as_botocore_reads_it(service, operation, is_read, protocol):
    shape = sdk_model(service, operation).output_shape
    parser = create_parser(protocol)
    manner = Manner(is_read, casts=protocol == "rest-json")
    for seed in range(60):
        value = drawn(shape, random.Random(seed))
        ours = reader_of(shape, manner)(value)
        theirs = parser._parse_shape(shape, value)
        assert _order(ours) == _order(theirs), f"seed {seed}"


def _order(value):
    """Return a value with times as instants, so that the order of members counts too."""
    return json.dumps(
        value, default=lambda each: each.timestamp() if isinstance(each, datetime) else repr(each)
    )


@pytest.mark.parametrize(("service", "operation"), OPERATIONS)
def test_a_wrong_value_anywhere_is_left_out_or_named_by_its_place(service, operation):
    shape = sdk_model(service, operation).output_shape
    parser = create_parser("rest-json")
    for seed in range(60):
        lot = random.Random(seed)
        value = drawn(shape, lot)
        holder, place = _any_place(value, lot)
        if holder is None:
            continue
        holder[place] = {"wrong": {}} if isinstance(holder[place], list) else [[]]
        said = _read_or_refused(shape, value)
        # in a document, or of a newer model, it is none of ours
        misfit = isinstance(said, MisfitError) and " is no " in str(said)
        assert misfit or _order(said) == _order(parser._parse_shape(shape, value)), f"seed {seed}"


def _read_or_refused(shape, value):
    try:
        return reader_of(shape, OF_A_READ)(value)
    except MisfitError as error:
        return error


def _any_place(value, lot):
    holder, place, here = None, None, value
    while isinstance(here, dict | list) and here:
        holder = here
        place = lot.choice(list(here)) if isinstance(here, dict) else lot.randrange(len(here))
        here = holder[place]
    return holder, place


def test_a_union_of_two_members_is_a_misfit():
    read = reader_of(sdk_model("bedrock-runtime", "Converse").output_shape, OF_A_READ)
    both = {"output": {"message": {"content": [{"text": "a", "image": {}}]}}}
    place = r"output\.message\.content\[0\]"
    with pytest.raises(MisfitError, match=rf"^{place} is no union, which has one member$"):
        read(both)


def test_a_map_keeps_what_is_null():
    users = sdk_model("connect", "DescribeUser").output_shape
    read = reader_of(users, OF_A_READ)
    assert read({"User": {"Tags": {"a": None}}}) == {"User": {"Tags": {"a": None}}}


def test_a_time_is_told_in_utc():
    users = sdk_model("connect", "DescribeUser").output_shape
    read = reader_of(users, OF_A_READ)
    told = read({"User": {"LastModifiedTime": 1767225600.5}})["User"]["LastModifiedTime"]
    assert told == datetime(2026, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)
    assert math.isclose(told.timestamp(), 1767225600.5)


@pytest.mark.parametrize("read", [True, False])
def test_members_of_a_newer_model_are_named_where_they_stand(read):
    shape = sdk_model("connect", "DescribeQuickConnect").output_shape
    config = {"QuickConnectType": "FLOW", "FlowConfig": {"ContactFlowId": "f"}, "Nothing": None}
    given = {"QuickConnect": {"Name": "n", "QuickConnectConfig": config}, "__type": "x", "More": 1}
    parsed = reader_of(shape, Manner(is_read=read, casts=True))(given)
    reply = Reply(data=parsed)
    assert reply.unknown == ("More", "QuickConnect.QuickConnectConfig.FlowConfig")
    assert parsed == {
        "QuickConnect": {"Name": "n", "QuickConnectConfig": {"QuickConnectType": "FLOW"}}
    }
    assert type(parsed["QuickConnect"]) is dict  # it holds nothing that is not known


def test_members_at_the_top_of_an_answer_are_named_too():
    body = json.dumps({"Id": "t1", "Arn": "a", "Name": "n", "ContactHooks": {}}).encode()
    headers = {"x-amzn-requestid": "r1"}
    answer = WireAnswer(status=200, headers=headers, body=body)
    reply = outcome_of(answer, "connect", "GetTaskTemplate")
    assert reply.unknown == ("ContactHooks",)
    assert dict(reply.data) == {"Id": "t1", "Arn": "a", "Name": "n"}
    refusal = outcome_of(replace(answer, status=404), "connect", "GetTaskTemplate")
    assert refusal.http_status == 404
