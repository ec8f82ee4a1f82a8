"""Create data tables, whose values flows look up."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Look, Saved, Step
from bulkops.definition.data_table_columns import LOCK_LEVEL, TABLE, TIME_ZONE

JOB = Job(
    name="create-data-tables",
    summary="Create data tables, with their time zone and what editing a value locks.",
    key=("data_table",),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table", "name"),
            help="The name of the data table; capitals tell no two tables apart.",
            example="Opening offers",
        ),
        Column(
            name="description",
            help="What the data table is for.",
            example="Offers by country and season",
        ),
        replace(TIME_ZONE, required=True),
        replace(
            LOCK_LEVEL,
            default="NONE",
            help="What is locked against others while a value is edited; blank: nothing.",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new data table as key=value, separated by ; or |.",
            example="team=sales",
        ),
    ),
    steps=(
        Step(
            operation="CreateDataTable",
            subject=TABLE,
            args={
                "Name": Col("data_table"),
                "Description": Col("description"),
                "TimeZone": Col("time_zone"),
                "ValueLockLevel": Col("lock_level"),
                "Status": "PUBLISHED",
                "Tags": Col("tags"),
            },
            save={"table_id": "Id", "table_arn": "Arn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateDataTableMetadata",
                    subject=TABLE,
                    args={
                        "DataTableId": TABLE,
                        "Name": Col("data_table"),
                        "Description": Col("description"),
                        "TimeZone": Col("time_zone"),
                        "ValueLockLevel": Col("lock_level"),
                    },
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteDataTable",
                subject=TABLE,
                args={"DataTableId": Saved("table_id")},
                settle=Look(),
            ),
        ),
    ),
)
