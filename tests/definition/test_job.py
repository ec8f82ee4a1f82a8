from __future__ import annotations

import pytest

from bulkops.definition import Col, Each, Find, Saved, Token
from bulkops.definition.catalogue import load
from bulkops.definition.expressions import leaves
from bulkops.definition.verbs import sets_values, verb

CREATE = load("create-users").job


def test_every_step_has_an_address():
    assert [address for address, _ in CREATE.addresses()] == [
        "0",
        "0.0",
        "0.1",
        "0.2",
        "0.3",
        "0.4",
        "0.5",
        "0.5.undo",
        "0.undo",
    ]
    assert CREATE.step("0.undo").operation == "DeleteUser"
    assert CREATE.step("0.3").operation == "UpdateUserRoutingProfile"


def test_a_step_is_found_by_its_address():
    job = load("create-users").job
    assert job.step("0.1") is job.steps[0].otherwise[1]
    with pytest.raises(KeyError, match="7"):
        job.step("7")


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


@pytest.mark.parametrize(
    ("operation", "sets"),
    [
        ("UpdateUserHierarchy", True),
        ("BatchUpdateCase", True),
        ("PutUserStatus", True),
        ("SetQueueAttributes", True),
        ("ModifyDBInstance", True),
        ("SettleAccount", False),
        ("StopContact", False),
        ("ResumeContact", False),
        ("SendMessage", False),
        ("AddPermission", False),
        ("CreateUser", False),
        ("DeleteUser", False),
    ],
)
def test_operations_that_set_values_are_told_from_deeds_by_their_first_word(operation, sets):
    assert sets_values(operation) is sets
