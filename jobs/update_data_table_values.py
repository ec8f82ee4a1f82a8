"""Change values of data tables, as many in one call as is known to be taken."""

from __future__ import annotations

from bulkops.definition import Col, Column, Each, Find, Held, Job, Look, Member, Step

TABLE = Find("data-table", Col("data_table"))

JOB = Job(
    name="update-data-table-values",
    summary="Change values of data tables, a row each; one that was changed meanwhile is left.",
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
            help="The name of the attribute whose value it is.",
            example="Price",
        ),
        Column(
            name="value",
            required=True,
            help="The new value as text: a number, true or false, a list as JSON, an expression.",
            example="12.5",
        ),
    ),
    steps=(
        Step(
            operation="BatchUpdateDataTableValue",
            subject=Member("data-table-value", of=TABLE),
            args={
                "DataTableId": TABLE,
                "Values": Each(
                    {
                        "PrimaryValues": Col("primary_values"),
                        "AttributeName": Find(
                            "data-table-attribute", Col("attribute"), within=TABLE
                        ),
                        "Value": Col("value"),
                        "LockVersion": Held("LockVersion"),
                    }
                ),
            },
            settle=Look(),
        ),
    ),
)
