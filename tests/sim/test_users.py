from __future__ import annotations

import unicodedata

import pytest

from bulkops.sim.core.simulation_config import InstanceConfig, SimConfig
from tests.sim.centre import PASSWORD, Centre

MISSING = ("InvalidRequestException", "Required parameter missing: Password")


def on(identity):
    return Centre(SimConfig(instances=(InstanceConfig(identity=identity),)))


def test_a_created_user_is_described_as_it_was_sent_without_its_password(centre):
    made = centre.ask(
        "CreateUser",
        **centre.user(
            HierarchyGroupId=centre.id("hierarchy-group", "Contact Centre"), Tags={"team": "a"}
        ),
    )
    user = centre.ask("DescribeUser", UserId=made["UserId"])["User"]
    assert user.pop("LastModifiedTime").isoformat() == "2026-01-01T00:00:00+00:00"
    assert user == {
        "Id": made["UserId"],
        "Arn": made["UserArn"],
        "Username": "new.user",
        "IdentityInfo": {"FirstName": "New", "LastName": "User"},
        "PhoneConfig": {
            "PhoneType": "SOFT_PHONE",
            "AutoAccept": False,
            "AfterContactWorkTimeLimit": 0,
        },
        "SecurityProfileIds": [centre.id("security-profile", "Agent")],
        "RoutingProfileId": centre.id("routing-profile", "Basic Routing Profile"),
        "HierarchyGroupId": centre.id("hierarchy-group", "Contact Centre"),
        "Tags": {"team": "a"},
        "LastModifiedRegion": "us-east-1",
    }
    assert made["UserArn"] == f"{centre.instance.arn}/agent/{made['UserId']}"


def test_a_second_user_of_the_same_login_is_refused_whatever_its_case(centre):
    centre.ask("CreateUser", **centre.user("Ann.Lee"))
    assert centre.refusal("CreateUser", **centre.user("ann.lee")) == (
        "DuplicateResourceException",
        "A resource with the specified name already exists.",
    )


def test_a_deleted_user_is_gone_and_its_login_is_free_again(centre):
    made = centre.ask("CreateUser", **centre.user())
    centre.ask("DeleteUser", UserId=made["UserId"])
    assert centre.code("DescribeUser", UserId=made["UserId"]) == "ResourceNotFoundException"
    assert centre.code("DeleteUser", UserId=made["UserId"]) == "ResourceNotFoundException"
    assert centre.ask("CreateUser", **centre.user())["UserId"] != made["UserId"]


@pytest.mark.parametrize(
    ("identity", "changed", "refused"),
    [
        ("CONNECT_MANAGED", {"Password": None}, "InvalidRequestException"),
        ("CONNECT_MANAGED", {"Password": "nodigitsHere"}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"Password": "Sh0rt"}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"Username": "a" * 21}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"Username": "josé"}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"Username": "ann@office"}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"IdentityInfo": {"FirstName": "Ann"}}, "InvalidRequestException"),
        ("CONNECT_MANAGED", {"IdentityInfo": None}, "InvalidRequestException"),
        (
            "CONNECT_MANAGED",
            {"IdentityInfo": {"FirstName": unicodedata.normalize("NFD", "é"), "LastName": "x"}},
            "InvalidParameterException",
        ),
        (
            "CONNECT_MANAGED",
            {"IdentityInfo": {"FirstName": "a", "LastName": "b", "Email": "nowhere"}},
            "InvalidParameterException",
        ),
        (
            "CONNECT_MANAGED",
            {"IdentityInfo": {"FirstName": "a", "LastName": "b", "SecondaryEmail": "a@b.c"}},
            "InvalidParameterException",
        ),
        (
            "CONNECT_MANAGED",
            {"IdentityInfo": {"FirstName": "a", "LastName": "b", "Mobile": "0871234567"}},
            "InvalidParameterException",
        ),
        (
            "CONNECT_MANAGED",
            {"PhoneConfig": {"PhoneType": "DESK_PHONE"}},
            "InvalidRequestException",
        ),
        ("CONNECT_MANAGED", {"PhoneConfig": {"PhoneType": "FAX"}}, "InvalidParameterException"),
        (
            "CONNECT_MANAGED",
            {"PhoneConfig": {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 2_000_001}},
            "InvalidParameterException",
        ),
        ("CONNECT_MANAGED", {"PhoneConfig": {"PhoneType": 3}}, "SerializationException"),
        ("CONNECT_MANAGED", {"SecurityProfileIds": []}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"SecurityProfileIds": ["x"] * 11}, "InvalidParameterException"),
        ("CONNECT_MANAGED", {"SecurityProfileIds": ["nowhere"]}, "ResourceNotFoundException"),
        ("CONNECT_MANAGED", {"RoutingProfileId": "nowhere"}, "ResourceNotFoundException"),
        ("CONNECT_MANAGED", {"HierarchyGroupId": "nowhere"}, "ResourceNotFoundException"),
        ("CONNECT_MANAGED", {"Tags": {"aws:x": "1"}}, "InvalidParameterException"),
        ("SAML", {}, "InvalidRequestException"),
        ("SAML", {"Password": None, "Username": "a" * 65}, "InvalidParameterException"),
        ("SAML", {"Password": None, "DirectoryUserId": "d"}, "InvalidRequestException"),
        (
            "SAML",
            {
                "Password": None,
                "IdentityInfo": {"FirstName": "a", "LastName": "b", "Email": "a@b.cd"},
            },
            "InvalidRequestException",
        ),
        ("EXISTING_DIRECTORY", {}, "InvalidRequestException"),
    ],
)
def test_what_the_kind_of_identity_does_not_allow_is_refused(identity, changed, refused):
    centre = on(identity)
    before = len(centre.instance.tables["user"])
    assert centre.code("CreateUser", **centre.user(**changed)) == refused
    assert len(centre.instance.tables["user"]) == before


