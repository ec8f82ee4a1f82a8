"""Change agent statuses; what is blank stays as it is."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step

STATUS = Find("agent-status", Col("agent_status"), renamed=Col("new_name"))

JOB = Job(
    name="update-agent-statuses",
    summary="Rename agent statuses, enable and disable them, and set their description and place.",
    key=("agent_status",),
    columns=(
        Column(
            name="agent_status",
            required=True,
            aliases=("agent status name", "status"),
            help="The name that the agent status has.",
            example="Training",
        ),
        Column(
            name="new_name",
            aliases=("new agent status name",),
            help="The name that the agent status is to have.",
            example="Classroom",
        ),
        Column(
            name="description",
            help="What the agent status is for.",
            example="Courses and coaching",
        ),
        Column(
            name="state",
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
            example="4",
        ),
    ),
    steps=(
        Step(
            operation="UpdateAgentStatus",
            subject=STATUS,
            args={
                "AgentStatusId": STATUS,
                "Name": Col("new_name"),
                "Description": Col("description"),
                "State": Col("state"),
                "DisplayOrder": Col("position"),
            },
            settle=Again(),
        ),
    ),
)
