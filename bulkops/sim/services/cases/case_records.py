"""Cases themselves: made once for a token, with what their template asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.cases.case_domains import (
    CASE,
    FIELD,
    RELATED,
    TEMPLATE,
    domain_of,
    inside,
    make,
    seen_of,
    true_of,
)
from bulkops.sim.services.cases.case_refusals import absent, unfit
from bulkops.sim.services.cases.case_values import check_value, values_of
from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

_FIRST = 10_000_001
"""The reference number of a domain's first case: eight digits."""
_CLOSED = {"stringValue": "closed"}


def create(session: WorldSession, params: Members) -> Members:
    """Make a case: the template must be active, and all that it requires be given."""
    domain = domain_of(session, params)
    template = true_of(session, domain, TEMPLATE, params["templateId"])
    if template.get("Deleted") or template["Status"] != "Active":
        raise unfit("The template is not active.")
    given = _given(session, domain, params["fields"], {})
    needed = {"title", *(each["fieldId"] for each in template.get("Required", ()))}
    lacking = sorted(each for each in needed if "emptyValue" in given.get(each, {"emptyValue": 1}))
    if lacking:
        raise unfit(f"Required fields are missing: {', '.join(lacking)}")
    values = {"status": {"stringValue": "open"}, **given, **_stamped(session)}
    title = given["title"]["stringValue"]
    members = {"Name": title, "TemplateId": template["Id"], "Values": _filled(values)}
    made = make(session, domain, CASE, members)
    return {"caseId": made["Id"], "caseArn": made["Arn"]}


def _stamped(session: WorldSession) -> Members:
    at = {"stringValue": _iso(session)}
    return {
        "reference_number": {"stringValue": str(_next_number(session))},
        "created_datetime": at,
        "last_updated_datetime": at,
    }


def _next_number(session: WorldSession) -> int:
    there = (values_of(each)["reference_number"] for each in session.all(CASE))
    return max((int(each["stringValue"]) + 1 for each in there), default=_FIRST)


def _iso(session: WorldSession) -> str:
    return moment(session.now).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def update(session: WorldSession, params: Members) -> Members:
    """Set fields of a case; those that are left out stay, and emptyValue takes a value away."""
    domain = domain_of(session, params)
    case = true_of(session, domain, CASE, params["caseId"])
    before = values_of(case)
    given = _given(session, domain, params["fields"], before)
    stamps: dict[str, Any] = {"last_updated_datetime": {"stringValue": _iso(session)}}
    if given.get("status") == _CLOSED and before["status"] != _CLOSED:
        stamps["last_closed_datetime"] = stamps["last_updated_datetime"]
    values = {**before, **given, **stamps}
    title = values["title"]["stringValue"]
    session.update(CASE, case, Values=_filled(values), Name=title)
    return {}


def _given(
    session: WorldSession, domain: StoredThing, fields: Sequence[Members], before: Members
) -> dict[str, Members]:
    """Return the values that a request gives, by field id; each field once, and each fitting."""
    given: dict[str, Members] = {}
    for each in fields:
        field = session.table(FIELD).get(each["id"])
        if field is None or field["DomainId"] != domain["Id"]:
            raise absent("FIELD", each["id"])
        if field.get("Deleted") and field["Id"] not in before:
            raise unfit(f"Fields are deleted: {field['Id']}")
        if field["Id"] in given:
            raise unfit(f"The field {field['Id']} is given twice.")
        check_value(session, field, each["value"])
        given[field["Id"]] = dict(each["value"])
    return given


def _filled(values: Members) -> list[Members]:
    return [
        {"id": field, "value": value}
        for field, value in values.items()
        if "emptyValue" not in value
    ]


def get(session: WorldSession, params: Members) -> Members:
    """Return the values of a case that are asked for; a field without one is left out."""
    domain = domain_of(session, params)
    case = seen_of(session, domain, CASE, params["caseId"])
    return {"fields": shown_values(case, params["fields"]), "templateId": case["TemplateId"]}


def shown_values(case: StoredThing, asked: Any) -> list[Members]:  # noqa: ANN401  # as sent
    """Return the values that a case has of the fields that are asked for."""
    values = values_of(case)
    return [{"id": one["id"], "value": values[one["id"]]} for one in asked if one["id"] in values]


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a case for good, with all that is related to it."""
    domain = domain_of(session, params)
    case = true_of(session, domain, CASE, params["caseId"])
    for item in inside(session, domain, RELATED):
        if item["CaseId"] == case["Id"]:
            session.delete(RELATED, item["Id"])
    session.delete(CASE, case["Id"])
    return {}


OPERATIONS: Mapping[str, Handler] = {
    "CreateCase": once(create, member="clientToken", differs="ConflictException"),
    "UpdateCase": update,
    "GetCase": get,
    "DeleteCase": delete,
}
