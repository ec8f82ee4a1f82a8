"""Create rules for Contact Lens and other events."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, ByToken, Col, Column, Job, Look, Saved, Step, Token
from bulkops.definition.rule_columns import ACTIONS, CONDITIONS, RULE, RULE_NAME, STATUS

JOB = Job(
    name="create-rules",
    summary="Create rules: on which event, under which conditions, what is to be done.",
    key=("rule",),
    columns=(
        replace(RULE_NAME, example="Cancellation-mentioned"),
        Column(
            name="event",
            required=True,
            aliases=("event source", "trigger"),
            spellings={
                "OnPostCallAnalysisAvailable": ("call", "post-call"),
                "OnRealTimeCallAnalysisAvailable": ("real-time call",),
                "OnPostChatAnalysisAvailable": ("chat", "post-chat"),
                "OnRealTimeChatAnalysisAvailable": ("real-time chat",),
                "OnContactEvaluationSubmit": ("evaluation",),
                "OnMetricDataUpdate": ("metric",),
                "OnCaseCreate": ("case created",),
                "OnCaseUpdate": ("case changed",),
                "OnSlaBreach": ("SLA",),
            },
            help="What it looks at: calls or chats, analysed or in real time, a case, a metric.",
            example="post-call",
        ),
        replace(CONDITIONS, required=True),
        replace(ACTIONS, required=True),
        replace(STATUS, default="DRAFT", help="Whether it acts: published, or a draft (blank)."),
    ),
    steps=(
        Step(
            operation="CreateRule",
            subject=RULE,
            args={
                "Name": Col("rule"),
                "TriggerEventSource": {"EventSourceName": Col("event")},
                "Function": Col("conditions"),
                "Actions": Col("actions"),
                "PublishStatus": Col("status"),
                "ClientToken": Token(),
            },
            save={"rule_id": "RuleId", "rule_arn": "RuleArn"},
            settle=ByToken(),
            otherwise=(
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
            undo=Step(
                operation="DeleteRule",
                subject=RULE,
                args={"RuleId": Saved("rule_id")},
                settle=Look(),
            ),
        ),
    ),
)
