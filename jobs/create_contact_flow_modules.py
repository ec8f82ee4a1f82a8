"""Create flow modules, with what they do; those that are there can be brought to their rows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, ByToken, Col, Job, Look, Saved, Step, Token
from bulkops.definition.flow_columns import CONTENT, DESCRIPTION, MODULE, MODULE_NAME, STATE, TAGS
from bulkops.definition.tag_columns import tags_added

JOB = Job(
    name="create-contact-flow-modules",
    summary="Create flow modules with what they do: parts that flows have in common.",
    key=("module",),
    columns=(
        MODULE_NAME,
        STATE,
        DESCRIPTION,
        replace(CONTENT, example="@modules/Say the hours.json"),
        TAGS,
    ),
    steps=(
        Step(
            operation="CreateContactFlowModule",
            subject=MODULE,
            args={
                "Name": Col("module"),
                "Description": Col("description"),
                "Content": Col("content"),
                "Tags": Col("tags"),
                "ClientToken": Token(),
            },
            hollow={},
            save={"module_id": "Id", "module_arn": "Arn"},
            settle=ByToken(),
            otherwise=(
                Step(
                    operation="UpdateContactFlowModuleContent",
                    subject=MODULE,
                    args={"ContactFlowModuleId": MODULE, "Content": Col("content")},
                    settle=Again(),
                ),
                Step(
                    operation="UpdateContactFlowModuleMetadata",
                    subject=MODULE,
                    args={
                        "ContactFlowModuleId": MODULE,
                        "Description": Col("description"),
                        "State": Col("state"),
                    },
                    settle=Again(),
                ),
                tags_added(MODULE),
            ),
            undo=Step(
                operation="DeleteContactFlowModule",
                subject=MODULE,
                args={"ContactFlowModuleId": Saved("module_id")},
                settle=Look(),
            ),
        ),
        Step(
            operation="UpdateContactFlowModuleContent",
            subject=MODULE,
            args={"ContactFlowModuleId": MODULE, "Content": Col("content")},
            of_new=True,
            fills=True,
            settle=Again(),
        ),
        Step(
            operation="UpdateContactFlowModuleMetadata",
            subject=MODULE,
            args={"ContactFlowModuleId": MODULE, "State": Col("state")},
            of_new=True,
            only_if=("state", "ARCHIVED"),
            settle=Again(),
        ),
    ),
)
