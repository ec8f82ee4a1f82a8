"""Create flows, with what they do; those that are there can be brought to their rows."""

from __future__ import annotations

from bulkops.definition import Again, Col, Job, Look, Saved, Step
from bulkops.definition.flow_columns import (
    CONTENT,
    DESCRIPTION,
    FLOW,
    FLOW_NAME,
    STATE,
    STATUS,
    TAGS,
    TYPE,
)
from bulkops.definition.tag_columns import tags_added

JOB = Job(
    name="create-contact-flows",
    summary="Create flows with what they do, published or only saved.",
    key=("flow",),
    columns=(FLOW_NAME, TYPE, STATUS, STATE, DESCRIPTION, CONTENT, TAGS),
    steps=(
        Step(
            operation="CreateContactFlow",
            subject=FLOW,
            args={
                "Name": Col("flow"),
                "Type": Col("type"),
                "Description": Col("description"),
                "Content": Col("content"),
                "Status": Col("status"),
                "Tags": Col("tags"),
            },
            save={"flow_id": "ContactFlowId", "flow_arn": "ContactFlowArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateContactFlowContent",
                    subject=FLOW,
                    args={"ContactFlowId": FLOW, "Content": Col("content")},
                    entails={"Status": Col("status")},
                    only_if=("status", "PUBLISHED"),
                    settle=Again(),
                ),
                Step(
                    operation="UpdateContactFlowMetadata",
                    subject=FLOW,
                    args={
                        "ContactFlowId": FLOW,
                        "Description": Col("description"),
                        "ContactFlowState": Col("state"),
                    },
                    settle=Again(),
                ),
                tags_added(FLOW),
            ),
            undo=Step(
                operation="DeleteContactFlow",
                subject=FLOW,
                args={"ContactFlowId": Saved("flow_id")},
                settle=Look(),
            ),
        ),
        Step(
            operation="UpdateContactFlowMetadata",
            subject=FLOW,
            args={"ContactFlowId": FLOW, "ContactFlowState": Col("state")},
            of_new=True,
            only_if=("state", "ARCHIVED"),
            settle=Again(),
        ),
    ),
)
