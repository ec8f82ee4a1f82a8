"""Change routing profiles: each changed group of values is one call, blank stays as it is."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Find, Job, Step
from bulkops.definition.routing_columns import (
    CHATS,
    CONCURRENCIES,
    EMAILS,
    LONGEST_IDLE_BY,
    OUTBOUND_QUEUE,
    OUTBOUND_QUEUE_FOUND,
    TASKS,
    VOICE,
    WHILE_ON_CHAT,
    WHILE_ON_EMAIL,
    WHILE_ON_TASK,
    WHILE_ON_VOICE,
)

PROFILE = Find("routing-profile", Col("routing_profile"), renamed=Col("new_name"))

JOB = Job(
    name="update-routing-profiles",
    summary="Rename routing profiles, and change their description, channels and outbound queue.",
    key=("routing_profile",),
    columns=(
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name",),
            help="The name that the routing profile has.",
            example="Support Tier 1",
        ),
        Column(
            name="new_name",
            aliases=("new routing profile name",),
            help="The name that the routing profile is to have.",
            example="Support first line",
        ),
        Column(
            name="description",
            help="Whom the routing profile is for; it can be changed, and not emptied.",
            example="Agents who pick up first",
        ),
        OUTBOUND_QUEUE,
        replace(VOICE, help="1 where agents take calls; CLEAR! takes the channel away."),
        replace(
            CHATS, help="How many chats an agent takes at a time; CLEAR! takes the channel away."
        ),
        replace(
            TASKS, help="How many tasks an agent takes at a time; CLEAR! takes the channel away."
        ),
        replace(
            EMAILS, help="How many e-mails an agent takes at a time; CLEAR! takes the channel away."
        ),
        WHILE_ON_VOICE,
        WHILE_ON_CHAT,
        WHILE_ON_TASK,
        WHILE_ON_EMAIL,
        LONGEST_IDLE_BY,
    ),
    steps=(
        Step(
            operation="UpdateRoutingProfileName",
            subject=PROFILE,
            args={
                "RoutingProfileId": PROFILE,
                "Name": Col("new_name"),
                "Description": Col("description"),
            },
            settle=Again(),
        ),
        Step(
            operation="UpdateRoutingProfileDefaultOutboundQueue",
            subject=PROFILE,
            args={
                "RoutingProfileId": PROFILE,
                "DefaultOutboundQueueId": OUTBOUND_QUEUE_FOUND,
            },
            settle=Again(),
        ),
        Step(
            operation="UpdateRoutingProfileConcurrency",
            subject=PROFILE,
            args={"RoutingProfileId": PROFILE, "MediaConcurrencies": CONCURRENCIES},
            settle=Again(),
        ),
        Step(
            operation="UpdateRoutingProfileAgentAvailabilityTimer",
            subject=PROFILE,
            args={"RoutingProfileId": PROFILE, "AgentAvailabilityTimer": Col("longest_idle_by")},
            settle=Again(),
        ),
    ),
)
