"""Create agent statuses, one per row; one that is there can be brought to its row."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Look, Step
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

STATUS = Find("agent-status", Col("agent_status"))

JOB = Job(
    name="create-agent-statuses",
    summary="Create statuses by which agents say what they do when they take no contacts.",
    key=("agent_status",),
    columns=(
        Column(
            name="agent_status",
            required=True,
            aliases=("agent status name", "status"),
            help="The name of the new agent status.",
            example="Coaching",
        ),
        Column(
            name="description",
            help="What the agent status is for.",
            example="Talks with a team leader",
        ),
        Column(
            name="state",
            default="ENABLED",
            aliases=("enabled",),
            spellings={
                "ENABLED": ("enable", "on", "yes"),
                "DISABLED": ("disable", "off", "no"),
            },
            help="Whether agents can choose it: enabled or disabled.",
            example="ENABLED",
        ),
        Column(
            name="position",
            kind="integer",
            aliases=("display order",),
            help="The place among the statuses in which agents see it: 1 first.",
            example="6",
        ),
        TAGS_KEPT,
    ),
    steps=(
        Step(
            operation="CreateAgentStatus",
            subject=STATUS,
            args={
                "Name": Col("agent_status"),
                "Description": Col("description"),
                "State": Col("state"),
                "DisplayOrder": Col("position"),
                "Tags": Col("tags"),
            },
            save={"status_id": "AgentStatusId", "status_arn": "AgentStatusARN"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateAgentStatus",
                    subject=STATUS,
                    args={
                        "AgentStatusId": STATUS,
                        "Description": Col("description"),
                        "State": Col("state"),
                        "DisplayOrder": Col("position"),
                    },
                    settle=Again(),
                ),
                tags_added(STATUS),
            ),
            irreversible=(
                "Amazon Connect deletes no agent status: disable it with update-agent-statuses."
            ),
        ),
    ),
)
