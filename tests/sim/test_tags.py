from __future__ import annotations

import pytest


@pytest.fixture
def arn(centre):
    return centre.arn("user", "j.murphy")


def test_tags_are_put_on_changed_and_taken_off(centre, arn):
    centre.ask("TagResource", resourceArn=arn, tags={"team": "a", "Straße/1": "x"})
    centre.ask("TagResource", resourceArn=arn, tags={"team": "b"})
    assert centre.ask("ListTagsForResource", resourceArn=arn) == {
        "tags": {"team": "b", "Straße/1": "x"}
    }
    centre.ask("UntagResource", resourceArn=arn, tagKeys=["team", "never there"])
    assert centre.ask("ListTagsForResource", resourceArn=arn) == {"tags": {"Straße/1": "x"}}
    centre.ask("UntagResource", resourceArn=arn, tagKeys=["Straße/1"])
    assert centre.ask("ListTagsForResource", resourceArn=arn) == {"tags": {}}


@pytest.mark.parametrize("kind", ["queue", "routing-profile", "hierarchy-group", "agent-status"])
def test_anything_with_an_arn_can_be_tagged(centre, kind):
    record = next(iter(centre.instance.tables[kind].all()))
    centre.ask("TagResource", resourceArn=record["Arn"], tags={"a": "b"})
    assert centre.ask("ListTagsForResource", resourceArn=record["Arn"]) == {"tags": {"a": "b"}}


@pytest.mark.parametrize(
    ("tags", "code"),
    [
        ({}, "InvalidParameterException"),
        ({"": "x"}, "InvalidParameterException"),
        ({"aws:team": "x"}, "InvalidParameterException"),
        ({"what?": "x"}, "InvalidParameterException"),
        ({"k" * 129: "x"}, "InvalidParameterException"),
        ({"k": "v" * 257}, "InvalidParameterException"),
        ({f"k{n}": "v" for n in range(51)}, "InvalidParameterException"),
    ],
)
def test_tags_that_may_not_be_are_refused(centre, arn, tags, code):
    assert centre.code("TagResource", resourceArn=arn, tags=tags) == code


def test_a_resource_has_fifty_tags_at_the_most(centre, arn):
    centre.ask("TagResource", resourceArn=arn, tags={f"k{n}": "v" for n in range(50)})
    assert (
        centre.code("TagResource", resourceArn=arn, tags={"one more": "v"})
        == "InvalidRequestException"
    )


def test_an_arn_that_names_nothing_is_not_found(centre, arn):
    for wrong in (
        "arn:aws:connect:us-east-1:123456789012:instance/other/agent/x",
        f"{arn}x",
        f"{centre.instance.arn}/castle/x",
    ):
        assert centre.code("ListTagsForResource", resourceArn=wrong) == "ResourceNotFoundException"
    assert centre.code("UntagResource", resourceArn=arn, tagKeys=["aws:x"]) == (
        "InvalidParameterException"
    )


def test_things_are_found_by_their_tags(centre, arn):
    centre.ask("TagResource", resourceArn=arn, tags={"team": "a", "site": "Dublin"})
    centre.ask("TagResource", resourceArn=centre.arn("user", "admin"), tags={"team": "a"})

    def found(search_filter):
        reply = centre.ask("SearchUsers", SearchFilter=search_filter)
        return [user["Username"] for user in reply["Users"]]

    def tag(key, value=None):
        return {"TagKey": key} if value is None else {"TagKey": key, "TagValue": value}

    both = [tag("team", "a"), tag("site", "Dublin")]
    assert found({"TagFilter": {"TagCondition": tag("team")}}) == ["admin", "j.murphy"]
    assert found({"TagFilter": {"AndConditions": both}}) == ["j.murphy"]
    assert found({"TagFilter": {"OrConditions": [both, [tag("team", "b")]]}}) == ["j.murphy"]
    assert found({"UserAttributeFilter": {"AndCondition": {"TagConditions": both}}}) == ["j.murphy"]
    assert found({"UserAttributeFilter": {"OrConditions": [{"TagConditions": both}]}}) == [
        "j.murphy"
    ]
    assert (
        centre.code("SearchUsers", SearchFilter={"TagFilter": {"TagCondition": {"TagValue": "a"}}})
        == "InvalidRequestException"
    )
