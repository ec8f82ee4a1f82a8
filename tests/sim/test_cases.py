from __future__ import annotations

import pytest

from bulkops.sim.core.seed import BEGUN, new_world
from bulkops.sim.core.simulation_config import SimConfig
from bulkops.sim.services.cases_service import Cases
from bulkops.sim.state.refusals import ServiceError
from bulkops.sim.state.world import Caller


class Desk:
    """Asks the simulated Cases inside of the first domain; names instead of ids."""

    def __init__(self, centre):
        self.centre = centre
        self.service = Cases(centre.world)
        self.now = 0.0
        (self.domain,) = (each["Id"] for each in centre.instance.tables["case-domain"].all())

    def ask(self, operation, **params):
        asked = params if operation == "ListDomains" else {"domainId": self.domain, **params}
        at = BEGUN + self.now
        return self.service.respond(operation, asked, at, self.centre.caller).data

    def code(self, operation, **params):
        with pytest.raises(ServiceError) as caught:
            self.ask(operation, **params)
        return caught.value.code

    def field(self, name):
        return self.centre.id("case-field", name)

    def template(self, name="General enquiry"):
        return self.centre.id("case-template", name)

    def case(self, title="A case", template="General enquiry", token=None, **values):
        told = {"Title": {"stringValue": title}, **values}
        fields = [{"id": self.field(name), "value": value} for name, value in told.items()]
        more = {"clientToken": token} if token else {}
        return {"templateId": self.template(template), "fields": fields, **more}

    def values(self, case_id, *names):
        asked = [{"id": self.field(name)} for name in names]
        reply = self.ask("GetCase", caseId=case_id, fields=asked)
        return {each["id"]: each["value"] for each in reply["fields"]}


@pytest.fixture
def desk(centre):
    return Desk(centre)


def text(value):
    return {"stringValue": value}


def options(*values, active=True):
    return [{"name": f"Name {each}", "value": each, "active": active} for each in values]


def test_a_domain_has_the_fields_of_all_and_its_own(desk):
    (domain,) = desk.ask("ListDomains", maxResults=10)["domains"]
    assert desk.ask("GetDomain")["name"] == domain["name"] == "bulkops-demo-cases"
    page = desk.ask("ListFields", maxResults=12)
    rest = desk.ask("ListFields", maxResults=100, nextToken=page["nextToken"])
    assert "nextToken" not in rest
    assert {each["namespace"] for each in page["fields"]} == {"System"}
    assert [each["name"] for each in rest["fields"]][:2] == ["Order number", "Amount"]
    assert all("description" not in each for each in rest["fields"])
    got = desk.ask("BatchGetField", fields=[{"id": desk.field("Amount")}, {"id": "none"}])
    assert [each["description"] for each in got["fields"]] == ["In euro"]
    assert [each["errorCode"] for each in got["errors"]] == ["ResourceNotFoundException"]


def test_a_field_is_made_changed_and_deleted_softly(desk):
    made = desk.ask("CreateField", name="Colour", type="Text", description="Of the thing")
    field = {"fieldId": made["fieldId"]}
    assert desk.code("CreateField", name="colour", type="Url") == "ConflictException"
    assert desk.code("CreateField", name="X", type="Date") == "ValidationException"
    desk.ask("UpdateField", **field, name="Hue")
    asked = {"fields": [{"id": made["fieldId"]}]}
    (whole,) = desk.ask("BatchGetField", **asked)["fields"]
    assert (whole["name"], whole["description"], whole["deleted"]) == ("Hue", "Of the thing", False)
    desk.ask("UpdateField", **field, description="")
    desk.ask("DeleteField", **field)
    (gone,) = desk.ask("BatchGetField", **asked)["fields"]
    assert gone["deleted"]
    assert "description" not in gone
    assert "Hue" not in {each["name"] for each in desk.ask("ListFields")["fields"]}
    assert desk.code("UpdateField", **field, name="Tint") == "ValidationException"
    assert desk.code("DeleteField", fieldId="title") == "ValidationException"
    assert desk.code("UpdateField", fieldId="title", name="Subject") == "ValidationException"
    assert desk.code("UpdateField", fieldId="none", name="X") == "ResourceNotFoundException"


