from __future__ import annotations

import pytest


def string(value, comparison="EXACT", field="Username"):
    return {"StringCondition": {"FieldName": field, "Value": value, "ComparisonType": comparison}}


def found(centre, criteria, **more):
    reply = centre.ask("SearchUsers", SearchCriteria=criteria, **more)
    return [user["Username"] for user in reply["Users"]]


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        ({}, ["admin", "j.murphy", "m.silva", "a.kowalska"]),
        (string("ADMIN"), ["admin"]),
        (string("adm"), []),
        (string("A", "STARTS_WITH"), ["admin", "a.kowalska"]),
        (string("SIL", "CONTAINS"), ["m.silva"]),
        (string("Murphy", field="LastName"), ["j.murphy"]),
        (string("anna", field="FirstName"), ["a.kowalska"]),
        ({"OrConditions": [string("admin"), string("m.silva")]}, ["admin", "m.silva"]),
        ({"OrConditions": []}, []),
        ({"AndConditions": [string("a", "STARTS_WITH"), string("min", "CONTAINS")]}, ["admin"]),
        (
            {"OrConditions": [{"AndConditions": [string("admin")]}, string("j.murphy")]},
            ["admin", "j.murphy"],
        ),
    ],
)
def test_criteria_find_what_they_say(centre, criteria, names):
    assert found(centre, criteria) == names


def test_users_are_found_by_the_ids_of_what_they_have(centre):
    profile = centre.id("security-profile", "Agent")
    assert len(found(centre, string(profile, field="SecurityProfileId"))) == 4
    routing = centre.id("routing-profile", "Billing")
    assert found(centre, string(routing, field="RoutingProfileId")) == []
    user = centre.id("user", "m.silva")
    assert found(centre, string(user, field="resourceId")) == ["m.silva"]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (string("x", field="username"), "InvalidParameterException"),
        (string("x", "LIKE"), "InvalidParameterException"),
        (string("x", "CONTAINS"), "InvalidParameterException"),
        (string("x" * 26, "CONTAINS"), "InvalidParameterException"),
        ({"StringCondition": {"FieldName": "Username"}}, "InvalidRequestException"),
    ],
)
def test_criteria_that_are_none_are_refused(centre, condition, code):
    assert centre.code("SearchUsers", SearchCriteria=condition) == code


def test_an_unknown_field_is_refused_with_those_that_are_known(centre):
    assert centre.refusal("SearchQueues", SearchCriteria=string("x")) == (
        "InvalidParameterException",
        "StringCondition.FieldName is not supported; supported are: name, description, resourceID",
    )


def test_a_page_says_how_many_there_are_in_all(centre):
    criteria = {"OrConditions": [string("admin"), string("m.silva"), string("j.murphy")]}
    first = centre.ask("SearchUsers", SearchCriteria=criteria, MaxResults=2)
    assert first["ApproximateTotalCount"] == 3
    token = first["NextToken"]
    assert found(centre, criteria, MaxResults=2, NextToken=token) == ["m.silva"]


@pytest.mark.parametrize(
    ("operation", "member", "field", "name"),
    [
        ("SearchSecurityProfiles", "SecurityProfiles", "name", "Agent"),
        ("SearchHoursOfOperations", "HoursOfOperations", "name", "Basic Hours"),
        ("SearchAgentStatuses", "AgentStatuses", "name", "Available"),
        ("SearchQuickConnects", "QuickConnects", "name", "Billing desk"),
        ("SearchQueues", "Queues", "name", "BasicQueue"),
        ("SearchPredefinedAttributes", "PredefinedAttributes", "name", "Skill"),
        ("SearchUserHierarchyGroups", "UserHierarchyGroups", "name", "Sales"),
    ],
)
def test_every_kind_is_found_by_name(centre, operation, member, field, name):
    reply = centre.ask(operation, SearchCriteria=string(name.upper(), field=field))
    assert [one.get("Name", one.get("SecurityProfileName")) for one in reply[member]] == [name]


def test_a_condition_that_the_search_does_not_have_is_refused(centre):
    assert centre.refusal("SearchQueues", SearchCriteria={"Colour": "blue"}) == (
        "InvalidParameterException",
        "Colour is not a condition of this search.",
    )


def test_flows_are_found_by_what_they_are(centre):
    def names(**criteria):
        flows = centre.ask("SearchContactFlows", SearchCriteria=criteria)["ContactFlows"]
        return [flow["Name"] for flow in flows]

    assert names(TypeCondition="CUSTOMER_QUEUE") == ["Default customer queue"]
    assert names(StateCondition="ARCHIVED") == []
    published = names(StatusCondition="PUBLISHED")
    assert len(published) == len(centre.instance.tables["contact-flow"])
    assert (
        len(centre.ask("SearchQueues", SearchCriteria={"QueueTypeCondition": "STANDARD"})["Queues"])
        == 7
    )
