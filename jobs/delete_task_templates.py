"""Delete task templates."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Find, Job, Look, Step, Token, Was
from bulkops.definition.task_template_columns import STATUS, TEMPLATE_NAME

TEMPLATE = Find("task-template", Col("task_template"))

JOB = Job(
    name="delete-task-templates",
    summary="Delete task templates; an undo makes them again.",
    key=("task_template",),
    columns=(
        replace(TEMPLATE_NAME, example="Old follow up"),
        replace(STATUS, help="What it must be by then; blank: whichever it is.", example="off"),
    ),
    steps=(
        Step(
            operation="DeleteTaskTemplate",
            subject=TEMPLATE,
            args={"TaskTemplateId": TEMPLATE},
            expects={"Status": Col("status")},
            settle=Look(),
            undo=Step(
                operation="CreateTaskTemplate",
                subject=TEMPLATE,
                args={
                    "Name": Col("task_template"),
                    "Description": Was("Description"),
                    "ContactFlowId": Was("ContactFlowId", finds="contact-flow"),
                    "SelfAssignFlowId": Was("SelfAssignFlowId", finds="contact-flow"),
                    "Fields": Was("Fields"),
                    "Constraints": Was("Constraints"),
                    "Defaults": Was("Defaults"),
                    "Status": Was("Status"),
                    "ClientToken": Token(),
                },
                save={"template_id": "Id", "template_arn": "Arn"},
                settle=ByToken(),
            ),
        ),
    ),
)