def test_options_are_put_by_their_values_and_each_fails_by_itself(desk):
    field = {"fieldId": desk.field("Product")}
    renamed = {"name": "Telephone", "value": "phone", "active": False}
    taken = {"name": "tablet", "value": "slate", "active": True}
    odd = {"name": "Odd", "value": "no spaces", "active": True}
    asked = [renamed, taken, odd, *options("watch")]
    reply = desk.ask("BatchPutFieldOptions", **field, options=asked)
    assert {each["value"]: each["errorCode"] for each in reply["errors"]} == {
        "slate": "ConflictException",
        "no spaces": "ValidationException",
    }
    listed = desk.ask("ListFieldOptions", **field)["options"]
    assert [each["value"] for each in listed] == ["phone", "tablet", "pager", "watch"]
    assert listed[0] == renamed
    assert desk.ask("ListFieldOptions", **field, values=["watch"])["options"] == options("watch")
    twice = options("a", "a")
    assert desk.code("BatchPutFieldOptions", **field, options=twice) == "ValidationException"
    many = options(*(f"v{n}" for n in range(51)))
    assert desk.code("BatchPutFieldOptions", **field, options=many) == "ValidationException"
    plain = {"fieldId": desk.field("Amount")}
    assert desk.code("BatchPutFieldOptions", **plain, options=[]) == "ValidationException"


def test_a_domain_has_room_for_so_much(centre):
    centre.world.limits = {"case-field": 21, "field-option": 3, "deleted-field": 0}
    desk = Desk(centre)
    with pytest.raises(ServiceError) as caught:
        desk.ask("CreateField", name="One more", type="Text")
    assert (caught.value.code, caught.value.status) == ("ServiceQuotaExceededException", 402)
    asked = {"fieldId": desk.field("Product"), "options": options("watch")}
    (error,) = desk.ask("BatchPutFieldOptions", **asked)["errors"]
    assert error["errorCode"] == "ServiceQuotaExceededException"
    old = desk.field("Old note")
    assert desk.code("DeleteField", fieldId=old) == "ServiceQuotaExceededException"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Amount", {"stringValue": "12"}),
        ("Product", {"stringValue": "Tablet"}),
        ("Product", {"stringValue": "pager"}),
        ("Due", {"stringValue": "tomorrow"}),
        ("Due", {"stringValue": "2026-01-01T10:00:00"}),
        ("Receipt", {"stringValue": "receipt.pdf"}),
        ("Owner", {"stringValue": "j.murphy"}),
        ("Owner", {"userArnValue": "arn:aws:connect:us-east-1:123456789012:instance/i/agent/a"}),
        ("Customer", {"stringValue": "1234"}),
        ("Reference number", {"stringValue": "12345678"}),
        ("Order number", {"stringValue": "x" * 501}),
        ("Order number", {}),
        ("Order number", {"stringValue": "x", "doubleValue": 1.0}),
        ("Status", {"emptyValue": {}}),
    ],
)
def test_a_value_must_fit_its_field(desk, field, value):
    assert desk.code("CreateCase", **desk.case(**{field: value})) == "ValidationException"


def test_a_case_is_made_once_for_a_token_with_what_its_template_requires(desk, centre):
    owner = {"userArnValue": centre.arn("user", "j.murphy")}
    more = {"Owner": owner, "Due": text("2026-02-01T10:00:00Z"), "Amount": {"doubleValue": 1.5}}
    asked = desk.case(token="t", **more)
    made = desk.ask("CreateCase", **asked)
    assert desk.ask("CreateCase", **asked) == made
    assert desk.code("CreateCase", **desk.case("Another", token="t")) == "ConflictException"
    held = desk.values(made["caseId"], "Title", "Status", "Owner", "Amount", "Summary")
    assert held == {
        "title": text("A case"),
        "status": text("open"),
        desk.field("Owner"): owner,
        desk.field("Amount"): {"doubleValue": 1.5},
    }
    assert desk.code("CreateCase", **desk.case(template="Complaint")) == "ValidationException"
    lacking = desk.case(Product=text("phone"), template="Recall")
    assert desk.code("CreateCase", **lacking) == "ValidationException"
    untitled = {**desk.case(), "fields": []}
    assert desk.code("CreateCase", **untitled) == "ValidationException"
    twice = {**desk.case(), "fields": desk.case()["fields"] * 2}
    assert desk.code("CreateCase", **twice) == "ValidationException"
    nowhere = {**desk.case(), "templateId": "none"}
    assert desk.code("CreateCase", **nowhere) == "ResourceNotFoundException"


