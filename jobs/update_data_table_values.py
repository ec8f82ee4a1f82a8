"""Change values of data tables, as many in one call as is known to be taken."""

from __future__ import annotations

from bulkops.definition import Col, Column, Each, Held, Job, Look, Member, Step
from bulkops.definition.data_table_columns import (
    CELL,
    LOCKED_TABLE,
    OF_ATTRIBUTE,
    PRIMARY_VALUES,
    TABLE,
)

JOB = Job(
    name="update-data-table-values",
    summary="Change values of data tables, a row each; one that was changed meanwhile is left.",
    key=("data_table", "primary_values", "attribute"),
    columns=(
        LOCKED_TABLE,
        PRIMARY_VALUES,
        OF_ATTRIBUTE,
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
                "Values": Each({**CELL, "Value": Col("value"), "LockVersion": Held("LockVersion")}),
            },
            settle=Look(),
        ),
    ),
)
