"""Delete flow modules that no flow runs."""

from __future__ import annotations

from bulkops.definition import Again, ByToken, Col, Column, Find, Job, Look, Saved, Step, Token, Was

MODULE = Find("contact-flow-module", Col("module"))

JOB = Job(
    name="delete-contact-flow-modules",
    summary="Delete flow modules that no flow runs any more.",
    key=("module",),
    columns=(
        Column(
            name="module",
            required=True,
            aliases=("module name", "flow module", "flow module name"),
            help="The name of the flow module to delete.",
            example="Old prompts",
        ),
        Column(
            name="state",
            help="ARCHIVED deletes it only where it was archived; blank: whatever it is.",
            example="ACTIVE",
        ),
    ),
    steps=(
        Step(
            operation="DeleteContactFlowModule",
            subject=MODULE,
            args={"ContactFlowModuleId": MODULE},
            expects={"State": Col("state")},
            settle=Look(),
            undo=Step(
                operation="CreateContactFlowModule",
                subject=MODULE,
                args={
                    "Name": Col("module"),
                    "Description": Was("Description"),
                    "Content": Was("Content"),
                    "Tags": Was("Tags"),
                    "ClientToken": Token(),
                },
                save={"module_id": "Id", "module_arn": "Arn"},
                settle=ByToken(),
                also=(
                    Step(
                        operation="UpdateContactFlowModuleMetadata",
                        args={"ContactFlowModuleId": Saved("module_id"), "State": "ARCHIVED"},
                        if_was=("State", "ARCHIVED"),
                        settle=Again(),
                    ),
                ),
            ),
        ),
    ),
)
