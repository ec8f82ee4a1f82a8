"""The sheet that says what stands in a target for what flows refer to, read by cell."""

from __future__ import annotations

from bulkops.planning.flows.found_texts import FlowSource
from bulkops.planning.promotion.flow_mapping import MappingRow
from bulkops.planning.promotion.mapping_sheet import read_mapping
from tests.planning.paper import said, sheet_of

QUEUE = "arn:aws:connect:eu-west-2:111111111111:instance/i-1/queue/q-1"


def row(kind="queue", source=QUEUE, **more):
    return {"kind": kind, "source": source, "target": "", **more}


def test_rows_say_where_flows_come_from_and_what_they_name():
    instance = "arn:aws:connect:eu-west-2:111111111111:instance/i-1"
    sheet = sheet_of(
        row("instance", instance),
        row("account", "111111111111"),
        row("region", "eu-west-2"),
        row("Queue", name="Support", note="for people"),
        row("", "", note="nothing"),
    )
    read = read_mapping(sheet)
    assert read.problems == ()
    assert read.source == FlowSource(instance_id="i-1", account="111111111111", region="eu-west-2")
    assert MappingRow("queue", QUEUE, "Support", number=5) in read.rows


def test_what_is_wrong_is_said_by_cell():
    sheet = sheet_of(
        row(target="Help"),
        row(source="q-1", target="Desk"),
        row(""),
        row(source="", name="Support"),
    )
    assert said(read_mapping(sheet).problems) == [
        ("mapped-twice", "Users!C3"),
        ("required", "Users!A4"),
        ("required", "Users!B5"),
    ]


def test_a_sheet_without_its_columns_maps_nothing():
    read = read_mapping(sheet_of({"kind": "queue", "Kind": "flow", "target": "x"}))
    assert [each.message for each in read.problems] == ["the sheet Mapping has no column source"]
    assert read.rows == ()
