"""Change rules: their conditions, what they do, and whether they act."""

from __future__ import annotations

from bulkops.definition import Again, Col, Job, Step
from bulkops.definition.rule_columns import ACTIONS, CONDITIONS, RULE, RULE_NAME, STATUS

JOB = Job(
    name="update-rules",
    summary="Change rules: their conditions and actions, and publish them or take them back.",
    key=("rule",),
    columns=(RULE_NAME, CONDITIONS, ACTIONS, STATUS),
    steps=(
        Step(
            operation="UpdateRule",
            subject=RULE,
            args={
                "RuleId": RULE,
                "Name": Col("rule"),
                "Function": Col("conditions"),
                "Actions": Col("actions"),
                "PublishStatus": Col("status"),
            },
            settle=Again(),
        ),
    ),
)
