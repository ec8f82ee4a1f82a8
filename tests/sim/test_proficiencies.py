from __future__ import annotations


def item(value="Irish", level=3, name="connect:Language"):
    return {"AttributeName": name, "AttributeValue": value, "Level": level}


def listed(centre, user):
    return [
        (one["AttributeName"], one["AttributeValue"], one["Level"])
        for one in centre.ask("ListUserProficiencies", UserId=user)["UserProficiencyList"]
    ]


def test_proficiencies_are_associated_then_updated_then_taken_away(centre):
    user = centre.id("user", "m.silva")
    centre.ask(
        "AssociateUserProficiencies", UserId=user, UserProficiencies=[item(), item("Polish")]
    )
    centre.ask("UpdateUserProficiencies", UserId=user, UserProficiencies=[item(level=5)])
    assert listed(centre, user) == [
        ("connect:Language", "Irish", 5.0),
        ("connect:Language", "Polish", 3.0),
    ]
    gone = [{"AttributeName": "connect:Language", "AttributeValue": "Irish"}]
    centre.ask("DisassociateUserProficiencies", UserId=user, UserProficiencies=gone)
    assert listed(centre, user) == [("connect:Language", "Polish", 3.0)]
    assert (
        centre.code("DisassociateUserProficiencies", UserId=user, UserProficiencies=gone)
        == "ResourceNotFoundException"
    )


def test_what_is_not_so_is_refused_and_nothing_of_the_request_happens(centre):
    user = centre.id("user", "m.silva")

    def code(operation, *items):
        return centre.code(operation, UserId=user, UserProficiencies=list(items))

    assert code("UpdateUserProficiencies", item()) == "ResourceNotFoundException"
    assert code("AssociateUserProficiencies", item(level=6)) == "InvalidParameterException"
    assert code("AssociateUserProficiencies", item("Klingon")) == "InvalidParameterException"
    assert code("AssociateUserProficiencies", item(name="None")) == "ResourceNotFoundException"
    assert code("AssociateUserProficiencies", item(), item()) == "InvalidParameterException"
    centre.ask("AssociateUserProficiencies", UserId=user, UserProficiencies=[item()])
    assert code("AssociateUserProficiencies", item("Polish"), item()) == "InvalidRequestException"
    assert listed(centre, user) == [("connect:Language", "Irish", 3.0)]


def test_a_user_has_no_more_proficiencies_than_the_quota(centre):
    values = [f"v{n}" for n in range(11)]
    table = centre.instance.tables["predefined-attribute"]
    table.put({**table.get("Skill"), "Values": {"StringList": values}})
    items = [item(value, name="Skill") for value in values]
    user = centre.id("user", "m.silva")
    assert (
        centre.code("AssociateUserProficiencies", UserId=user, UserProficiencies=items)
        == "InvalidRequestException"
    )
    centre.ask("AssociateUserProficiencies", UserId=user, UserProficiencies=items[:10])
    first = centre.ask("ListUserProficiencies", UserId=user, MaxResults=7)
    second = centre.ask(
        "ListUserProficiencies", UserId=user, MaxResults=7, NextToken=first["NextToken"]
    )
    assert [len(page["UserProficiencyList"]) for page in (first, second)] == [7, 3]
    assert "NextToken" not in second


def found(centre, *conditions):
    criteria = {"ListCondition": {"TargetListType": "PROFICIENCIES", "Conditions": [*conditions]}}
    return [
        user["Username"] for user in centre.ask("SearchUsers", SearchCriteria=criteria)["Users"]
    ]


def test_users_are_found_by_their_proficiencies(centre):
    for name, level in (("m.silva", 2), ("j.murphy", 4)):
        user = centre.id("user", name)
        centre.ask("AssociateUserProficiencies", UserId=user, UserProficiencies=[item(level=level)])
    irish = {
        "StringCondition": {
            "FieldName": "connect:Language",
            "Value": "Irish",
            "ComparisonType": "EXACT",
        }
    }

    def number(comparison, **bounds):
        named = {"FieldName": "connect:Language", "ComparisonType": comparison}
        return {"NumberCondition": {**named, **bounds}}

    assert found(centre, irish) == ["j.murphy", "m.silva"]
    assert found(centre, irish, number("GREATER_OR_EQUAL", MinValue=4)) == ["j.murphy"]
    assert found(centre, number("GREATER", MinValue=2)) == ["j.murphy"]
    assert found(centre, number("LESSER", MaxValue=4)) == ["m.silva"]
    assert found(centre, number("LESSER_OR_EQUAL", MaxValue=2)) == ["m.silva"]
    assert found(centre, number("EQUAL", MinValue=2)) == ["m.silva"]
    assert found(centre, number("NOT_EQUAL", MinValue=2)) == ["j.murphy"]
    assert found(centre, number("RANGE", MinValue=1, MaxValue=3)) == ["m.silva"]
    criteria = {"ListCondition": {"Conditions": [number("RANGE", MinValue=1)]}}
    assert centre.code("SearchUsers", SearchCriteria=criteria) == "InvalidRequestException"
