"""Change data tables; what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

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
        Column(
            name="time_zone",
            aliases=("timezone",),
            help="The time zone by its IANA name, in which values that depend on the time count.",
            example="Europe/Lisbon",
        ),
        Column(
            name="lock_level",
            aliases=("value lock level", "lock"),
            spellings={
                "NONE": ("nothing", "no"),
                "DATA_TABLE": ("table",),
                "PRIMARY_VALUE": ("record", "row"),
                "ATTRIBUTE": ("column",),
                "VALUE": ("cell",),
            },
            help="What is locked against others while a value is edited.",
            example="VALUE",
        ),
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
