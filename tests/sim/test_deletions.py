"""Deleting what is used: refused where the service looks, done where it does not."""

from __future__ import annotations

from tests.sim.examples import FLOW


def test_a_security_profile_that_a_user_has_stays(centre):
    agent = centre.id("security-profile", "Agent")
    assert centre.code("DeleteSecurityProfile", SecurityProfileId=agent) == "ResourceInUseException"
    spare = centre.id("security-profile", "QualityAnalyst")
    centre.ask("DeleteSecurityProfile", SecurityProfileId=spare)
    assert (
        centre.code("DescribeSecurityProfile", SecurityProfileId=spare)
        == "ResourceNotFoundException"
    )


def test_an_attribute_that_users_are_proficient_in_stays_and_so_do_connects_own(centre):
    skill = [{"AttributeName": "Old skill", "AttributeValue": "Expert", "Level": 2.0}]
    user = centre.id("user", "j.murphy")
    centre.ask("AssociateUserProficiencies", UserId=user, UserProficiencies=skill)
    assert centre.code("DeletePredefinedAttribute", Name="Old skill") == "ResourceInUseException"
    gone = [{"AttributeName": "Old skill", "AttributeValue": "Expert"}]
    centre.ask("DisassociateUserProficiencies", UserId=user, UserProficiencies=gone)
    centre.ask("DeletePredefinedAttribute", Name="Old skill")
    assert centre.code("DeletePredefinedAttribute", Name="Old skill") == "ResourceNotFoundException"
    own = centre.code("DeletePredefinedAttribute", Name="connect:Language")
    assert own == "InvalidRequestException"


def overrides(centre, hours):
    return centre.ask("ListHoursOfOperationOverrides", **hours)["HoursOfOperationOverrideList"]


def test_hours_that_queues_keep_to_go_all_the_same_and_take_their_overrides_along(centre):
    hours = {"HoursOfOperationId": centre.id("hours-of-operation", "Basic Hours")}
    days = {"EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26"}
    centre.ask("CreateHoursOfOperationOverride", **hours, **days, Name="Christmas", Config=[])
    listed = {each["Name"]: each["EffectiveTill"] for each in overrides(centre, hours)}
    assert listed["Christmas"] == "2026-12-26"
    centre.ask("DeleteHoursOfOperation", **hours)
    queue = centre.ask("DescribeQueue", QueueId=centre.id("queue", "Support"))["Queue"]
    assert queue["HoursOfOperationId"] == hours["HoursOfOperationId"]
    assert centre.code("ListHoursOfOperationOverrides", **hours) == "ResourceNotFoundException"


def test_overrides_that_can_not_be_are_refused(centre):
    hours = {"HoursOfOperationId": centre.id("hours-of-operation", "Basic Hours")}
    days = {"EffectiveFrom": "2026-12-24", "EffectiveTill": "2026-12-26"}

    def code(name="Christmas", **changed):
        given = {**hours, **days, "Name": name, "Config": [], **changed}
        return centre.code("CreateHoursOfOperationOverride", **given)

    assert code(EffectiveTill="2026-12-23") == "InvalidParameterException"
    centre.ask("CreateHoursOfOperationOverride", **hours, **days, Name="Christmas", Config=[])
    assert code() == "DuplicateResourceException"
    other = centre.id("hours-of-operation", "Around the clock")
    centre.ask(
        "CreateHoursOfOperationOverride",
        **{**hours, "HoursOfOperationId": other}, **days, Name="Christmas", Config=[],
    )  # fmt: skip
    for number in range(50 - len(overrides(centre, hours))):
        centre.ask("CreateHoursOfOperationOverride", **hours, **days, Name=f"{number}", Config=[])
    assert code("One more") == "LimitExceededException"


def test_flows_and_modules_go_whatever_uses_them(centre):
    flow = {"ContactFlowId": centre.id("contact-flow", "Default agent transfer")}
    centre.ask("DeleteContactFlow", **flow)
    assert centre.code("DescribeContactFlow", **flow) == "ResourceNotFoundException"
    module = {"ContactFlowModuleId": centre.id("contact-flow-module", "Old prompts")}
    centre.ask("DeleteContactFlowModule", **module)
    assert centre.code("DescribeContactFlowModule", **module) == "ResourceNotFoundException"


def test_only_a_draft_may_be_anything(centre):
    def code(content, name="New", **more):
        given = {"Name": name, "Type": "CONTACT_FLOW", "Content": content, **more}
        return centre.code("CreateContactFlow", **given)

    lost = FLOW.replace('"StartAction":"a"', '"StartAction":"b"')
    leads = FLOW.replace(
        '"DisconnectParticipant"', '"DisconnectParticipant","Transitions":{"NextAction":"c"}'
    )
    twice = FLOW.replace("[", '[{"Identifier":"a","Type":"DisconnectParticipant"},')
    for wrong in ("{", "[]", "{}", lost, leads, twice):
        assert code(wrong) == "InvalidContactFlowException"
    module = centre.code("CreateContactFlowModule", Name="New", Content="{}")
    assert module == "InvalidContactFlowModuleException"
    centre.ask("CreateContactFlow", Name="Draft", Type="CONTACT_FLOW", Content="{}", Status="SAVED")
    assert code(FLOW, "draft") == "DuplicateResourceException"
    centre.world.limits = {"contact-flow": 1}
    assert code(FLOW) == "LimitExceededException"


def test_a_module_is_made_once_for_a_token(centre):
    made = [
        centre.ask("CreateContactFlowModule", Name="New", Content=FLOW, ClientToken="t")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert (
        centre.code("CreateContactFlowModule", Name="New", Content=FLOW, ClientToken="u")
        == "DuplicateResourceException"
    )


def test_metadata_changes_alone_and_no_name_is_taken_twice(centre):
    flow = {"ContactFlowId": centre.id("contact-flow", "Old menu")}
    centre.ask("UpdateContactFlowMetadata", **flow, ContactFlowState="ARCHIVED", Name="Older menu")
    seen = centre.ask("DescribeContactFlow", **flow)["ContactFlow"]
    assert (seen["Name"], seen["State"], seen["Status"]) == ("Older menu", "ARCHIVED", "PUBLISHED")
    taken = centre.code("UpdateContactFlowMetadata", **flow, Name="old hotline")
    assert taken == "DuplicateResourceException"
    module = {"ContactFlowModuleId": centre.id("contact-flow-module", "Old survey")}
    centre.ask("UpdateContactFlowModuleMetadata", **module, State="ARCHIVED", Description="Gone")
    (found,) = centre.ask(
        "SearchContactFlowModules", SearchCriteria={"StateCondition": "ARCHIVED"}
    )["ContactFlowModules"]
    assert (found["Name"], found["Description"]) == ("Old survey", "Gone")
