"""Give data tables attributes: their columns, and what tells their records apart."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Look, Step
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
    name="create-data-table-attributes",
    summary="Give data tables attributes, with their type and what their values may be.",
    key=("data_table", "attribute"),
    columns=(
        DATA_TABLE,
        replace(
            ATTRIBUTE_NAME,
            help="The name of the attribute; capitals tell no two of a table apart.",
            example="Season",
        ),
        Column(
            name="description",
            help="What the attribute is for.",
            example="Summer or winter",
        ),
        replace(VALUE_TYPE, required=True),
        PRIMARY,
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
            operation="CreateDataTableAttribute",
            subject=ATTRIBUTE,
            args={"DataTableId": TABLE, "Name": Col("attribute"), **ATTRIBUTE_SAID},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
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
            undo=Step(
                operation="DeleteDataTableAttribute",
                subject=ATTRIBUTE,
                args={"DataTableId": TABLE, "AttributeName": Col("attribute")},
                settle=Look(),
            ),
        ),
    ),
)
