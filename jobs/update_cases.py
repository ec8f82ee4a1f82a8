"""Change cases: what is blank stays as it is, and every field of the domain may be a column."""

from __future__ import annotations

from bulkops.definition import Again, Job, Step
from bulkops.definition.case_columns import (
    CASE,
    CASE_COLUMN,
    CASE_STATUS,
    CUSTOMER,
    DEFINED,
    FIELDS,
    SUMMARY,
    TITLE,
)

JOB = Job(
    name="update-cases",
    summary="Close cases and change their fields; a column may be any field of the domain.",
    service="connectcases",
    key=("case",),
    defined=DEFINED,
    columns=(CASE_COLUMN, TITLE, CUSTOMER, SUMMARY, CASE_STATUS),
    steps=(
        Step(
            operation="UpdateCase",
            subject=CASE,
            args={"caseId": CASE, "fields": FIELDS},
            settle=Again(),
        ),
    ),
)