@pytest.mark.parametrize(
    ("identity", "changed"),
    [
        ("CONNECT_MANAGED", {"Username": "ann@office.example"}),
        ("SAML", {"Password": None, "Username": "a" * 64}),
        ("EXISTING_DIRECTORY", {"Password": None, "IdentityInfo": None, "DirectoryUserId": "d"}),
    ],
)
def test_what_the_kind_of_identity_allows_is_taken(identity, changed):
    centre = on(identity)
    assert "UserId" in centre.ask("CreateUser", **centre.user(**changed))


def test_a_missing_password_is_refused_in_the_words_of_the_service(centre):
    assert centre.refusal("CreateUser", **centre.user(Password=None)) == MISSING


def test_no_refusal_repeats_what_was_sent(centre):
    secret = "lowercase-only-secret"
    _, message = centre.refusal("CreateUser", **centre.user(Password=secret))
    assert secret not in message
    assert message == (
        "1 validation error detected: Value at 'Password' failed to satisfy constraint: "
        "Member must satisfy the pattern of its type"
    )


def test_users_are_used_up_at_the_instances_quota():
    centre = Centre(SimConfig(limits={"user": 5}))
    centre.ask("CreateUser", **centre.user("fifth"))
    assert centre.code("CreateUser", **centre.user("sixth")) == "LimitExceededException"


def test_security_profiles_are_replaced_as_a_whole(centre):
    user = centre.id("user", "j.murphy")
    profiles = [centre.id("security-profile", name) for name in ("Admin", "QualityAnalyst")]
    centre.ask("UpdateUserSecurityProfiles", UserId=user, SecurityProfileIds=profiles)
    assert centre.ask("DescribeUser", UserId=user)["User"]["SecurityProfileIds"] == profiles
    twice = [profiles[0], profiles[0]]
    assert (
        centre.code("UpdateUserSecurityProfiles", UserId=user, SecurityProfileIds=twice)
        == "InvalidParameterException"
    )


def test_a_user_moves_to_another_routing_profile(centre):
    user, profile = centre.id("user", "j.murphy"), centre.id("routing-profile", "Billing")
    centre.ask("UpdateUserRoutingProfile", UserId=user, RoutingProfileId=profile)
    assert centre.ask("DescribeUser", UserId=user)["User"]["RoutingProfileId"] == profile


def test_a_user_leaves_its_hierarchy_group_where_none_is_given(centre):
    user = centre.id("user", "j.murphy")
    group = centre.id("hierarchy-group", "Contact Centre")
    centre.ask("UpdateUserHierarchy", UserId=user, HierarchyGroupId=group)
    assert centre.ask("DescribeUser", UserId=user)["User"]["HierarchyGroupId"] == group
    centre.ask("UpdateUserHierarchy", UserId=user)
    assert "HierarchyGroupId" not in centre.ask("DescribeUser", UserId=user)["User"]


