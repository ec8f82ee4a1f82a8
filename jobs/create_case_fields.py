"""Create fields of cases, one per row; one that is there can be brought to its row."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Look, Saved, Step
from bulkops.definition.case_columns import CASE_FIELD, FIELD_DESCRIPTION, FIELD_NAME

JOB = Job(
    name="create-case-fields",
    summary="Create fields in which cases say what they are about.",
    service="connectcases",
    key=("case_field",),
    columns=(
        replace(
            FIELD_NAME,
            help=(
                "The name of the new case field. An undo deletes it softly: cases keep its values,"
                " and a domain keeps up to 100 deleted fields."
            ),
            example="Invoice",
        ),
        Column(
            name="type",
            required=True,
            aliases=("field type", "data type"),
            spellings={
                "DateTime": ("date and time", "date"),
                "SingleSelect": ("list", "select", "drop-down", "options"),
                "Url": ("link",),
                "Boolean": ("yes/no", "checkbox"),
                "User": ("agent",),
            },
            help="What its values are, which it keeps. Options: put-case-field-options.",
            example="Text",
        ),
        replace(FIELD_DESCRIPTION, example="The number of the invoice"),
    ),
    steps=(
        Step(
            operation="CreateField",
            subject=CASE_FIELD,
            args={
                "name": Col("case_field"),
                "type": Col("type"),
                "description": Col("description"),
            },
            save={"field_id": "fieldId", "field_arn": "fieldArn"},
            settle=Look(duplicate="ConflictException"),
            otherwise=(
                Step(
                    operation="UpdateField",
                    subject=CASE_FIELD,
                    args={"fieldId": CASE_FIELD, "description": Col("description")},
                    expects={"type": Col("type")},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteField",
                subject=CASE_FIELD,
                args={"fieldId": Saved("field_id")},
                settle=Look(),
            ),
        ),
    ),
)
