"""Create cases, one per row, with the fields of the domain as columns of their own."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Find, Job, Look, Saved, Step, Token
from bulkops.definition.case_columns import (
    CASE_STATUS,
    CASE_TEMPLATE,
    CUSTOMER,
    DEFINED,
    FIELDS,
    SUMMARY,
    TEMPLATE_NAME,
    TITLE,
)

MADE = Find("case", Col("title"))
"""Whatever bears the title: by what it is undone the case is told by its id alone."""

JOB = Job(
    name="create-cases",
    summary="Create cases by their template; a column may be any field of the domain, by its name.",
    service="connectcases",
    key=("case_template", "title"),
    defined=DEFINED,
    columns=(
        replace(TEMPLATE_NAME, help="The name of the active template by which it is made."),
        replace(TITLE, required=True),
        CUSTOMER,
        SUMMARY,
        replace(CASE_STATUS, help="Open, unless it is to be closed at once.", example="open"),
    ),
    steps=(
        Step(
            operation="CreateCase",
            args={"templateId": CASE_TEMPLATE, "fields": FIELDS, "clientToken": Token()},
            save={"case_id": "caseId", "case_arn": "caseArn"},
            settle=ByToken(),
            undo=Step(
                operation="DeleteCase",
                subject=MADE,
                args={"caseId": Saved("case_id")},
                settle=Look(),
            ),
        ),
    ),
)
