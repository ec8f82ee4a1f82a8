"""Take attributes from data tables, with all their values; an undo puts both back."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Col, Job, Look, Member, Step, Was, WasList
from bulkops.definition.data_table_columns import ATTRIBUTE, ATTRIBUTE_NAME, DATA_TABLE, TABLE

JOB = Job(
    name="delete-data-table-attributes",
    summary="Take attributes from data tables, with all their values; an undo puts both back.",
    key=("data_table", "attribute"),
    columns=(
        replace(DATA_TABLE, example="Old prices"),
        replace(
            ATTRIBUTE_NAME,
            help="The name of the attribute to delete; a primary one goes only without values.",
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
