"""Tables of values that flows look up, and their columns."""

from __future__ import annotations

from bulkops.definition.kinds.listing import SEARCH_KEYS, Listing
from bulkops.definition.kinds.reading import Reading
from bulkops.definition.kinds.thing_kind import ThingKind

TABLES = (
    ThingKind(  # names are one to the service whatever their case: API reference, DataTable
        name="data-table",
        noun="data table",
        case_apart=False,
        listing=Listing(operation="ListDataTables", items="DataTableSummaryList"),
        search=Listing(
            operation="SearchDataTables",
            items="DataTables",
            dated=True,
            keys=SEARCH_KEYS,
            field_name="name",
        ),
        describe=Reading(
            operation="DescribeDataTable", id_argument="DataTableId", item="DataTable"
        ),
    ),
    ThingKind(  # its name is its id
        name="data-table-attribute",
        noun="data table attribute",
        case_apart=False,
        within="data-table",
        within_argument="DataTableId",
        listing=Listing(operation="ListDataTableAttributes", items="Attributes", id="Name", arn=""),
        describe=Reading(
            operation="DescribeDataTableAttribute", id_argument="AttributeName", item="Attribute"
        ),
    ),
)
