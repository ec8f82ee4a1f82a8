"""Data tables: what is said of each, beside its attributes and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect.data_table_attributes import attributes_of
from bulkops.sim.services.connect.data_table_locks import table_version, values_of
from bulkops.sim.services.connect.data_table_names import ATTRIBUTE, KIND, VALUE, own_name
from bulkops.sim.services.connect.hours_of_operation import check_zone
from bulkops.sim.services.connect.listing import (
    NAMED,
    STAMPS,
    SUMMARY,
    Handler,
    Members,
    ReadOperations,
    same,
)
from bulkops.sim.services.connect.names import check_new
from bulkops.sim.services.connect.resource_quotas import check_count
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession


def create(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a table, whose name must be new."""
    name = own_name(params["Name"])
    check_zone(params["TimeZone"])
    check_new(session, KIND, name)
    check_count(session, KIND, len(session.table(KIND)))
    members = {
        "Name": name,
        **{each: params.get(each) for each in ("Description", "TimeZone", "ValueLockLevel")},
        "Status": params["Status"],
        "Tags": checked_tags(params.get("Tags", {})),
        "Edition": 1,
    }
    made = session.create(KIND, members)
    return {"Id": made["Id"], "Arn": made["Arn"], "LockVersion": table_version(made)}


def update(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Set all that is said of a table: a description that is left out is gone."""
    table = session.need(KIND, params["DataTableId"])
    name = own_name(params["Name"])
    check_zone(params["TimeZone"])
    check_new(session, KIND, name, besides=table)
    changed = session.update(
        KIND,
        table,
        Name=name,
        Description=params.get("Description") or None,
        TimeZone=params["TimeZone"],
        ValueLockLevel=params["ValueLockLevel"],
        Edition=table["Edition"] + 1,
    )
    return {"LockVersion": table_version(changed)}


def delete(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a table with its attributes and values, whatever flow looks something up in it."""
    table = session.need(KIND, params["DataTableId"])
    for value in values_of(session, table):
        session.delete(VALUE, value["Id"])
    for attribute in attributes_of(session, table):
        session.delete(ATTRIBUTE, attribute["Id"])
    session.delete(KIND, table["Id"])
    return {}


def _with_versions(_: WorldSession, tables: Sequence[StoredThing]) -> Sequence[StoredThing]:
    return [{**table, "LockVersion": table_version(table)} for table in tables]


FOUND = {
    **same("Id", "Arn", "Name", "Description", "TimeZone", "ValueLockLevel", "Status", "Tags"),
    **STAMPS,
}
READS = ReadOperations(
    kind=KIND,
    listing=("ListDataTables", "DataTableSummaryList"),
    summary=SUMMARY,
    describing=("DescribeDataTable", "DataTableId", "DataTable"),
    whole={**FOUND, **same("LockVersion")},
    searching=("SearchDataTables", "DataTables"),
    found=FOUND,
    fields=NAMED,
    enrich=_with_versions,
)

OPERATIONS: Mapping[str, Handler] = {
    "CreateDataTable": create,
    "UpdateDataTableMetadata": update,
    "DeleteDataTable": delete,
    **READS.operations(),
}
