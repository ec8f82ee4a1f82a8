from __future__ import annotations

import pytest

from bulkops.definition.access import actions, homes_of, services_of
from bulkops.definition.catalogue import load
from bulkops.definition.homes import (
    INSTANCE_ID,
    everywhere,
    filled,
    home_of,
    member_filled,
    with_instance,
)

PLACES = {"instance": "i", "cases-domain": "c", "quick-responses": "q", "knowledge-base": "k"}


@pytest.mark.parametrize(
    ("service", "operation", "params"),
    [
        ("connect", "CreateUser", {"InstanceId": "i"}),
        ("connect", "ListInstances", {}),
        ("connectcampaignsv2", "CreateCampaign", {"connectInstanceId": "i"}),
        ("connectcampaignsv2", "StartCampaign", {}),
        ("connectcases", "CreateField", {"domainId": "c"}),
        ("connectcases", "ListDomains", {}),
        ("qconnect", "SearchQuickResponses", {"knowledgeBaseId": "q"}),
        ("qconnect", "StartImportJob", {"knowledgeBaseId": "q"}),
        ("qconnect", "StartContentUpload", {"knowledgeBaseId": "k"}),
        ("customer-profiles", "CreateProfile", {}),
        ("ec2", "TerminateInstances", {}),
    ],
)
def test_the_target_fills_the_home_that_an_operation_asks_for(service, operation, params):
    assert filled(service, operation, PLACES) == params


def test_every_home_can_be_stood_in_for():
    assert filled("customer-profiles", "CreateProfile", everywhere("?")) == {"DomainName": "?"}
    assert home_of("qconnect", "CreateMessageTemplate").name == "message-templates"


def test_what_a_row_says_by_itself_is_not_filled_but_for_the_instance():
    assert member_filled("connectcases", "CreateField", ()) == "domainId"
    assert member_filled("connectcases", "CreateField", {"domainId"}) == ""
    assert member_filled("connect", "CreateUser", {"InstanceId"}) == "InstanceId"
    assert member_filled("iam", "CreateUser", ()) == ""


def test_the_instance_is_put_where_a_listing_is_always_asked_for_it():
    asked = {"filters": [{"value": INSTANCE_ID, "operator": "Eq"}], "maxResults": 5}
    put = {"filters": [{"value": "i", "operator": "Eq"}], "maxResults": 5}
    assert with_instance(asked, "i") == put


@pytest.mark.parametrize(
    ("job", "homes"),
    [
        ("create-users", ["instance"]),
        ("iam:CreateUser", []),
        ("connectcases:CreateField", []),
        ("connect:UpdateUserRoutingProfile", ["instance"]),
    ],
)
def test_a_job_needs_the_homes_that_it_does_not_say_itself(job, homes):
    assert [home.name for home in homes_of(load(job).job)] == homes


def test_who_needs_no_instance_needs_no_right_to_describe_one():
    asked = [access.action for access in actions(load("iam:CreateUser").job)]
    assert "connect:DescribeInstance" not in asked
    assert services_of(load("iam:CreateUser").job) == ("iam",)