def test_a_case_is_changed_field_by_field_and_deleted_for_good(desk):
    case = {"caseId": desk.ask("CreateCase", **desk.case(Product=text("phone")))["caseId"]}
    product = desk.field("Product")
    fields = [
        {"id": product, "value": {"emptyValue": {}}},
        {"id": "status", "value": text("closed")},
    ]
    desk.ask("UpdateCase", **case, fields=fields)
    held = desk.values(case["caseId"], "Title", "Product", "Status", "Date/time closed")
    assert (held["title"], held["status"]) == (text("A case"), text("closed"))
    assert product not in held
    assert "last_closed_datetime" in held
    note = desk.field("Old note")
    desk.ask("UpdateCase", **case, fields=[{"id": note, "value": text("kept")}])
    other = desk.ask("CreateCase", **desk.case())["caseId"]
    desk.ask("DeleteField", fieldId=note)
    desk.ask("UpdateCase", **case, fields=[{"id": note, "value": text("still")}])
    refused = {"caseId": other, "fields": [{"id": note, "value": text("new")}]}
    assert desk.code("UpdateCase", **refused) == "ValidationException"
    comment = {"comment": {"body": "Hello", "contentType": "Text/Plain"}}
    desk.ask("CreateRelatedItem", **case, type="Comment", content=comment)
    desk.ask("DeleteCase", **case)
    assert desk.ask("SearchAllRelatedItems")["relatedItems"] == []
    assert desk.code("DeleteCase", **case) == "ResourceNotFoundException"
    assert desk.code("GetCase", **case, fields=[{"id": "title"}]) == "ResourceNotFoundException"


def found(desk, **params):
    asked = {"fields": [{"id": "title"}], **params}
    cases = desk.ask("SearchCases", **asked)["cases"]
    return [each["fields"][0]["value"]["stringValue"] for each in cases]


def condition(desk, how, name, value):
    return {"field": {how: {"id": desk.field(name), "value": value}}}


def test_cases_are_searched_by_their_fields(desk):
    number = condition(desk, "equalTo", "Order number", text("A-1002"))
    assert found(desk, filter=number) == ["Broken on arrival"]
    amount = condition(desk, "greaterThan", "Amount", {"doubleValue": 39.0})
    assert found(desk, filter=amount) == ["Where is my order?"]
    part = condition(desk, "contains", "Title", text("ADDRESS"))
    assert found(desk, filter={"orAll": [part, number]}) == [
        "Broken on arrival",
        "Change of address",
    ]
    assert found(desk, filter={"andAll": [part, {"not": part}]}) == []
    assert found(desk, searchTerm="returns") == ["Broken on arrival"]
    sorts = [{"fieldId": "title", "sortOrder": "Desc"}]
    assert found(desk, sorts=sorts, maxResults=2) == ["Where is my order?", "Change of address"]
    assert desk.code("SearchCases", filter={}) == "ValidationException"
    assert desk.code("SearchCases", filter={"field": {}}) == "ValidationException"
    unknown = {"field": {"equalTo": {"id": "none", "value": text("x")}}}
    assert desk.code("SearchCases", filter=unknown) == "ResourceNotFoundException"


def test_a_search_trails_behind_and_a_get_does_not(centre):
    centre.world = new_world(SimConfig(search_lag=5.0))
    centre.instance = next(iter(centre.world.instances.values()))
    desk = Desk(centre)
    made = desk.ask("CreateCase", **desk.case("Fresh"))["caseId"]
    assert "Fresh" not in found(desk)
    assert desk.values(made, "Title") == {"title": text("Fresh")}
    desk.now = 6.0
    assert "Fresh" in found(desk)


