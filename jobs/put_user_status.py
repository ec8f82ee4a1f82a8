"""Set the status of agents who are logged in."""

from __future__ import annotations

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.user_columns import USER, USERNAME

JOB = Job(
    name="put-user-status",
    summary="Set the status of agents, such as Offline at the end of a shift.",
    key=("username",),
    columns=(
        USERNAME,
        Column(
            name="agent_status",
            required=True,
            aliases=("status", "agent status name"),
            help="The name of the agent status, which must be enabled.",
            example="Offline",
        ),
    ),
    steps=(
        Step(
            operation="PutUserStatus",
            args={"UserId": USER, "AgentStatusId": Find("agent-status", Col("agent_status"))},
            settle=Again(),
            irreversible=(
                "An agent's status is of the moment: no list tells what it was, and by the time of"
                " an undo the agent has gone on."
            ),
        ),
    ),
)
