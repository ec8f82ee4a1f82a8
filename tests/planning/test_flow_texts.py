"""Flows compared as texts, and how their differences are told."""

from __future__ import annotations

import json

import pytest

from bulkops.planning.diff.alike import is_alike
from bulkops.planning.diff.flow_texts import MOST_TOLD, flow_in, told_changes
from tests.planning.test_planned_flows import content

ID = "22222222-2222-4222-8222-222222222222"
ARN = f"arn:aws:connect:eu-west-2:111122223333:instance/{ID[:-1]}9/queue/{ID}"


def with_queue(queue):
    flow = json.loads(content())
    flow["Actions"][0] |= {"Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": queue}}
    return json.dumps(flow)


def told(old, new):
    changes = told_changes("content", old, new, lambda kind, _: f"the {kind}")
    return None if changes is None else [str(change) for change in changes]


def test_flows_do_the_same_however_they_are_drawn_or_their_blocks_called():
    assert is_alike(content(), content(x=900))
    assert is_alike(content(), content().replace('"say"', '"greet"'))
    assert is_alike(with_queue(ID), with_queue(ARN))
    assert not is_alike(content(), content("Good day"))
    assert is_alike('{"a": 1, "b": 2}', '{"b": 2, "a": 1}')
    assert not is_alike('{"Actions": 1, "StartAction": "x"}', content())


@pytest.mark.parametrize("text", [None, "text", "{", '{"a": 1}'])
def test_what_is_no_flow_is_not_told_as_one(text):
    assert flow_in(text) is None
    assert told(text, content()) is None


def test_changes_are_told_block_by_block():
    assert told(content(), content("Good day")) == [
        'content, "say" (MessageParticipant), Text: Hello → Good day'
    ]
    assert told(content(), content()) == []
    (first, *_) = told(content(), with_queue(ARN))
    assert first.startswith("content, ")
    other = ARN.replace("2222222222", "3333333333")
    assert told(with_queue(ARN), with_queue(other)) == []  # both bear one name here


def test_where_a_flow_starts_is_of_no_block():
    flow = json.loads(content())
    flow["StartAction"] = "end"
    assert any(
        each.startswith("content, StartAction") for each in told(content(), json.dumps(flow))
    )


def test_of_many_changes_the_last_are_counted():
    flow = json.loads(content())
    more = {f"Key {number}": "x" for number in range(MOST_TOLD + 9)}
    flow["Actions"][0]["Parameters"] |= more
    assert told(content(), json.dumps(flow))[MOST_TOLD:] == ["content: ∅ → 9 more changes"]
