from __future__ import annotations

import pytest

from bulkops.sim.state.refusals import ServiceError


def made(centre, name="Coach", **more):
    return centre.ask("CreateSecurityProfile", SecurityProfileName=name, **more)[
        "SecurityProfileId"
    ]


def permissions(centre, profile, **more):
    asked = {"SecurityProfileId": profile, **more}
    return centre.ask("ListSecurityProfilePermissions", **asked)


def shown(centre, profile):
    reply = centre.ask("DescribeSecurityProfile", SecurityProfileId=profile)
    return reply["SecurityProfile"]


def refusal_of(ask):
    with pytest.raises(ServiceError) as refused:
        ask()
    return refused.value.code


def test_permissions_are_listed_alone_page_by_page(centre):
    coach = made(centre, Permissions=["Users.View", "Queues.View"])
    assert "Permissions" not in shown(centre, coach)
    first = permissions(centre, coach, MaxResults=1)
    assert first["Permissions"] == ["Users.View"]
    last = permissions(centre, coach, MaxResults=1, NextToken=first["NextToken"])
    assert last == {"Permissions": ["Queues.View"]}


def test_an_update_replaces_the_lists_that_it_gives_and_no_others(centre):
    coach = made(centre, Permissions=["Users.View"], TagRestrictedResources=["User"])
    centre.ask("UpdateSecurityProfile", SecurityProfileId=coach, Permissions=[], Description="x")
    assert permissions(centre, coach) == {"Permissions": []}
    assert shown(centre, coach)["TagRestrictedResources"] == ["User"]
    assert shown(centre, coach)["Description"] == "x"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "Agent"}, "DuplicateResourceException"),
        ({"name": " "}, "InvalidParameterException"),
        ({"name": "Ä"}, "InvalidParameterException"),
        ({"Permissions": ["Users.View", "Users.View"]}, "InvalidParameterException"),
        ({"AllowedAccessControlHierarchyGroupId": "x"}, "ResourceNotFoundException"),
    ],
)
def test_what_is_not_taken_for_a_new_profile(centre, changed, code):
    assert refusal_of(lambda: made(centre, **changed)) == code


def test_an_update_must_change_something(centre):
    agent = centre.id("security-profile", "Agent")

    def nothing():
        centre.ask("UpdateSecurityProfile", SecurityProfileId=agent)

    assert refusal_of(nothing) == "InvalidRequestException"
