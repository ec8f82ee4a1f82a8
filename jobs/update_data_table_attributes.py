"""Change attributes of data tables; what is blank stays as it is."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Column, Job, Step
from bulkops.definition.data_table_columns import (
    ATTRIBUTE,
    ATTRIBUTE_NAME,
    ATTRIBUTE_SAID,
    CHOICES,
    CHOICES_ONLY,
    DATA_TABLE,
    IGNORE_CASE,
    MAX_LENGTH,
    MAX_VALUES,
    MAXIMUM,
    MIN_LENGTH,
    MIN_VALUES,
    MINIMUM,
    PRIMARY,
    TABLE,
    VALUE_TYPE,
)

JOB = Job(
    name="update-data-table-attributes",
    summary="Change attributes of data tables: their type, and what their values may be.",
    key=("data_table", "attribute"),
    columns=(
        DATA_TABLE,
        ATTRIBUTE_NAME,
        Column(
            name="description",
            help="What the attribute is for.",
            example="For agents",
        ),
        replace(
            VALUE_TYPE,
            help="What its values are; those that no longer fit stay, and count as nothing.",
        ),
        replace(
            PRIMARY,
            help="Whether its values tell records apart; it stays so while the table has values.",
        ),
        MIN_LENGTH,
        MAX_LENGTH,
        MIN_VALUES,
        MAX_VALUES,
        MINIMUM,
        MAXIMUM,
        IGNORE_CASE,
        CHOICES,
        CHOICES_ONLY,
    ),
    steps=(
        Step(
            operation="UpdateDataTableAttribute",
            subject=ATTRIBUTE,
            args={
                "DataTableId": TABLE,
                "AttributeName": ATTRIBUTE,
                "Name": ATTRIBUTE,
                **ATTRIBUTE_SAID,
            },
            settle=Again(),
        ),
    ),
)
