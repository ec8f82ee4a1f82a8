"""Take values out of data tables, as many in one call as is known to be taken."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Each, Held, Job, Look, Member, Step, Was
from bulkops.definition.data_table_columns import (
    CELL,
    LOCKED_TABLE,
    OF_ATTRIBUTE,
    PRIMARY_VALUES,
    TABLE,
)

PLACE = Member("data-table-value", of=TABLE)

JOB = Job(
    name="delete-data-table-values",
    summary="Take values out of data tables; an undo puts back what they were.",
    key=("data_table", "primary_values", "attribute"),
    columns=(
        LOCKED_TABLE,
        PRIMARY_VALUES,
        replace(
            OF_ATTRIBUTE, help="The name of the attribute whose value is to go.", example="Note"
        ),
    ),
    steps=(
        Step(
            operation="BatchDeleteDataTableValue",
            subject=PLACE,
            args={
                "DataTableId": TABLE,
                "Values": Each({**CELL, "LockVersion": Held("LockVersion")}),
            },
            settle=Look(),
            undo=Step(
                operation="BatchCreateDataTableValue",
                subject=PLACE,
                args={"DataTableId": TABLE, "Values": Each({**CELL, "Value": Was("Value")})},
                settle=Look(),
            ),
        ),
    ),
)
