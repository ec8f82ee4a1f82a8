"""Fields of cases and the options of those from which one is selected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from bulkops.sim.services.cases.case_domains import (
    FIELD,
    OPTION,
    check_own_name,
    check_room,
    delete_softly,
    domain_of,
    inside,
    make,
    quota_of,
    seen_inside,
    seen_of,
    stamps,
    true_of,
)
from bulkops.sim.services.cases.case_pages import lower_page
from bulkops.sim.services.cases.case_refusals import unfit
from bulkops.sim.services.cases.case_values import option_key
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

_VALUE = re.compile(r"[A-Za-z0-9_-]+")


def create(session: WorldSession, params: Members) -> Members:
    """Make a field, whose name must be new to its domain."""
    domain = domain_of(session, params)
    check_own_name(session, domain, FIELD, params["name"])
    check_room(session, domain, FIELD)
    made = make(
        session,
        domain,
        FIELD,
        {
            "Name": params["name"],
            "Type": params["type"],
            "Description": params.get("description"),
            "Namespace": "Custom",
        },
    )
    return {"fieldId": made["Id"], "fieldArn": made["Arn"]}


def update(session: WorldSession, params: Members) -> Members:
    """Give a field another name, description, or both; what is left out stays."""
    domain = domain_of(session, params)
    field = _changeable(session, domain, params["fieldId"])
    if "name" in params:
        if field["Namespace"] == "System":
            raise unfit("A system field can't be renamed.")
        check_own_name(session, domain, FIELD, params["name"], besides=field)
    given = {"Name": params.get("name", field["Name"])}
    session.update(FIELD, field, **given, Description=_kept(params, field, "description"))
    return {}


def _kept(params: Members, field: StoredThing, member: str) -> str | None:
    text = params.get(member, field.get("Description"))
    return str(text) if text else None


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a field softly: it is listed no more, and can still be got."""
    domain = domain_of(session, params)
    field = _changeable(session, domain, params["fieldId"])
    if field["Namespace"] == "System":
        raise unfit("A system field can't be deleted.")
    delete_softly(session, domain, FIELD, field)
    return {}


def _changeable(session: WorldSession, domain: StoredThing, field_id: str) -> StoredThing:
    field = true_of(session, domain, FIELD, field_id)
    if field.get("Deleted"):
        raise unfit("The field is deleted.")
    return field


def list_fields(session: WorldSession, params: Members) -> Members:
    """Return the fields of a domain, without their descriptions."""
    numbered = seen_inside(session, domain_of(session, params), FIELD)
    return lower_page(session, numbered, params, "fields", _summary)


def batch_get(session: WorldSession, params: Members) -> Members:
    """Return fields whole, the deleted too; an id that none bears is an error of its own."""
    domain = domain_of(session, params)
    found, errors = [], []
    for asked in params["fields"]:
        field = session.table(FIELD).seen(asked["id"], session.now)
        if field is None or field["DomainId"] != domain["Id"]:
            said = {"errorCode": "ResourceNotFoundException", "message": "There is no such field."}
            errors.append({"id": asked["id"], **said})
        else:
            found.append({**_summary(field), **_description(field), **stamps(field)})
    return {"fields": found, "errors": errors}


def _summary(field: StoredThing) -> Members:
    return {
        "fieldId": field["Id"],
        "fieldArn": field["Arn"],
        "name": field["Name"],
        "type": field["Type"],
        "namespace": field["Namespace"],
    }


def _description(field: StoredThing) -> Members:
    return {"description": field["Description"]} if "Description" in field else {}


def list_options(session: WorldSession, params: Members) -> Members:
    """Return the options of a field, the inactive too."""
    domain = domain_of(session, params)
    field = _selected(seen_of(session, domain, FIELD, params["fieldId"]))
    only = params.get("values")
    numbered = [
        (number, each)
        for number, each in seen_inside(session, domain, OPTION)
        if each["FieldId"] == field["Id"] and (not only or each["Option"]["value"] in only)
    ]
    return lower_page(session, numbered, params, "options", lambda each: each["Option"])


def put_options(session: WorldSession, params: Members, faults: Mapping[int, str]) -> Members:
    """Make and change options by their values, each by itself; `faults` are told by place."""
    domain = domain_of(session, params)
    field = _selected(_changeable(session, domain, params["fieldId"]))
    times = Counter(each["value"] for each in params["options"])
    if any(number > 1 for number in times.values()):
        raise unfit("Two options have the same value.")
    there = {each["Id"]: each for each in _options(session, domain, field)}
    errors = []
    for place, option in enumerate(params["options"]):
        code = faults.get(place) or _flaw(field, option, there, quota_of(session, OPTION))
        if code:
            said = {"errorCode": code, "message": f"The option was not taken: {code}."}
            errors.append({"value": option["value"], **said})
            continue
        key = option_key(field, option["value"])
        name = f"{field['Name']} {option['value']}"
        own = {
            "Name": name,
            "DomainId": domain["Id"],
            "FieldId": field["Id"],
            "Option": dict(option),
        }
        there[key] = session.put_named(OPTION, key, own)
    return {"errors": errors}


def _flaw(field: StoredThing, option: Members, there: Mapping[str, StoredThing], most: int) -> str:
    key = option_key(field, option["value"])
    if not _VALUE.fullmatch(option["value"]) or option["name"] != option["name"].strip():
        return "ValidationException"
    taken = (
        each["Option"]["name"].casefold() == option["name"].casefold()
        for other, each in there.items()
        if other != key
    )
    if any(taken):
        return "ConflictException"
    return "ServiceQuotaExceededException" if key not in there and len(there) >= most else ""


def _options(session: WorldSession, domain: StoredThing, field: StoredThing) -> list[StoredThing]:
    return [each for each in inside(session, domain, OPTION) if each["FieldId"] == field["Id"]]


def _selected(field: StoredThing) -> StoredThing:
    if field["Type"] != "SingleSelect":
        raise unfit("The field is of no type that has options.")
    return field


OPERATIONS: Mapping[str, Handler] = {
    "CreateField": create,
    "UpdateField": update,
    "DeleteField": delete,
    "ListFields": list_fields,
    "BatchGetField": batch_get,
    "ListFieldOptions": list_options,
}
