"""Task templates: fields, which of them must be filled, and the flow that a task goes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from bulkops.sim.services.connect.client_tokens import once
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.state.refusals import ServiceError, invalid
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession, moment

KIND = "task-template"
CONTENT = ("Description", "ContactFlowId", "SelfAssignFlowId", "Constraints", "Defaults", "Fields")
NAME_TYPE, ROUTING_TYPE = "NAME", "QUICK_CONNECT"
CONSTRAINTS = ("RequiredFields", "ReadOnlyFields", "InvisibleFields")


def create(session: WorldSession, params: Members) -> Members:
    """Make a template, whose name must be new; in use at once unless it is said otherwise."""
    _check_name(session, params["Name"])
    _check(session, params)
    check_count(session, KIND, len(session.table(KIND)))
    content = {"Status": "ACTIVE", **_content(params)}
    made = session.create(KIND, {"Name": params["Name"], **content, "CreatedTime": session.now})
    return {"Id": made["Id"], "Arn": made["Arn"]}


def update(session: WorldSession, params: Members) -> Members:
    """Replace all of a template: what is left out is lost."""
    template = session.need(KIND, params["TaskTemplateId"])
    if "Status" not in params:
        raise _refused(("Status", "REQUIRED_PROPERTY_MISSING"))
    _check_name(session, params.get("Name", ""), besides=template)
    _check(session, params)
    gone = dict.fromkeys((*CONTENT, "Status"))
    changed = session.update(KIND, template, **{**gone, **_content(params), "Name": params["Name"]})
    return {**_shown(session, changed)}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a template."""
    session.delete(KIND, session.need(KIND, params["TaskTemplateId"])["Id"])
    return {}


def get(session: WorldSession, params: Members) -> Members:
    """Return a template whole."""
    return {**_shown(session, session.see(KIND, params["TaskTemplateId"])), "Tags": {}}


def list_templates(session: WorldSession, params: Members) -> Members:
    """Return the templates page by page, of one status or name where they are asked for."""
    numbered = [
        pair
        for pair in session.see_all(KIND)
        if all(pair[1][name] == params[name] for name in ("Status", "Name") if name in params)
    ]
    page = page_of(numbered, "ListTaskTemplates", params, session.now)
    names = ("Id", "Arn", "Name", "Description", "Status")
    shown = [
        {**{name: each[name] for name in names if name in each}, **_stamps(each)}
        for each in page.items
    ]
    return page.reply("TaskTemplates", shown)


def _shown(session: WorldSession, template: StoredThing) -> Members:
    names = ("Id", "Arn", "Name", "Status", *CONTENT)
    told = {name: template[name] for name in names if name in template}
    return {"InstanceId": session.instance.id, **told, **_stamps(template)}


def _stamps(template: StoredThing) -> Members:
    return {
        "CreatedTime": moment(template["CreatedTime"]),
        "LastModifiedTime": moment(template["LastModifiedTime"]),
    }


def _content(params: Members) -> dict[str, Any]:
    return {name: params[name] for name in (*CONTENT, "Status") if name in params}


def _refused(*properties: tuple[str, str]) -> ServiceError:
    found = [
        {"PropertyPath": path, "Reason": reason, "Message": reason} for path, reason in properties
    ]
    message = "The task template is not valid."
    return ServiceError("PropertyValidationException", message, 400, more={"PropertyList": found})


def _check_name(session: WorldSession, name: str, besides: StoredThing | None = None) -> None:
    if not name:
        raise _refused(("Name", "REQUIRED_PROPERTY_MISSING"))
    other = session.table(KIND).named(name)
    if other is not None and (besides is None or other["Id"] != besides["Id"]):
        raise _refused(("Name", "RESOURCE_NAME_ALREADY_EXISTS"))


def _check(session: WorldSession, params: Members) -> None:
    """Refuse a template without the one field that names the task, or that leads nowhere."""
    fields = params.get("Fields", ())
    types = Counter(each.get("Type") for each in fields)
    names = [each["Id"].get("Name", "") for each in fields]
    if types[None] or not all(names):
        raise _refused(("Fields", "REQUIRED_PROPERTY_MISSING"))
    if len(set(names)) < len(names):
        raise _refused(("Fields", "UNIQUE_CONSTRAINT_VIOLATED"))
    if types[NAME_TYPE] != 1:
        raise _refused(("Fields", "REQUIRED_PROPERTY_MISSING"))
    for each in fields:
        if (each["Type"] == "SINGLE_SELECT") != bool(each.get("SingleSelectOptions")):
            raise _refused(("Fields.SingleSelectOptions", "INVALID_FORMAT"))
    _check_constraints(params.get("Constraints", {}), fields)
    _check_defaults(params.get("Defaults", {}), names)
    if "ContactFlowId" not in params and not types[ROUTING_TYPE]:
        raise _refused(("ContactFlowId", "REQUIRED_PROPERTY_MISSING"))
    for name in ("ContactFlowId", "SelfAssignFlowId"):
        if name in params:
            session.need("contact-flow", params[name])


def _check_constraints(
    constraints: Mapping[str, Iterable[Members]], fields: Iterable[Members]
) -> None:
    types = {each["Id"]["Name"]: each["Type"] for each in fields}
    for kind in CONSTRAINTS:
        for name in _named(constraints.get(kind, ())):
            if name not in types:
                raise _refused((f"Constraints.{kind}", "REFERENCED_RESOURCE_NOT_FOUND"))
    required = {types[name] for name in _named(constraints.get("RequiredFields", ()))}
    if NAME_TYPE not in required:
        raise _refused(("Constraints.RequiredFields", "REQUIRED_PROPERTY_MISSING"))


def _check_defaults(defaults: Mapping[str, Iterable[Members]], names: list[str]) -> None:
    if not set(_named(defaults.get("DefaultFieldValues", ()))) <= set(names):
        raise _refused(("Defaults.DefaultFieldValues", "REFERENCED_RESOURCE_NOT_FOUND"))


def _named(fields: Iterable[Members]) -> list[str]:
    found = [each.get("Id", {}).get("Name", "") for each in fields]
    if not all(found):
        raise invalid("A field must be named by its Id.")
    return found


OPERATIONS: Mapping[str, Handler] = {
    "CreateTaskTemplate": once(create, differs="InvalidParameterException"),
    "UpdateTaskTemplate": update,
    "DeleteTaskTemplate": delete,
    "GetTaskTemplate": get,
    "ListTaskTemplates": list_templates,
}
