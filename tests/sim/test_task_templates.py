from __future__ import annotations

import pytest

from bulkops.sim.state.refusals import ServiceError

KIND = "task-template"


def field(name, kind="TEXT", **more):
    return {"Id": {"Name": name}, "Type": kind, **more}


def required(*names):
    return {"RequiredFields": [{"Id": {"Name": name}} for name in names]}


def asked(centre, **more):
    whole = {
        "Name": "Call back",
        "ContactFlowId": centre.id("contact-flow", "Sample inbound flow"),
        "Fields": [field("Title", "NAME"), field("Reason")],
        "Constraints": required("Title"),
        **more,
    }
    return {name: value for name, value in whole.items() if value is not None}


def told(centre, template_id):
    return centre.ask("GetTaskTemplate", TaskTemplateId=template_id)


def test_a_template_is_made_once_by_its_token_and_in_use_at_once(centre):
    whole = asked(centre, ClientToken="t", Description="Later")
    first = centre.ask("CreateTaskTemplate", **whole)
    assert centre.ask("CreateTaskTemplate", **whole) == first
    shown = told(centre, first["Id"])
    assert (shown["Name"], shown["Status"], shown["Description"]) == (
        "Call back",
        "ACTIVE",
        "Later",
    )
    active = centre.ask("ListTaskTemplates", Status="ACTIVE")["TaskTemplates"]
    assert [each["Name"] for each in active] == ["Follow up", "Call back"]
    (mine,) = centre.ask("ListTaskTemplates", Name="Call back")["TaskTemplates"]
    assert (mine["Id"], "Fields" in mine) == (first["Id"], False)


def test_an_update_replaces_all_of_a_template(centre):
    there = {"TaskTemplateId": centre.id(KIND, "Follow up")}
    assert told(centre, there["TaskTemplateId"])["Description"]
    whole = asked(centre, Name="Later")
    assert centre.code("UpdateTaskTemplate", **there, **whole) == "PropertyValidationException"
    centre.ask("UpdateTaskTemplate", **there, **whole, Status="INACTIVE")
    shown = told(centre, there["TaskTemplateId"])
    assert (shown["Name"], shown["Status"], "Description" in shown) == ("Later", "INACTIVE", False)


def test_what_is_deleted_is_gone(centre):
    there = {"TaskTemplateId": centre.id(KIND, "Follow up")}
    centre.ask("DeleteTaskTemplate", **there)
    assert centre.code("GetTaskTemplate", **there) == "ResourceNotFoundException"
    assert centre.code("DeleteTaskTemplate", **there) == "ResourceNotFoundException"


@pytest.mark.parametrize(
    "wrong",
    [
        {"Name": "Follow up"},
        {"Fields": [field("Reason")]},
        {"Fields": [field("Title", "NAME"), field("Other", "NAME")]},
        {"Fields": [field("Title", "NAME"), field("Title")]},
        {"Fields": [field("Title", "NAME"), {"Id": {"Name": "Reason"}}]},
        {"Fields": [field("Title", "NAME"), field("Reason", "SINGLE_SELECT")]},
        {"Fields": [field("Title", "NAME"), field("Reason", SingleSelectOptions=["a"])]},
        {"Constraints": None},
        {"Constraints": required("Reason")},
        {"Constraints": required("Title", "Nothing")},
        {"Defaults": {"DefaultFieldValues": [{"Id": {"Name": "No"}, "DefaultValue": "1"}]}},
        {"ContactFlowId": None},
    ],
)
def test_what_is_no_template_is_refused_by_its_properties(centre, wrong):
    code = centre.code("CreateTaskTemplate", **asked(centre, **wrong))
    assert code == "PropertyValidationException"


def test_a_flow_must_be_there_and_a_field_named(centre):
    nowhere = asked(centre, ContactFlowId="00000000-0000-4000-8000-000000000000")
    assert centre.code("CreateTaskTemplate", **nowhere) == "ResourceNotFoundException"
    unnamed = asked(centre, Constraints={"RequiredFields": [{}]})
    assert centre.code("CreateTaskTemplate", **unnamed) == "InvalidParameterException"


def test_a_field_that_picks_a_quick_connect_takes_the_place_of_a_flow(centre):
    fields = [field("Title", "NAME"), field("To", "QUICK_CONNECT")]
    centre.ask("CreateTaskTemplate", **asked(centre, ContactFlowId=None, Fields=fields))


def test_an_instance_holds_fifty(centre):
    for number in range(48):
        centre.ask("CreateTaskTemplate", **asked(centre, Name=f"T{number}"))
    code = centre.code("CreateTaskTemplate", **asked(centre, Name="One more"))
    assert code == "ServiceQuotaExceededException"


def test_a_refusal_says_which_property_is_wrong(centre):
    wrong = asked(centre, Fields=[field("Title")])
    with pytest.raises(ServiceError) as raised:
        centre.ask("CreateTaskTemplate", **wrong)
    said = "The task template is not valid. Fields: REQUIRED_PROPERTY_MISSING"
    assert raised.value.said == said
