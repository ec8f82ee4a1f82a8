"""Operations of SQS, SNS, EventBridge and CloudWatch Logs."""

from __future__ import annotations

from tests.everywhere.everywhere import Ask, Case

_QUEUE = Ask(
    service="sqs",
    method="create_queue",
    params={"QueueName": "calls"},
    find="QueueUrl",
    keep="queue",
)
_FIFO = Ask(
    service="sqs",
    method="create_queue",
    params={"QueueName": "calls.fifo", "Attributes": {"FifoQueue": "true"}},
    find="QueueUrl",
    keep="fifo",
)

SQS = (
    Case(
        job="sqs:CreateQueue",
        rows=({"queue_name": "calls", "attributes": "DelaySeconds=7"},),
        seen=Ask(service="sqs", method="list_queues", find="length(QueueUrls || `[]`)"),
        before=0,
        after=1,
        repeated="already-exists",
    ),
    Case(
        job="sqs:SetQueueAttributes",
        given=(_QUEUE,),
        rows=({"queue_url": "<queue>", "attributes": "DelaySeconds=7"},),
        seen=Ask(
            service="sqs",
            method="get_queue_attributes",
            params={"QueueUrl": "<queue>", "AttributeNames": ["DelaySeconds"]},
            find="Attributes.DelaySeconds",
        ),
        before="0",
        after="7",
        repeated="unchanged",
    ),
    Case(
        job="sqs:TagQueue",
        given=(_QUEUE,),
        rows=({"queue_url": "<queue>", "tags": "team=Billing"},),
        seen=Ask(
            service="sqs",
            method="list_queue_tags",
            params={"QueueUrl": "<queue>"},
            find="Tags.team",
        ),
        before=None,
        after="Billing",
        undone="would take away what may have been there before",
    ),
    Case(
        job="sqs:SendMessage",
        given=(_FIFO,),
        rows=(
            {
                "queue_url": "<fifo>",
                "message_body": "call 1",
                "message_group_id": "desk",
                "message_deduplication_id": "1",
            },
        ),
        seen=Ask(
            service="sqs",
            method="get_queue_attributes",
            params={"QueueUrl": "<fifo>", "AttributeNames": ["ApproximateNumberOfMessages"]},
            find="Attributes.ApproximateNumberOfMessages",
        ),
        before="0",
        after="1",
        undone="bulkops does not know how to read",
    ),
)

_TOPIC = Ask(
    service="sns",
    method="create_topic",
    params={"Name": "calls"},
    find="TopicArn",
    keep="topic",
)

SNS = (
    Case(
        job="sns:CreateTopic",
        rows=({"name": "calls", "attributes": "DisplayName=Calls"},),
        seen=Ask(service="sns", method="list_topics", find="length(Topics)"),
        before=0,
        after=1,
        undone="would take away what may have been there before",
    ),
    Case(
        job="sns:SetTopicAttributes",
        given=(_TOPIC,),
        rows=(
            {
                "topic_arn": "<topic>",
                "attribute_name": "DisplayName",
                "attribute_value": "Calls & co",
            },
        ),
        seen=Ask(
            service="sns",
            method="get_topic_attributes",
            params={"TopicArn": "<topic>"},
            find="Attributes.DisplayName",
        ),
        before="",
        after="Calls & co",
        undone="bulkops does not know how to read",
    ),
    Case(
        job="sns:Subscribe",
        given=(_TOPIC,),
        rows=({"topic_arn": "<topic>", "protocol": "email", "endpoint": "eva@example.com"},),
        seen=Ask(service="sns", method="list_subscriptions", find="Subscriptions[].Endpoint"),
        before=[],
        after=["eva@example.com"],
        undone="would take away what may have been there before",
    ),
)

_RULE = Ask(
    service="events",
    method="put_rule",
    params={"Name": "hourly", "ScheduleExpression": "rate(1 hour)"},
)

EVENTS = (
    Case(
        job="events:PutRule",
        rows=({"name": "hourly", "schedule_expression": "rate(1 hour)", "state": "DISABLED"},),
        seen=Ask(service="events", method="list_rules", find="Rules[].[ScheduleExpression, State]"),
        before=[],
        after=[["rate(1 hour)", "DISABLED"]],
        repeated="unchanged",
    ),
    Case(
        job="events:DisableRule",
        given=(_RULE,),
        rows=({"name": "hourly"},),
        seen=Ask(service="events", method="list_rules", find="Rules[].State"),
        before=["ENABLED"],
        after=["DISABLED"],
        undone="bulkops does not know how to read",
    ),
    Case(
        job="events:PutTargets",
        given=(_RULE,),
        rows=(
            {
                "rule": "hourly",
                "targets": '[{"Id":"q","Arn":"arn:aws:sqs:<region>:<account>:calls"}]',
            },
        ),
        seen=Ask(
            service="events",
            method="list_targets_by_rule",
            params={"Rule": "hourly"},
            find="Targets[].Id",
        ),
        before=[],
        after=["q"],
        undone="bulkops does not know how to read",
    ),
    Case(
        job="events:TagResource",
        given=(_RULE,),
        rows=(
            {
                "resource_arn": "arn:aws:events:<region>:<account>:rule/hourly",
                "tags": '[{"Key":"team","Value":"Billing"}]',
            },
        ),
        seen=Ask(
            service="events",
            method="list_tags_for_resource",
            params={"ResourceARN": "arn:aws:events:<region>:<account>:rule/hourly"},
            find="Tags[].Value",
        ),
        before=[],
        after=["Billing"],
        undone="would take away what may have been there before",
    ),
    Case(
        job="events:DeleteRule",
        given=(_RULE,),
        rows=({"name": "hourly"},),
        seen=Ask(service="events", method="list_rules", find="Rules[].Name"),
        before=["hourly"],
        after=[],
        repeated="unchanged",
    ),
)

_GROUP = Ask(service="logs", method="create_log_group", params={"logGroupName": "/desk"})
_GROUPS = Ask(service="logs", method="describe_log_groups", find="logGroups[].logGroupName")

LOGS = (
    Case(
        job="logs:CreateLogGroup",
        rows=({"log_group_name": "/desk", "tags": "team=Billing"},),
        seen=_GROUPS,
        before=[],
        after=["/desk"],
        repeated="already-exists",
    ),
    Case(
        job="logs:PutRetentionPolicy",
        given=(_GROUP,),
        rows=({"log_group_name": "/desk", "retention_in_days": "30"},),
        seen=Ask(service="logs", method="describe_log_groups", find="logGroups[].retentionInDays"),
        before=[],
        after=[30],
        repeated="unchanged",
    ),
    Case(
        job="logs:CreateLogStream",
        given=(_GROUP,),
        rows=({"log_group_name": "/desk", "log_stream_name": "today"},),
        seen=Ask(
            service="logs",
            method="describe_log_streams",
            params={"logGroupName": "/desk"},
            find="logStreams[].logStreamName",
        ),
        before=[],
        after=["today"],
        repeated="unchanged",
    ),
    Case(
        job="logs:DeleteLogGroup",
        given=(_GROUP,),
        rows=({"log_group_name": "/desk"},),
        seen=_GROUPS,
        before=["/desk"],
        after=[],
        repeated="unchanged",
    ),
)
