"""Change data tables; what is blank stays as it is."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.data_table_columns import LOCK_LEVEL, TIME_ZONE

TABLE = Find("data-table", Col("data_table"), renamed=Col("new_name"))

JOB = Job(
    name="update-data-tables",
    summary="Rename data tables, and set their description, time zone and lock level.",
    key=("data_table",),
    columns=(
        Column(
            name="data_table",
            required=True,
            aliases=("data table name", "table", "name"),
            help="The name that the data table has.",
            example="Tariffs",
        ),
        Column(
            name="new_name",
            aliases=("new data table name",),
            help="The name that the data table is to have.",
            example="Prices",
        ),
        Column(
            name="description",
            help="What the data table is for.",
            example="Prices by country",
        ),
        replace(TIME_ZONE, example="Europe/Lisbon"),
        LOCK_LEVEL,
    ),
    steps=(
        Step(
            operation="UpdateDataTableMetadata",
            subject=TABLE,
            args={
                "DataTableId": TABLE,
                "Name": Col("new_name"),
                "Description": Col("description"),
                "TimeZone": Col("time_zone"),
                "ValueLockLevel": Col("lock_level"),
            },
            settle=Again(),
        ),
    ),
)
