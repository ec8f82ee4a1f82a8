from __future__ import annotations

from tests.sim.centre import Centre


def path(group):
    return [level["Name"] for level in group["HierarchyPath"].values()]


def test_groups_are_found_with_the_path_above_them(centre):
    groups = centre.ask("SearchUserHierarchyGroups")["UserHierarchyGroups"]
    assert [path(group) for group in groups[:-1]] == [
        ["Contact Centre"],
        ["Contact Centre", "Dublin"],
        ["Contact Centre", "Dublin", "Support"],
        ["Contact Centre", "Dublin", "Billing"],
        ["Contact Centre", "Lisbon"],
        ["Contact Centre", "Lisbon", "Support"],
        ["Contact Centre", "Lisbon", "Sales"],
    ]
    levels = centre.ask("DescribeUserHierarchyStructure")["HierarchyStructure"]
    assert {group["LevelId"] for group in groups[:-1]} == {level["Id"] for level in levels.values()}
    assert list(levels) == ["LevelOne", "LevelTwo", "LevelThree"]


def test_a_name_may_stand_in_two_branches_and_not_twice_in_one(centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    dublin = centre.id("hierarchy-group", "Dublin", top)
    made = centre.ask("CreateUserHierarchyGroup", Name="Sales", ParentGroupId=dublin)
    described = centre.ask("DescribeUserHierarchyGroup", HierarchyGroupId=made["HierarchyGroupId"])[
        "HierarchyGroup"
    ]
    assert path(described) == ["Contact Centre", "Dublin", "Sales"]
    assert (
        centre.code("CreateUserHierarchyGroup", Name="SALES", ParentGroupId=dublin)
        == "DuplicateResourceException"
    )


def test_a_group_that_may_not_be_is_refused(centre: Centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    dublin = centre.id("hierarchy-group", "Dublin", top)
    support = centre.id("hierarchy-group", "Support", dublin)

    def code(**params):
        return centre.code("CreateUserHierarchyGroup", **params)

    assert code(Name="Deeper", ParentGroupId=support) == "InvalidRequestException"
    assert code(Name="Lost", ParentGroupId="none") == "ResourceNotFoundException"
    assert code(Name=" ") == "InvalidRequestException"
    centre.world.limits = {"hierarchy-group": 7}
    assert code(Name="New") == "LimitExceededException"


def test_a_group_with_users_or_groups_below_is_not_deleted(centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    lisbon = centre.id("hierarchy-group", "Lisbon", top)
    sales = centre.id("hierarchy-group", "Sales", lisbon)
    user = centre.id("user", "m.silva")

    def code(group):
        return centre.code("DeleteUserHierarchyGroup", HierarchyGroupId=group)

    centre.ask("UpdateUserHierarchy", UserId=user, HierarchyGroupId=sales)
    assert code(lisbon) == "ResourceInUseException"
    assert code(sales) == "ResourceInUseException"
    centre.ask("UpdateUserHierarchy", UserId=user)
    centre.ask("DeleteUserHierarchyGroup", HierarchyGroupId=sales)
    assert code(sales) == "ResourceNotFoundException"


def test_users_are_found_by_their_group_and_by_those_above_it(centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    lisbon = centre.id("hierarchy-group", "Lisbon", top)
    sales = centre.id("hierarchy-group", "Sales", lisbon)
    centre.ask("UpdateUserHierarchy", UserId=centre.id("user", "m.silva"), HierarchyGroupId=sales)
    centre.ask("UpdateUserHierarchy", UserId=centre.id("user", "admin"), HierarchyGroupId=top)

    def found(group, match, where="SearchCriteria"):
        condition = {"HierarchyGroupCondition": {"Value": group, "HierarchyGroupMatchType": match}}
        given = {"UserAttributeFilter": condition} if where == "SearchFilter" else condition
        users = centre.ask("SearchUsers", **{where: given})["Users"]
        return [user["Username"] for user in users]

    assert found(top, "EXACT") == ["admin"]
    assert found(top, "WITH_CHILD_GROUPS") == ["admin", "m.silva"]
    assert found(lisbon, "WITH_CHILD_GROUPS", "SearchFilter") == ["m.silva"]


def test_a_search_that_lags_still_sees_a_branch_that_is_gone():
    centre = Centre()
    centre.world.lag = 10.0
    top = centre.ask("CreateUserHierarchyGroup", Name="Top")["HierarchyGroupId"]
    low = centre.ask("CreateUserHierarchyGroup", Name="Low", ParentGroupId=top)["HierarchyGroupId"]
    centre.now = 20.0
    centre.ask("DeleteUserHierarchyGroup", HierarchyGroupId=low)
    centre.ask("DeleteUserHierarchyGroup", HierarchyGroupId=top)
    groups = centre.ask("SearchUserHierarchyGroups")["UserHierarchyGroups"]
    assert [path(group) for group in groups[:-1]][-2:] == [["Top"], ["Top", "Low"]]
    centre.now = 31.0
    assert centre.ask("SearchUserHierarchyGroups")["ApproximateTotalCount"] == 8


def test_a_search_shows_a_deleted_group_though_the_one_above_it_is_no_longer_described(centre):
    centre.world.search_lag = 10.0
    top = centre.ask("CreateUserHierarchyGroup", Name="Top")["HierarchyGroupId"]
    low = centre.ask("CreateUserHierarchyGroup", Name="Low", ParentGroupId=top)["HierarchyGroupId"]
    centre.now = 20.0
    centre.ask("DeleteUserHierarchyGroup", HierarchyGroupId=low)
    centre.ask("DeleteUserHierarchyGroup", HierarchyGroupId=top)
    assert centre.code("DescribeUserHierarchyGroup", HierarchyGroupId=top)
    groups = centre.ask("SearchUserHierarchyGroups")["UserHierarchyGroups"]
    assert [path(group) for group in groups[:-1]][-2:] == [["Top"], ["Top", "Low"]]


def test_a_group_is_renamed_unless_a_sibling_has_the_name_and_its_branch_with_it(centre):
    top = centre.id("hierarchy-group", "Contact Centre")
    dublin = centre.id("hierarchy-group", "Dublin", top)
    support = centre.id("hierarchy-group", "Support", dublin)

    def code(group, name):
        return centre.code("UpdateUserHierarchyGroupName", HierarchyGroupId=group, Name=name)

    assert code(support, "BILLING") == "DuplicateResourceException"
    assert code(support, " ") == "InvalidRequestException"
    assert code(support, "x" * 101) == "InvalidRequestException"
    assert code("none", "x") == "ResourceNotFoundException"
    centre.ask("UpdateUserHierarchyGroupName", HierarchyGroupId=support, Name="support")
    centre.ask("UpdateUserHierarchyGroupName", HierarchyGroupId=dublin, Name="Cork")
    described = centre.ask("DescribeUserHierarchyGroup", HierarchyGroupId=support)["HierarchyGroup"]
    assert path(described) == ["Contact Centre", "Cork", "support"]
    assert centre.id("hierarchy-group", "Support", dublin) == support


def test_levels_are_named_from_the_top_and_those_with_groups_stay(centre):
    def named(*names):
        words = ("LevelOne", "LevelTwo", "LevelThree", "LevelFour", "LevelFive")
        return {"HierarchyStructure": {w: {"Name": n} for w, n in zip(words, names, strict=False)}}

    centre.ask("UpdateUserHierarchyStructure", **named("World", "Land", "Town", "Street"))
    seen = centre.ask("DescribeUserHierarchyStructure")["HierarchyStructure"]
    assert [level["Name"] for level in seen.values()] == ["World", "Land", "Town", "Street"]
    team = {"ParentGroupId": centre.id("hierarchy-group", "Sales", lisbon(centre))}
    centre.ask("CreateUserHierarchyGroup", Name="Night", **team)
    used = centre.code("UpdateUserHierarchyStructure", **named("World", "Land", "Town"))
    assert used == "ResourceInUseException"
    for wrong in (named("A", "a", "B", "C"), {"HierarchyStructure": {"LevelTwo": {"Name": "X"}}}):
        assert centre.code("UpdateUserHierarchyStructure", **wrong) == "InvalidRequestException"


def lisbon(centre):
    return centre.id("hierarchy-group", "Lisbon", centre.id("hierarchy-group", "Contact Centre"))


def test_a_search_finds_the_root_that_nothing_else_shows(centre):
    found = centre.ask("SearchUserHierarchyGroups")["UserHierarchyGroups"]
    assert [each["LevelId"] for each in found].count("0") == 1
    assert found[-1]["LevelId"] == "0"
    assert centre.code("DescribeUserHierarchyGroup", HierarchyGroupId=found[-1]["Id"]) == (
        "ResourceNotFoundException"
    )
