"""Put values in data tables, as many in one call as is known to be taken."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Arg, Col, Column, Each, Find, Held, Job, Look, Member, Step

TABLE = Find("data-table", Col("data_table"))
PLACE = Member("data-table-value", of=TABLE)
WHICH: Mapping[str, Arg] = {
    "PrimaryValues": Col("primary_values"),
    "AttributeName": Find("data-table-attribute", Col("attribute"), within=TABLE),
}
VERSION: Mapping[str, Arg] = {"LockVersion": Held("LockVersion")}

JOB = Job(
    name="create-data-table-values",
    summary="Put values in data tables, a row each: which record, which attribute, which value.",
    key=("data_table", "primary_values", "attribute"),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table"),
            help="The name of the data table.",
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
            example="Country=ES",
        ),
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "column"),
            help="The name of the attribute whose value it is; not a primary one.",
            example="Price",
        ),
        Column(
            name="value",
            required=True,
            help=(
                "The value as text: a number, true or false, a list as JSON, an expression. One"
                " that is there already is changed to it, and --on-exists skip leaves it."
            ),
            example="10.5",
        ),
    ),
    steps=(
        Step(
            operation="BatchCreateDataTableValue",
            subject=PLACE,
            args={"DataTableId": TABLE, "Values": Each({**WHICH, "Value": Col("value")})},
            settle=Look(),
            otherwise=(
                Step(
                    operation="BatchUpdateDataTableValue",
                    subject=PLACE,
                    args={
                        "DataTableId": TABLE,
                        "Values": Each({**WHICH, "Value": Col("value"), **VERSION}),
                    },
                    settle=Look(),
                ),
            ),
            undo=Step(
                operation="BatchDeleteDataTableValue",
                subject=PLACE,
                args={"DataTableId": TABLE, "Values": Each({**WHICH, **VERSION})},
                settle=Look(),
            ),
        ),
    ),
)
