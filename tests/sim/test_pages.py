from __future__ import annotations

import base64

import pytest

from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.sim.centre import Centre


@pytest.fixture
def crowd():
    return Centre(SimConfig(instances=(InstanceConfig(users=250, routing_profiles=3),)))


def pages(centre, operation="ListUsers", member="UserSummaryList", **params):
    token = {}
    while True:
        reply = centre.ask(operation, **params, **token)
        yield reply[member]
        if "NextToken" not in reply:
            return
        token = {"NextToken": reply["NextToken"]}


@pytest.mark.parametrize(("size", "lengths"), [({}, [100, 100, 54]), ({"MaxResults": 1000}, [254])])
def test_pages_hold_everything_once_in_the_order_of_making(crowd, size, lengths):
    found = list(pages(crowd, **size))
    assert [len(page) for page in found] == lengths
    names = [user["Username"] for page in found for user in page]
    assert names[4:] == [f"agent{n:05d}" for n in range(1, 251)]


def test_the_seed_holds_as_many_profiles_as_asked_for(crowd):
    (found,) = pages(crowd, "ListRoutingProfiles", "RoutingProfileSummaryList")
    assert [profile["Name"] for profile in found][6:] == [
        "Profile 00001",
        "Profile 00002",
        "Profile 00003",
    ]


def test_what_is_deleted_or_made_between_pages_hides_nothing_else(crowd):
    first = crowd.ask("ListUsers", MaxResults=100)
    crowd.ask("DeleteUser", UserId=first["UserSummaryList"][0]["Id"])
    crowd.ask("CreateUser", **crowd.user())
    rest = crowd.ask("ListUsers", MaxResults=200, NextToken=first["NextToken"])["UserSummaryList"]
    names = [user["Username"] for user in rest]
    assert (names[0], names[-1], len(names)) == ("agent00097", "new.user", 155)


def test_a_token_belongs_to_its_operation_and_arguments(crowd):
    token = crowd.ask("ListUsers", MaxResults=2)["NextToken"]
    assert len(crowd.ask("ListUsers", MaxResults=5, NextToken=token)["UserSummaryList"]) == 5
    assert crowd.code("ListRoutingProfiles", NextToken=token) == "InvalidParameterException"
    token = crowd.ask("ListQueues", QueueTypes=["STANDARD"], MaxResults=2)["NextToken"]
    assert crowd.code("ListQueues", NextToken=token) == "InvalidParameterException"


@pytest.mark.parametrize("token", ["nonsense", "", "é", base64.b64encode(b"x" * 40).decode()])
def test_what_is_no_token_is_refused(crowd, token):
    assert crowd.code("ListUsers", NextToken=token) == "InvalidParameterException"


def test_a_token_is_refused_after_a_day(crowd):
    token = crowd.ask("ListUsers")["NextToken"]
    crowd.now = 86_400.0
    crowd.ask("ListUsers", NextToken=token)
    crowd.now = 86_401.0
    assert crowd.refusal("ListUsers", NextToken=token) == (
        "InvalidRequestException",
        "InvalidToken: the pagination token has expired.",
    )


@pytest.mark.parametrize(
    ("operation", "size"),
    [("ListUsers", 1001), ("ListUsers", 0), ("SearchUsers", 501), ("SearchQuickConnects", 101)],
)
def test_a_page_size_that_the_operation_does_not_have_is_refused(crowd, operation, size):
    assert crowd.code(operation, MaxResults=size) == "InvalidParameterException"
