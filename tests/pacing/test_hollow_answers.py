from __future__ import annotations

import pytest

from bulkops.definition.model.newer_members import PartlyKnown
from bulkops.pacing.hollow_answers import substance, unless_hollow
from bulkops.pacing.replies import Fault, FaultClass, Reply


@pytest.mark.parametrize(
    ("operation", "data"),
    [
        ("ListUsers", {"UserSummaryList": []}),
        ("SearchUsers", {"Users": [], "ApproximateTotalCount": 0}),
        ("DescribeUser", {"User": {}}),
        ("GetCurrentMetricData", {}),  # what a Get answers is its own business
        ("UpdateUserRoutingProfile", {}),
    ],
)
def test_what_says_something_is_believed(operation, data):
    reply = Reply(data=data)
    assert unless_hollow(reply, "connect", operation) is reply


@pytest.mark.parametrize(
    ("operation", "data", "says"),
    [
        ("ListUsers", {}, "The answer to ListUsers has no UserSummaryList."),
        ("ListUsers", {"NextToken": "more"}, "The answer to ListUsers has no UserSummaryList."),
        ("SearchUsers", {"ApproximateTotalCount": 5}, "The answer to SearchUsers has no Users."),
        ("DescribeUser", {}, "The answer to DescribeUser has no User."),
    ],
)
def test_what_says_nothing_is_asked_for_again(operation, data, says):
    reply = Reply(data=data, http_status=200, request_id="r")
    assert unless_hollow(reply, "connect", operation) == Fault(
        fault_class=FaultClass.TRANSIENT,
        code="ForeignAnswer",
        message=says,
        http_status=200,
        request_id="r",
    )


def test_a_fault_stays_what_it_is():
    fault = Fault(fault_class=FaultClass.FATAL, code="AccessDeniedException", message="")
    assert unless_hollow(fault, "connect", "ListUsers") is fault


def test_an_operation_that_answers_nothing_owes_nothing():
    assert substance("ec2", "DescribeSpotDatafeedSubscription") == {"SpotDatafeedSubscription"}
    assert substance("lex-models", "GetBots") == frozenset()


def test_what_a_description_tells_in_single_values_is_told_by_any_of_them():
    assert "Name" in substance("secretsmanager", "DescribeSecret")


def test_a_reply_says_what_the_model_did_not_know():
    inner = PartlyKnown({"Name": "a"}, ["Newer"])
    assert Reply(data={"Things": [inner, inner]}).unknown == ("Things[].Newer",)
