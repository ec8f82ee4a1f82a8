"""Flows that need one another, found together and in the order in which they can be made."""

from __future__ import annotations

import random

import pytest

from bulkops.planning.flows.flow_circles import in_order_of_need, needed_flows
from bulkops.planning.flows.flow_references import references
from tests.planning.flows.real_flows import SOURCE, THING, arn, block, flow


def told(needs):
    return [
        "".join(knot.members) + "*" * knot.is_circle
        for knot in in_order_of_need({key: list(named) for key, named in needs.items()})
    ]


@pytest.mark.parametrize(
    ("needs", "order"),
    [
        ({}, []),
        ({"a": "", "b": ""}, ["a", "b"]),
        ({"a": "bcde", "b": "c", "c": "d", "d": "e", "e": ""}, ["e", "d", "c", "b", "a"]),
        ({"a": "a"}, ["a*"]),
        ({"a": "xyx", "b": "a"}, ["a", "b"]),
        ({"a": "b", "b": "a", "c": "a"}, ["ab*", "c"]),
        ({"a": "bd", "b": "c", "c": "b", "d": "cb"}, ["bc*", "d", "a"]),
        ({"a": "b", "b": "c", "c": "ad", "d": "ed", "e": "d"}, ["de*", "abc*"]),
    ],
)
def test_what_is_needed_comes_first_and_circles_stand_together(needs, order):
    assert told(needs) == order


def test_a_long_chain_is_walked_without_recursion():
    needs = {index: [index + 1] for index in range(5_000)}
    order = in_order_of_need(needs)
    assert [knot.members for knot in order] == [(index,) for index in reversed(range(5_000))]
    ring = in_order_of_need({**needs, 5_000: [0]})
    assert [(len(knot.members), knot.is_circle) for knot in ring] == [(5_001, True)]


def reached(needs, start):
    seen, ahead = set(), list(needs[start])
    while ahead:
        if (each := ahead.pop()) not in seen:
            seen.add(each)
            ahead += needs[each]
    return seen


@pytest.mark.parametrize("seed", range(40))
def test_any_needs_are_ordered(seed):
    print("seed", seed)
    chance = random.Random(seed)
    keys = range(chance.randrange(1, 12))
    needs = {key: [each for each in keys if chance.random() < 0.15] for key in keys}
    far = {key: reached(needs, key) for key in keys}
    made = set()
    for members, is_circle in in_order_of_need(needs):
        first = members[0]
        together = {each for each in keys if each in far[first] and first in far[each]} | {first}
        assert set(members) == together
        assert is_circle == (first in far[first])
        made |= together
        assert all(set(needs[each]) <= made for each in members)
    assert made == set(keys)


def test_only_what_contacts_are_led_to_is_needed():
    document = flow(
        block("a", "Any", {"ContactFlowId": THING, "QueueId": THING}),
        block("b", "Any", {"FlowModuleId": arn("flow-module"), "ContactFlowId": "$.x"}),
        metadata={"a": {"contactFlow": {"id": arn("contact-flow"), "text": "A"}}},
    )
    found = needed_flows(references(document.content, SOURCE))
    assert [(each.kind, each.block.identifier) for each in found] == [
        ("contact-flow", "a"),
        ("contact-flow-module", "b"),
    ]
