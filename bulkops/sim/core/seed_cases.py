"""A Cases domain of the first world: its fields, options, layout, templates and cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bulkops.definition.homes import CASES_DOMAIN
from bulkops.sim.core.planted import planted
from bulkops.sim.services.cases import case_fields, case_layouts, case_records, case_templates
from bulkops.sim.services.cases.case_domains import DOMAIN, FIELD, make
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.homes import home_arn, home_id
from bulkops.sim.state.world import WorldSession

SYSTEM_FIELDS = (
    ("title", "Title", "Text"),
    ("summary", "Summary", "Text"),
    ("status", "Status", "SingleSelect"),
    ("case_reason", "Case reason", "SingleSelect"),
    ("customer_id", "Customer", "Text"),
    ("assigned_queue", "Assigned queue", "Text"),
    ("assigned_user", "Assigned user", "User"),
    ("reference_number", "Reference number", "Text"),
    ("created_datetime", "Date/time opened", "DateTime"),
    ("last_updated_datetime", "Date/time updated", "DateTime"),
    ("last_closed_datetime", "Date/time closed", "DateTime"),
    ("last_reopened_datetime", "Date/time reopened", "DateTime"),
)
"""Id, name and type of what every domain has (Amazon Connect administrator guide, case fields)."""
CUSTOM_FIELDS = (
    ("Order number", "Text", "As on the invoice"),
    ("Amount", "Number", "In euro"),
    ("Escalated", "Boolean", None),
    ("Due", "DateTime", None),
    ("Receipt", "Url", None),
    ("Owner", "User", "Who answers for it"),
    ("Product", "SingleSelect", "What it is about"),
    ("Channel of choice", "SingleSelect", None),
    ("Old note", "Text", "Of the former system"),
)
OPTIONS: Mapping[str, Sequence[tuple[str, str, bool]]] = {
    "Status": (("Open", "open", True), ("Closed", "closed", True)),
    "Case reason": (("Billing", "billing", True), ("Returns", "returns", True)),
    "Product": (("Phone", "phone", True), ("Tablet", "tablet", True), ("Pager", "pager", False)),
    "Channel of choice": (("By phone", "voice", True), ("By e-mail", "email", True)),
}
TEMPLATES = (
    ("General enquiry", "Anything", (), "Active"),
    ("Complaint", "What a customer is unhappy with", ("Case reason", "Product"), "Active"),
    ("Recall", None, ("Product",), "Inactive"),
)
CASES: Sequence[tuple[str, str, Mapping[str, Any]]] = (
    (
        "General enquiry",
        "Where is my order?",
        {"Order number": "A-1001", "Amount": 40.0, "Escalated": False},
    ),
    (
        "Complaint",
        "Broken on arrival",
        {"Order number": "A-1002", "Product": "tablet", "Case reason": "returns"},
    ),
    ("General enquiry", "Change of address", {"Order number": "A-1003"}),
)
_UNIONS: Mapping[type, str] = {str: "stringValue", bool: "booleanValue", float: "doubleValue"}
_LAYOUT = ("Order number", "Amount", "Product")


def plant_cases(session: Callable[[], WorldSession], keep: Callable[[WorldSession], None]) -> None:
    """Make a domain with all that is in it; `keep` carries out what a session asks for."""
    now = session()
    domain = _domain(now)
    for field_id, name, type_ in SYSTEM_FIELDS:
        make(now, domain, FIELD, {"Name": name, "Type": type_, "Namespace": "System"}, field_id)
    keep(now)

    def ask(handler: Handler, params: Members) -> Members:
        asked = session()
        reply = handler(asked, {"domainId": domain["Id"], **params})
        keep(asked)
        return reply

    for name, type_, description in CUSTOM_FIELDS:
        told = {"description": description} if description else {}
        ask(case_fields.create, {"name": name, "type": type_, **told})
    ids = {name: planted(session(), FIELD, name)["Id"] for name in _field_names()}
    for name, options in OPTIONS.items():
        listed = [dict(zip(("name", "value", "active"), each, strict=True)) for each in options]
        asked = {"fieldId": ids[name], "options": listed}
        ask(lambda at, params: case_fields.put_options(at, params, {}), asked)
    fields = [{"id": ids[name]} for name in _LAYOUT]
    section = {"sections": [{"fieldGroup": {"name": "Order", "fields": fields}}]}
    content = {"basic": {"topPanel": section}}
    layout = ask(case_layouts.create, {"name": "Order layout", "content": content})["layoutId"]
    _plant_records(ask, ids, str(layout))


def _plant_records(
    ask: Callable[[Handler, Members], Members], ids: Mapping[str, str], layout: str
) -> None:
    made = {}
    for name, description, required, status in TEMPLATES:
        told = {"description": description} if description else {}
        needed = [{"fieldId": ids[each]} for each in required]
        shown = {"layoutConfiguration": {"defaultLayout": layout}}
        asked = {"name": name, "requiredFields": needed, "status": status, **shown, **told}
        made[name] = ask(case_templates.create, asked)["templateId"]
    for template, title, values in CASES:
        fields = [
            {"id": ids[name], "value": {_UNIONS[type(value)]: value}}
            for name, value in {"Title": title, **values}.items()
        ]
        ask(case_records.create, {"templateId": made[template], "fields": fields})


def _domain(session: WorldSession) -> Members:
    instance, home = session.instance, CASES_DOMAIN.name
    known = {"Id": home_id(instance, home), "Arn": home_arn(instance, home)}
    members = {**known, "CreatedAt": session.now}
    return session.put_named(DOMAIN, f"{instance.alias}-cases", members)


def _field_names() -> list[str]:
    return [*(name for _, name, _ in SYSTEM_FIELDS), *(name for name, _, _ in CUSTOM_FIELDS)]
