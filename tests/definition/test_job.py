from __future__ import annotations

import pytest

from bulkops.definition import Col, Each, Find, Saved, Token
from bulkops.definition.catalogue import load
from bulkops.definition.job import leaves, verb

CREATE = load("create-users").job


def test_every_step_has_an_address():
    assert [address for address, _ in CREATE.addresses()] == [
        "0",
        "0.0",
        "0.1",
        "0.2",
        "0.3",
        "0.4",
        "0.undo",
    ]
    assert CREATE.step("0.undo").operation == "DeleteUser"
    assert CREATE.step("0.3").operation == "UpdateUserRoutingProfile"


def test_a_column_is_found_by_its_name():
    assert CREATE.column("tags").kind == "tags"
    with pytest.raises(KeyError):
        CREATE.column("nickname")


def test_the_expressions_of_an_argument_come_in_the_order_written():
    queue = Find("queue", Col("queue"))
    arg = Each({"Queue": {"Id": queue, "Channel": Col("channel")}, "Fixed": 1, "By": Saved("x")})
    assert list(leaves(arg)) == [queue, Col("channel"), Saved("x")]
    assert list(leaves(Token())) == [Token()]
    assert list(leaves("text")) == []


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        ("CreateUser", "create"),
        ("ClaimPhoneNumber", "create"),
        ("DeleteUser", "delete"),
        ("ReleasePhoneNumber", "delete"),
        ("AssociateRoutingProfileQueues", "associate"),
        ("BatchAssociateAnalyticsDataSet", "associate"),
        ("DisassociateRoutingProfileQueues", "disassociate"),
        ("BatchDisassociateAnalyticsDataSet", "disassociate"),
        ("TagResource", "associate"),
        ("UntagResource", "disassociate"),
        ("UpdateUserHierarchy", "update"),
        ("PutUserStatus", "update"),
    ],
)
def test_an_operation_says_by_its_name_what_it_does(operation, said):
    assert verb(operation) == said
