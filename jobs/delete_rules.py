"""Delete rules."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import ByToken, Col, Job, Look, Step, Token, Was
from bulkops.definition.rule_columns import RULE, RULE_NAME, STATUS

JOB = Job(
    name="delete-rules",
    summary="Delete rules; contacts keep the categories that they have.",
    key=("rule",),
    columns=(
        replace(RULE_NAME, help="The name of the rule to delete.", example="Old-alert"),
        replace(
            STATUS,
            help="What it must be by then, else it is left alone; blank: whatever it is.",
            example="DRAFT",
        ),
    ),
    steps=(
        Step(
            operation="DeleteRule",
            subject=RULE,
            args={"RuleId": RULE},
            expects={"PublishStatus": Col("status")},
            settle=Look(),
            undo=Step(
                operation="CreateRule",
                subject=RULE,
                args={
                    "Name": Col("rule"),
                    "TriggerEventSource": Was("TriggerEventSource"),
                    "Function": Was("Function"),
                    "Actions": Was("Actions"),
                    "PublishStatus": Was("PublishStatus"),
                    "ClientToken": Token(),
                },
                save={"rule_id": "RuleId", "rule_arn": "RuleArn"},
                settle=ByToken(),
            ),
        ),
    ),
)
