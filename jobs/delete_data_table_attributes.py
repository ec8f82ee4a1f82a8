"""Take attributes from data tables, with all their values; an undo puts both back."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Member, Step, Was, WasList

TABLE = Find("data-table", Col("data_table"))
ATTRIBUTE = Find("data-table-attribute", Col("attribute"), within=TABLE)

JOB = Job(
    name="delete-data-table-attributes",
    summary="Take attributes from data tables, with all their values; an undo puts both back.",
    key=("data_table", "attribute"),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table"),
            help="The name of the data table.",
            example="Old prices",
        ),
        Column(
            name="attribute",
            required=True,
            aliases=("attribute name", "name"),
            help="The name of the attribute to delete; a primary one goes only without values.",
            example="Note",
        ),
    ),
    steps=(
        Step(
            operation="DeleteDataTableAttribute",
            subject=ATTRIBUTE,
            args={"DataTableId": TABLE, "AttributeName": ATTRIBUTE},
            settle=Look(),
            undo=Step(
                operation="CreateDataTableAttribute",
                subject=ATTRIBUTE,
                args={
                    "DataTableId": TABLE,
                    "Name": Col("attribute"),
                    "Description": Was("Description"),
                    "ValueType": Was("ValueType"),
                    "Primary": Was("Primary"),
                    "Validation": Was("Validation"),
                },
                settle=Look(duplicate="DuplicateResourceException"),
                also=(
                    Step(
                        operation="BatchCreateDataTableValue",
                        subject=Member("data-table-value", of=TABLE),
                        args={
                            "DataTableId": TABLE,
                            "Values": WasList("data-table-attribute-value", rest=True),
                        },
                        settle=Look(),
                    ),
                ),
            ),
        ),
    ),
)
