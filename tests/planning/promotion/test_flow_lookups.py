"""What is looked up in a target before flows are carried into it."""

from __future__ import annotations

import json

from bulkops.planning.promotion.flow_lookups import named_in
from bulkops.planning.promotion.flow_mapping import FlowMapping, MappingRow
from bulkops.planning.rows.cells import LaterText

ID = "22222222-2222-4222-8222-222222222222"


def flow(**parameters):
    one = {"Identifier": "One", "Type": "X", "Parameters": parameters}
    return json.dumps({"Version": "2019-10-30", "StartAction": "One", "Actions": [one]})


def wanted(mapping=(), **parameters):
    return list(named_in(flow(**parameters), FlowMapping.of(mapping), "Main"))


def test_only_what_a_flow_names_is_looked_up_and_by_name_where_that_is_known():
    assert wanted(Text="Hello") == []
    assert wanted(QueueId="$.Queue.ARN") == []
    assert wanted(QueueId=ID) == [("queue", "")]
    assert wanted([MappingRow("queue", ID, "Support")], QueueId=ID) == [("queue", "Support")]
    assert wanted([MappingRow("queue", ID, "Support", ID)], QueueId=ID) == [("queue", "")]
    assert wanted([MappingRow("queue", ID, "Support", "keep")], QueueId=ID) == []
    assert wanted(CallerId={"Number": "+35315550100"}) == [("phone-number", "+35315550100")]
    function = "arn:aws:lambda:eu-west-2:111111111111:function:x"
    assert wanted(LambdaFunctionARN=function) == [("lambda-function", "")]
    assert wanted(Media={"Uri": "s3://a/b"}) == []


def test_a_flow_in_a_file_is_read_once_for_what_it_names():
    text, reads = flow(QueueId=ID), []

    def read():
        reads.append(1)
        return text

    later = LaterText("a file", read)
    mapping = FlowMapping.of([MappingRow("queue", ID, "Support")])
    for _ in range(3):
        assert list(named_in(later, mapping, "Main")) == [("queue", "Support")]
        for number in range(5):  # the text itself is let go of meanwhile
            str(LaterText(f"another {number}", lambda: text))
    assert reads == [1]
    assert list(named_in(later, FlowMapping(), "Main")) == [("queue", "")]
