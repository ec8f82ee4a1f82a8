"""Attributes of data tables: their columns, of which the primary ones tell records apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.connect.data_table_locks import attribute_version, values_of
from bulkops.sim.services.connect.data_table_names import ATTRIBUTE, KIND, VALUE, own_name
from bulkops.sim.services.connect.listing import STAMPS, Handler, Members, same, shown
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.pages import page_of
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.state.refusals import ServiceError, invalid, not_found, refused
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

SHOWN = {
    **same("Name", "Description", "ValueType", "Primary", "Validation", "DataTableId"),
    **STAMPS,
    "AttributeId": "Id",
}
BOUNDS = (
    ("MinLength", "MaxLength"),
    ("MinValues", "MaxValues"),
    ("Minimum", "Maximum"),
    ("ExclusiveMinimum", "ExclusiveMaximum"),
)


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make an attribute, whose name must be new to its table."""
    table = session.need(KIND, params["DataTableId"])
    name = own_name(params["Name"])
    _check(params)
    check_new(session, ATTRIBUTE, name, parent=table["Id"])
    check_count(session, ATTRIBUTE, len(attributes_of(session, table)))
    primary = bool(params.get("Primary"))
    if primary and values_of(session, table):
        raise refused("A table that has values can't be given another primary attribute.")
    owner = {"ParentGroupId": table["Id"], "DataTableId": table["Id"]}
    made = session.create(ATTRIBUTE, {**owner, **_members(params), "Name": name, "Edition": 1})
    versions = attribute_version(table, made)
    return {"Name": name, "AttributeId": made["Id"], "LockVersion": versions}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Set all that is said of an attribute: what is left out is gone."""
    table, attribute = _needed(session, params)
    name = own_name(params["Name"])
    _check(params)
    check_new(session, ATTRIBUTE, name, parent=table["Id"], besides=attribute, taken=_taken)
    given = _members(params)
    if given["Primary"] != attribute["Primary"] and values_of(session, table):
        raise refused("What tells records apart can't be changed while there are values.")
    edition = attribute["Edition"] + 1
    changed = session.update(ATTRIBUTE, attribute, **given, Name=name, Edition=edition)
    return {"Name": name, "LockVersion": attribute_version(table, changed)}


def delete(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete an attribute with its values; not what tells records apart, while there are any."""
    table, attribute = _needed(session, params)
    there = values_of(session, table)
    if attribute["Primary"] and there:
        raise refused("A primary attribute can't be deleted while there are values.")
    for value in there:
        if value["AttributeId"] == attribute["Id"]:
            session.delete(VALUE, value["Id"])
    session.delete(ATTRIBUTE, attribute["Id"])
    return {"LockVersion": attribute_version(table, attribute)}


def describe(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return an attribute of the table that is named."""
    table = session.see(KIND, params["DataTableId"])
    attribute = attribute_of(session, table, params["AttributeName"])
    return {"Attribute": _shown(table, session.see(ATTRIBUTE, attribute["Id"]))}


def list_attributes(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Return the attributes of a table, page by page."""
    table = session.see(KIND, params["DataTableId"])
    only = params.get("AttributeIds")
    numbered = [
        (number, each)
        for number, each in session.see_all(ATTRIBUTE)
        if each["DataTableId"] == table["Id"] and (not only or each["Id"] in only)
    ]
    page = page_of(numbered, "ListDataTableAttributes", params, session.now)
    return page.reply("Attributes", [_shown(table, each) for each in page.items])


def attributes_of(session: WorldSession, table: StoredThing) -> list[StoredThing]:
    """Return what is true of a table's attributes."""
    return [each for each in session.all(ATTRIBUTE) if each["DataTableId"] == table["Id"]]


def attribute_of(session: WorldSession, table: StoredThing, name: str) -> StoredThing:
    """Return the attribute of a name, without regard to case."""
    found = session.table(ATTRIBUTE).named(name.strip(), table["Id"])
    if found is None:
        raise not_found("data table attribute")
    return found


def _shown(table: StoredThing, attribute: StoredThing) -> dict[str, Any]:
    arn, versions = table["Arn"], attribute_version(table, attribute)
    return {**shown(attribute, SHOWN), "DataTableArn": arn, "LockVersion": versions}


def _needed(session: WorldSession, params: Mapping[str, Any]) -> tuple[StoredThing, StoredThing]:
    table = session.need(KIND, params["DataTableId"])
    return table, attribute_of(session, table, params["AttributeName"])


def _taken() -> ServiceError:
    return ServiceError("ConflictException", "The name is taken.", 409)


def _members(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "Description": params.get("Description") or None,
        "ValueType": params["ValueType"],
        "Primary": bool(params.get("Primary")),
        "Validation": params.get("Validation") or None,
    }


def _check(params: Mapping[str, Any]) -> None:
    rules = params.get("Validation", {})
    for low, high in BOUNDS:
        if low in rules and high in rules and rules[low] > rules[high]:
            raise invalid(f"{low} must not be greater than {high}.")
    if params.get("Primary") and params["ValueType"].endswith("_LIST"):
        raise invalid("A primary attribute holds one value.")


OPERATIONS: Mapping[str, Handler] = {
    "CreateDataTableAttribute": create,
    "UpdateDataTableAttribute": update,
    "DeleteDataTableAttribute": delete,
    "DescribeDataTableAttribute": describe,
    "ListDataTableAttributes": list_attributes,
}
