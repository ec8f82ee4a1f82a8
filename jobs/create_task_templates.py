"""Create task templates."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, ByToken, Col, Find, Job, Look, Saved, Step, Token
from bulkops.definition.task_template_columns import (
    CONSTRAINTS,
    DEFAULTS,
    FIELDS,
    SAID,
    STATUS,
    TEMPLATE_NAME,
    WHAT_IT_IS,
)

TEMPLATE = Find("task-template", Col("task_template"))

JOB = Job(
    name="create-task-templates",
    summary="Create templates by which agents make tasks, with their fields and flows.",
    key=("task_template",),
    columns=(
        replace(TEMPLATE_NAME, example="Call back"),
        *WHAT_IT_IS,
        replace(FIELDS, required=True),
        replace(CONSTRAINTS, required=True),
        DEFAULTS,
        STATUS,
    ),
    steps=(
        Step(
            operation="CreateTaskTemplate",
            subject=TEMPLATE,
            args={"Name": Col("task_template"), **SAID, "ClientToken": Token()},
            save={"template_id": "Id", "template_arn": "Arn"},
            settle=ByToken(),
            otherwise=(
                Step(
                    operation="UpdateTaskTemplate",
                    subject=TEMPLATE,
                    args={"TaskTemplateId": TEMPLATE, "Name": Col("task_template"), **SAID},
                    settle=Again(),
                ),
            ),
            undo=Step(
                operation="DeleteTaskTemplate",
                subject=TEMPLATE,
                args={"TaskTemplateId": Saved("template_id")},
                settle=Look(),
            ),
        ),
    ),
)
