"""Take values out of data tables, as many in one call as is known to be taken."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Arg, Col, Column, Each, Find, Held, Job, Look, Member, Step, Was

TABLE = Find("data-table", Col("data_table"))
PLACE = Member("data-table-value", of=TABLE)
WHICH: Mapping[str, Arg] = {
    "PrimaryValues": Col("primary_values"),
    "AttributeName": Find("data-table-attribute", Col("attribute"), within=TABLE),
}

JOB = Job(
    name="delete-data-table-values",
    summary="Take values out of data tables; an undo puts back what they were.",
    key=("data_table", "primary_values", "attribute"),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table"),
            help=(
                "The name of the data table. Where it locks more than single values, all but the"
                " first of what is locked together are refused: run those rows again."
            ),
            example="Tariffs",
        ),
        Column(
            name="primary_values",
            kind="map",
            split=";",
            aliases=("record", "primary value"),
            help=(
                "The record, by a value of each primary attribute: Country=IE; Season=summer."
                " Blank in tables without any."
            ),
            example="Country=IE",
        ),
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "column"),
            help="The name of the attribute whose value is to go.",
            example="Note",
        ),
    ),
    steps=(
        Step(
            operation="BatchDeleteDataTableValue",
            subject=PLACE,
            args={
                "DataTableId": TABLE,
                "Values": Each({**WHICH, "LockVersion": Held("LockVersion")}),
            },
            settle=Look(),
            undo=Step(
                operation="BatchCreateDataTableValue",
                subject=PLACE,
                args={"DataTableId": TABLE, "Values": Each({**WHICH, "Value": Was("Value")})},
                settle=Look(),
            ),
        ),
    ),
)
