"""Put the options of fields from which one is selected, as many in one call as it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bulkops.definition import Again, Arg, Col, Column, Each, Job, Member, Step
from bulkops.definition.case_columns import FIELD_NAME, SELECT_FIELD

PLACE = Member("case-field-option", of=SELECT_FIELD)
NAMED: Mapping[str, Arg] = {"name": Col("option"), "value": Col("value")}

JOB = Job(
    name="put-case-field-options",
    summary="Create, rename, show and hide the options of case fields of type SingleSelect.",
    service="connectcases",
    key=("case_field", "value"),
    columns=(
        replace(FIELD_NAME, help="The name of a case field that has options.", example="Product"),
        Column(
            name="value",
            required=True,
            aliases=("option value", "code"),
            help="What tells the option from others and stays: letters, digits, - and _.",
            example="router",
        ),
        Column(
            name="option",
            aliases=("option name", "name", "label"),
            help="What agents read; a new option must have it.",
            example="Router",
        ),
        Column(
            name="active",
            kind="boolean",
            default=True,
            aliases=("shown", "visible"),
            help="Whether agents can choose it. None is ever deleted: an undo hides new ones.",
            example="yes",
        ),
    ),
    steps=(
        Step(
            operation="BatchPutFieldOptions",
            subject=PLACE,
            args={
                "fieldId": SELECT_FIELD,
                "options": Each({**NAMED, "active": Col("active")}),
            },
            settle=Again(),
            undo=Step(
                operation="BatchPutFieldOptions",
                subject=PLACE,
                args={"fieldId": SELECT_FIELD, "options": Each({**NAMED, "active": False})},
                settle=Again(),
            ),
        ),
    ),
)
