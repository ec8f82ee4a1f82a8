"""Create flows, with what they do; those that are there can be brought to their rows."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Job, Look, Saved, Step
from bulkops.definition.flow_columns import (
    CONTENT,
    DESCRIPTION,
    DRAFT,
    FLOW,
    FLOW_NAME,
    STATE,
    STATUS,
    TAGS,
    TYPE,
)
from bulkops.definition.tag_columns import tags_added

SAVED = Step(
    operation="UpdateContactFlowContent",
    subject=FLOW,
    args={"ContactFlowId": FLOW, "Content": Col("content")},
    qualifiers={"ContactFlowId": DRAFT},
    only_if=("status", "SAVED"),
    settle=Again(),
)
"""What saves the content of a flow that is not published."""

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
            hollow={"Status": "SAVED"},
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
                SAVED,
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
            operation="UpdateContactFlowContent",
            subject=FLOW,
            args={"ContactFlowId": FLOW, "Content": Col("content")},
            of_new=True,
            fills=True,
            only_if=("status", "PUBLISHED"),
            settle=Again(),
        ),
        replace(SAVED, of_new=True, fills=True),
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
