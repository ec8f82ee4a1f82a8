"""Delete flows that nothing leads to."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Look, Saved, Step, Was

FLOW = Find("contact-flow", Col("flow"))

JOB = Job(
    name="delete-contact-flows",
    summary="Delete flows that nothing leads to any more; flows of one sheet may lead to another.",
    key=("flow",),
    columns=(
        Column(
            name="flow",
            required=True,
            aliases=("flow name", "contact flow", "contact flow name"),
            help="The name of the flow to delete.",
            example="Old hotline",
        ),
        Column(
            name="type",
            aliases=("flow type",),
            help="What the flow must be by then, else it is left alone; blank: whatever it is.",
            example="CONTACT_FLOW",
        ),
        Column(
            name="state",
            spellings={"ARCHIVED": ("archive",)},
            help="ARCHIVED deletes it only where it was archived; blank: whatever it is.",
            example="ACTIVE",
        ),
    ),
    steps=(
        Step(
            operation="DeleteContactFlow",
            subject=FLOW,
            args={"ContactFlowId": FLOW},
            expects={"Type": Col("type"), "State": Col("state")},
            settle=Look(),
            undo=Step(
                operation="CreateContactFlow",
                subject=FLOW,
                args={
                    "Name": Col("flow"),
                    "Type": Was("Type"),
                    "Description": Was("Description"),
                    "Content": Was("Content"),
                    "Status": Was("Status"),
                    "Tags": Was("Tags"),
                },
                save={"flow_id": "ContactFlowId", "flow_arn": "ContactFlowArn"},
                settle=Look(duplicate="DuplicateResourceException"),
                also=(
                    Step(
                        operation="UpdateContactFlowMetadata",
                        args={"ContactFlowId": Saved("flow_id"), "ContactFlowState": "ARCHIVED"},
                        if_was=("State", "ARCHIVED"),
                        settle=Again(),
                    ),
                ),
            ),
        ),
    ),
)