def test_templates_keep_what_an_update_leaves_out(desk):
    product, amount = desk.field("Product"), desk.field("Amount")
    required = [{"fieldId": product}, {"fieldId": amount}]
    asked = {"name": "Repair", "description": "Of things", "requiredFields": required}
    template = {"templateId": desk.ask("CreateTemplate", **asked)["templateId"]}
    assert desk.code("CreateTemplate", name="repair") == "ConflictException"
    desk.ask("UpdateTemplate", **template, status="Inactive")
    desk.ask("DeleteField", fieldId=amount)
    whole = desk.ask("GetTemplate", **template)
    assert (whole["name"], whole["status"], whole["description"]) == (
        *("Repair", "Inactive"),
        "Of things",
    )
    assert whole["requiredFields"] == [{"fieldId": product}]
    inactive = desk.ask("ListTemplates", status=["Inactive"])["templates"]
    assert [each["name"] for each in inactive] == ["Recall", "Repair"]
    assert desk.code("UpdateTemplate", **template) == "ValidationException"
    wrong = [{"fieldId": amount}]
    assert desk.code("UpdateTemplate", **template, requiredFields=wrong) == "ValidationException"
    twice = [{"fieldId": product}] * 2
    assert desk.code("UpdateTemplate", **template, requiredFields=twice) == "ValidationException"
    nowhere = {"layoutConfiguration": {"defaultLayout": "none"}}
    assert desk.code("UpdateTemplate", **template, **nowhere) == "ResourceNotFoundException"
    desk.ask("DeleteTemplate", **template)
    assert desk.ask("GetTemplate", **template)["deleted"]
    assert desk.code("UpdateTemplate", **template, name="X") == "ValidationException"
    assert desk.code("DeleteTemplate", **template) == "ValidationException"


def test_layouts_show_fields_that_are_there(desk):
    def content(*ids):
        fields = [{"id": each} for each in ids]
        return {"basic": {"moreInfo": {"sections": [{"fieldGroup": {"fields": fields}}]}}}

    note, amount = desk.field("Old note"), desk.field("Amount")
    made = desk.ask("CreateLayout", name="Notes", content=content(note, amount))
    layout = {"layoutId": made["layoutId"]}
    for wrong in (("title",), (note, note), ("none",)):
        refused = {"name": "Wrong", "content": content(*wrong)}
        assert desk.code("CreateLayout", **refused) == "ValidationException"
    desk.ask("DeleteField", fieldId=note)
    assert desk.ask("GetLayout", **layout)["content"] == content(amount)
    desk.ask("UpdateLayout", **layout, name="Sums")
    names = [each["name"] for each in desk.ask("ListLayouts")["layouts"]]
    assert names == ["Order layout", "Sums"]
    used = desk.centre.id("case-layout", "Order layout")
    assert desk.code("DeleteLayout", layoutId=used) == "ConflictException"
    desk.ask("DeleteLayout", **layout)
    assert desk.code("UpdateLayout", **layout, name="X") == "ValidationException"
    assert desk.ask("GetLayout", **layout)["deleted"]


def test_comments_and_other_cases_are_related_to_a_case(desk):
    first, second, _ = (each["caseId"] for each in desk.ask("SearchCases")["cases"])
    case = {"caseId": first}
    comment = {"comment": {"body": "Called back", "contentType": "Text/Plain"}}
    made = desk.ask("CreateRelatedItem", **case, type="Comment", content=comment)
    other = {"connectCase": {"caseId": second}}
    desk.ask("CreateRelatedItem", **case, type="ConnectCase", content=other)
    (item,) = desk.ask("SearchRelatedItems", **case, filters=[{"comment": {}}])["relatedItems"]
    assert (item["relatedItemId"], item["content"]) == (made["relatedItemId"], comment)
    assert len(desk.ask("SearchAllRelatedItems")["relatedItems"]) == 2
    assert desk.code("CreateRelatedItem", **case, type="Contact", content=comment) == (
        "ValidationException"
    )
    related = {"relatedItemId": made["relatedItemId"]}
    desk.ask("DeleteRelatedItem", **case, **related)
    assert desk.code("DeleteRelatedItem", **case, **related) == "ResourceNotFoundException"


def test_what_is_not_there_is_refused_with_its_type(desk, centre):
    with pytest.raises(ServiceError) as caught:
        desk.ask("GetCase", caseId="none", fields=[{"id": "title"}])
    assert caught.value.more == {"resourceId": "none", "resourceType": "CASE"}
    assert desk.code("ListFields", domainId="none") == "ResourceNotFoundException"
    assert desk.code("ListCaseRules") == "UnsupportedOperationException"
    centre.caller = Caller(account="999999999999", region="us-east-1")
    assert desk.code("ListFields") == "AccessDeniedException"
