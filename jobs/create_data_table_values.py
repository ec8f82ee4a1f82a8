"""Put values in data tables, as many in one call as is known to be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition import Arg, Col, Column, Each, Held, Job, Look, Member, Step
from bulkops.definition.data_table_columns import (
    ATTRIBUTE,
    CELL,
    DATA_TABLE,
    OF_ATTRIBUTE,
    PRIMARY_VALUES,
    TABLE,
)

PLACE = Member("data-table-value", of=TABLE)
VERSION: Mapping[str, Arg] = {"LockVersion": Held("LockVersion")}

JOB = Job(
    name="create-data-table-values",
    summary="Put values in data tables, a row each: which record, which attribute, which value.",
    key=("data_table", "primary_values", "attribute"),
    columns=(
        DATA_TABLE,
        replace(PRIMARY_VALUES, example="Country=ES"),
        replace(
            OF_ATTRIBUTE, help="The name of the attribute whose value it is; not a primary one."
        ),
        Column(
            name="value",
            required=True,
            help=(
                "The value as text: a number, true or false, a list as JSON, an expression. One"
                " that is there already is changed to it, and --on-exists skip leaves it."
            ),
            example="10.5",
        ),
    ),
    steps=(
        Step(
            operation="BatchCreateDataTableValue",
            subject=PLACE,
            keyed={"primary_values": ATTRIBUTE},
            args={"DataTableId": TABLE, "Values": Each({**CELL, "Value": Col("value")})},
            settle=Look(),
            otherwise=(
                Step(
                    operation="BatchUpdateDataTableValue",
                    subject=PLACE,
                    args={
                        "DataTableId": TABLE,
                        "Values": Each({**CELL, "Value": Col("value"), **VERSION}),
                    },
                    settle=Look(),
                ),
            ),
            undo=Step(
                operation="BatchDeleteDataTableValue",
                subject=PLACE,
                args={"DataTableId": TABLE, "Values": Each({**CELL, **VERSION})},
                settle=Look(),
            ),
        ),
    ),
)
