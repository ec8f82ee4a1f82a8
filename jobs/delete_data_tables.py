"""Delete data tables that no flow looks anything up in."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Member, Saved, Step, Was, WasList

TABLE = Find("data-table", Col("data_table"))

JOB = Job(
    name="delete-data-tables",
    summary="Delete data tables with all that is in them; an undo makes them again with it.",
    key=("data_table",),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table", "name"),
            help="The name of the data table to delete, with its attributes and values.",
            example="Old prices",
        ),
        Column(
            name="time_zone",
            aliases=("timezone",),
            help="The time zone that it must have by then; blank: whichever it has.",
            example="Europe/Dublin",
        ),
    ),
    steps=(
        Step(
            operation="DeleteDataTable",
            subject=TABLE,
            args={"DataTableId": TABLE},
            expects={"TimeZone": Col("time_zone")},
            settle=Look(),
            undo=Step(
                operation="CreateDataTable",
                subject=TABLE,
                args={
                    "Name": Col("data_table"),
                    "Description": Was("Description"),
                    "TimeZone": Was("TimeZone"),
                    "ValueLockLevel": Was("ValueLockLevel"),
                    "Status": Was("Status"),
                    "Tags": Was("Tags"),
                },
                save={"table_id": "Id", "table_arn": "Arn"},
                settle=Look(duplicate="DuplicateResourceException"),
                also=(
                    Step(
                        operation="CreateDataTableAttribute",
                        args={
                            "DataTableId": Saved("table_id"),
                            "Name": Was("Name"),
                            "Description": Was("Description"),
                            "ValueType": Was("ValueType"),
                            "Primary": Was("Primary"),
                            "Validation": Was("Validation"),
                        },
                        each_of="data-table-attribute",
                    ),
                    Step(
                        operation="BatchCreateDataTableValue",
                        subject=Member("data-table-value", of=TABLE),
                        args={
                            "DataTableId": Saved("table_id"),
                            "Values": WasList("data-table-value", rest=True),
                        },
                        settle=Look(),
                    ),
                ),
            ),
        ),
    ),
)
