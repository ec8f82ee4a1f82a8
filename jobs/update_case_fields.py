"""Change fields of cases; what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.case_columns import FIELD_DESCRIPTION, FIELD_NAME

FIELD = Find("case-field", Col("case_field"), renamed=Col("new_name"))

JOB = Job(
    name="update-case-fields",
    summary="Rename fields of cases, and say what they are for.",
    service="connectcases",
    key=("case_field",),
    columns=(
        FIELD_NAME,
        Column(
            name="new_name",
            aliases=("new case field name", "new field name"),
            help="The name that the case field is to have; those of every domain keep theirs.",
            example="Order",
        ),
        FIELD_DESCRIPTION,
    ),
    steps=(
        Step(
            operation="UpdateField",
            subject=FIELD,
            args={
                "fieldId": FIELD,
                "name": Col("new_name"),
                "description": Col("description"),
            },
            settle=Again(),
        ),
    ),
)