def test_identity_and_phone_are_replaced_as_a_whole(centre):
    user = centre.id("user", "j.murphy")
    with_email = {"FirstName": "Jo", "LastName": "M", "Email": "jo@example.com"}
    centre.ask("UpdateUserIdentityInfo", UserId=user, IdentityInfo=with_email)
    centre.ask(
        "UpdateUserIdentityInfo", UserId=user, IdentityInfo={"FirstName": "Jo", "LastName": "N"}
    )
    desk = {
        "PhoneType": "DESK_PHONE",
        "DeskPhoneNumber": "+35315550101",
        "AfterContactWorkTimeLimit": 30,
    }
    centre.ask("UpdateUserPhoneConfig", UserId=user, PhoneConfig=desk)
    described = centre.ask("DescribeUser", UserId=user)["User"]
    assert described["IdentityInfo"] == {"FirstName": "Jo", "LastName": "N"}
    assert described["PhoneConfig"] == {"AutoAccept": False, **desk}


def test_a_search_shows_milliseconds_and_no_address_where_describe_shows_both(centre):
    user = centre.id("user", "j.murphy")
    info = {"FirstName": "Jo", "LastName": "M", "Email": "jo@example.com"}
    phone = {"PhoneType": "SOFT_PHONE", "AfterContactWorkTimeLimit": 30}
    centre.ask("UpdateUserIdentityInfo", UserId=user, IdentityInfo=info)
    centre.ask("UpdateUserPhoneConfig", UserId=user, PhoneConfig=phone)
    (found,) = centre.ask(
        "SearchUsers",
        SearchCriteria={
            "StringCondition": {
                "FieldName": "Username",
                "Value": "J.MURPHY",
                "ComparisonType": "EXACT",
            }
        },
    )["Users"]
    assert found["PhoneConfig"]["AfterContactWorkTimeLimit"] == 30_000
    assert found["IdentityInfo"] == {"FirstName": "Jo", "LastName": "M"}
    described = centre.ask("DescribeUser", UserId=user)["User"]
    assert described["PhoneConfig"]["AfterContactWorkTimeLimit"] == 30
    assert described["IdentityInfo"] == info


def test_a_user_of_a_directory_may_have_no_names():
    centre = on("EXISTING_DIRECTORY")
    centre.ask("CreateUser", **centre.user("nameless", Password=None, IdentityInfo=None))
    found = centre.ask("SearchUsers")["Users"][-1]
    assert (found["Username"], "IdentityInfo" in found) == ("nameless", False)


def test_a_list_shows_ids_and_logins_only(centre):
    first = centre.ask("ListUsers", MaxResults=1)["UserSummaryList"][0]
    assert set(first) == {"Id", "Arn", "Username", "LastModifiedTime", "LastModifiedRegion"}


def test_a_status_is_set_if_the_instance_has_it_enabled(centre):
    user, status = centre.id("user", "j.murphy"), centre.id("agent-status", "Break")
    centre.ask("PutUserStatus", UserId=user, AgentStatusId=status)
    assert centre.instance.tables["user"].get(user)["AgentStatusId"] == status
    assert (
        centre.code("PutUserStatus", UserId=user, AgentStatusId="none")
        == "ResourceNotFoundException"
    )
    table = centre.instance.tables["agent-status"]
    table.put({**table.get(status), "State": "DISABLED"})
    assert (
        centre.code("PutUserStatus", UserId=user, AgentStatusId=status)
        == "InvalidParameterException"
    )


def test_another_accounts_instance_is_not_found():
    centre = Centre(SimConfig(instances=(InstanceConfig(), InstanceConfig(account="999999999999"))))
    other = list(centre.world.instances.values())[1]
    assert centre.code("ListUsers", InstanceId=other.id) == "ResourceNotFoundException"
    assert [one["Id"] for one in centre.ask("ListInstances")["InstanceSummaryList"]] == [
        centre.instance.id
    ]


def test_no_password_is_kept(centre):
    centre.ask("CreateUser", **centre.user())
    assert PASSWORD not in repr([dict(one) for one in centre.instance.tables["user"].all()])
