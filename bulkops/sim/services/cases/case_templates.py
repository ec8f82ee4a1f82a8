"""Templates: what a case must say, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulkops.sim.services.cases.case_domains import (
    FIELD,
    LAYOUT,
    TEMPLATE,
    check_own_name,
    check_room,
    delete_softly,
    domain_of,
    inside,
    make,
    seen_inside,
    seen_of,
    stamps,
    true_of,
)
from bulkops.sim.services.cases.case_pages import lower_page
from bulkops.sim.services.cases.case_refusals import unfit
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

_MEMBERS: Mapping[str, str] = {
    "name": "Name",
    "description": "Description",
    "status": "Status",
    "layoutConfiguration": "Layout",
    "requiredFields": "Required",
}
"""Member of a request → the member of the record."""


def create(session: WorldSession, params: Members) -> Members:
    """Make a template of fields and a layout that are there."""
    domain = domain_of(session, params)
    check_own_name(session, domain, TEMPLATE, params["name"])
    _check(session, domain, params)
    check_room(session, domain, TEMPLATE)
    given = {own: params[name] for name, own in _MEMBERS.items() if name in params}
    made = make(session, domain, TEMPLATE, _kept({"Status": "Active", **given}))
    return {"templateId": made["Id"], "templateArn": made["Arn"]}


def update(session: WorldSession, params: Members) -> Members:
    """Change a template; what is left out stays, and something must be said."""
    domain = domain_of(session, params)
    template = true_of(session, domain, TEMPLATE, params["templateId"])
    if template.get("Deleted"):
        raise unfit("The template is deleted.")
    given = {own: params[name] for name, own in _MEMBERS.items() if name in params}
    if not given and "rules" not in params:
        raise unfit("At least one attribute must be given.")
    if "name" in params:
        check_own_name(session, domain, TEMPLATE, params["name"], besides=template)
    _check(session, domain, params)
    session.update(TEMPLATE, template, **_kept({**template, **given}))
    return {}


def _kept(members: Members) -> dict[str, object]:
    """Return members with the layout's id apart, by which it is known to be in use."""
    layout = members.get("Layout", {}).get("defaultLayout")
    description = members.get("Description") or None
    return {**members, "LayoutId": layout, "Description": description}


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a template softly: it makes no cases any more, and can still be got."""
    domain = domain_of(session, params)
    template = true_of(session, domain, TEMPLATE, params["templateId"])
    if template.get("Deleted"):
        raise unfit("The template is deleted.")
    delete_softly(session, domain, TEMPLATE, template)
    return {}


def list_templates(session: WorldSession, params: Members) -> Members:
    """Return the names of a domain's templates."""
    numbered = seen_inside(session, domain_of(session, params), TEMPLATE)
    if wanted := params.get("status"):
        numbered = [pair for pair in numbered if pair[1]["Status"] in wanted]
    return lower_page(session, numbered, params, "templates", _summary)


def get(session: WorldSession, params: Members) -> Members:
    """Return a template without the fields that are deleted."""
    domain = domain_of(session, params)
    template = seen_of(session, domain, TEMPLATE, params["templateId"])
    gone = {each["Id"] for each in inside(session, domain, FIELD) if each.get("Deleted")}
    required = [each for each in template.get("Required", ()) if each["fieldId"] not in gone]
    more = {"description": template["Description"]} if "Description" in template else {}
    if template.get("LayoutId"):
        more["layoutConfiguration"] = template["Layout"]
    whole = {"requiredFields": required, "rules": [], **more}
    return {**_summary(template), **whole, **stamps(template)}


def _summary(template: StoredThing) -> Members:
    return {
        "templateId": template["Id"],
        "templateArn": template["Arn"],
        "name": template["Name"],
        "status": template["Status"],
    }


def _check(session: WorldSession, domain: StoredThing, params: Members) -> None:
    _check_fields(session, domain, params.get("requiredFields", ()))
    layout = params.get("layoutConfiguration", {}).get("defaultLayout")
    if layout is not None and true_of(session, domain, LAYOUT, layout).get("Deleted"):
        raise unfit("The layout is deleted.")
    if params.get("rules"):
        raise unfit("The simulator has no case rules.")


def _check_fields(session: WorldSession, domain: StoredThing, required: Sequence[Members]) -> None:
    ids = [each["fieldId"] for each in required]
    if len({*ids}) < len(ids):
        raise unfit("A field is required twice.")
    for each in ids:
        if true_of(session, domain, FIELD, each).get("Deleted"):
            raise unfit("A required field is deleted.")


OPERATIONS: Mapping[str, Handler] = {
    "CreateTemplate": create,
    "UpdateTemplate": update,
    "DeleteTemplate": delete,
    "ListTemplates": list_templates,
    "GetTemplate": get,
}
