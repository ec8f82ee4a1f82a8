"""Create case templates, one per row; one that is there can be brought to its row."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Job, Look, Saved, Step
from bulkops.definition.case_columns import (
    CASE_TEMPLATE,
    LAYOUT,
    REQUIRED_FIELDS,
    STATUS,
    TEMPLATE_DESCRIPTION,
    TEMPLATE_NAME,
    TEMPLATE_SAID,
)

JOB = Job(
    name="create-case-templates",
    summary="Create templates by which cases are made, with the fields that they must have.",
    service="connectcases",
    key=("case_template", "required_fields"),
    columns=(
        replace(
            TEMPLATE_NAME,
            help=(
                "The name of the new case template. An undo deletes it softly: its cases stay, and"
                " a domain keeps up to 100 deleted templates."
            ),
            example="Repair",
        ),
        TEMPLATE_DESCRIPTION,
        LAYOUT,
        REQUIRED_FIELDS,
        replace(STATUS, default="Active"),
    ),
    steps=(
        Step(
            operation="CreateTemplate",
            subject=CASE_TEMPLATE,
            args={"name": Col("case_template"), **TEMPLATE_SAID},
            save={"template_id": "templateId", "template_arn": "templateArn"},
            settle=Look(duplicate="ConflictException"),
            otherwise=(
                Step(
                    operation="UpdateTemplate",
                    subject=CASE_TEMPLATE,
                    args={"templateId": CASE_TEMPLATE, **TEMPLATE_SAID},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteTemplate",
                subject=CASE_TEMPLATE,
                args={"templateId": Saved("template_id")},
                settle=Look(),
            ),
        ),
    ),
)
