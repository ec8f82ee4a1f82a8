"""Change task templates; what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.task_template_columns import (
    CONSTRAINTS,
    DEFAULTS,
    FIELDS,
    SAID,
    STATUS,
    TEMPLATE_NAME,
    WHAT_IT_IS,
)

TEMPLATE = Find("task-template", Col("task_template"), renamed=Col("new_name"))

JOB = Job(
    name="update-task-templates",
    summary="Rename task templates, and change their fields, flows and whether they are in use.",
    key=("task_template",),
    columns=(
        TEMPLATE_NAME,
        Column(
            name="new_name",
            aliases=("new task template name",),
            help="The name that the task template is to have.",
            example="Follow up soon",
        ),
        *WHAT_IT_IS,
        FIELDS,
        CONSTRAINTS,
        DEFAULTS,
        STATUS,
    ),
    steps=(
        Step(
            operation="UpdateTaskTemplate",
            subject=TEMPLATE,
            args={"TaskTemplateId": TEMPLATE, "Name": Col("new_name"), **SAID},
            settle=Again(),
        ),
    ),
)
