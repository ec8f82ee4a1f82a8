"""Create routing profiles, one per row; one that is there can be brought to its row."""

from __future__ import annotations

from dataclasses import replace

from bulkops.definition import Again, Col, Column, Job, Look, Saved, Step
from bulkops.definition.routing_columns import (
    CHATS,
    CONCURRENCIES,
    EMAILS,
    LONGEST_IDLE_BY,
    OUTBOUND_QUEUE,
    OUTBOUND_QUEUE_FOUND,
    PROFILE,
    TASKS,
    VOICE,
    WHILE_ON_CHAT,
    WHILE_ON_EMAIL,
    WHILE_ON_TASK,
    WHILE_ON_VOICE,
)
from bulkops.definition.tag_columns import TAGS_KEPT, tags_added

JOB = Job(
    name="create-routing-profiles",
    summary="Create routing profiles: their channels, and the queue by which their users call out.",
    key=("routing_profile",),
    columns=(
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name",),
            help="The name of the new routing profile.",
            example="Night shift",
        ),
        Column(
            name="description",
            required=True,
            help="Whom the routing profile is for.",
            example="Agents who work at night",
        ),
        replace(OUTBOUND_QUEUE, required=True),
        VOICE,
        CHATS,
        TASKS,
        EMAILS,
        WHILE_ON_VOICE,
        WHILE_ON_CHAT,
        WHILE_ON_TASK,
        WHILE_ON_EMAIL,
        LONGEST_IDLE_BY,
        replace(TAGS_KEPT, example="team=support;shift=night"),
    ),
    steps=(
        Step(
            operation="CreateRoutingProfile",
            subject=PROFILE,
            args={
                "Name": Col("routing_profile"),
                "Description": Col("description"),
                "DefaultOutboundQueueId": OUTBOUND_QUEUE_FOUND,
                "MediaConcurrencies": CONCURRENCIES,
                "AgentAvailabilityTimer": Col("longest_idle_by"),
                "Tags": Col("tags"),
            },
            save={"profile_id": "RoutingProfileId", "profile_arn": "RoutingProfileArn"},
            settle=Look(duplicate="DuplicateResourceException"),
            otherwise=(
                Step(
                    operation="UpdateRoutingProfileName",
                    subject=PROFILE,
                    args={"RoutingProfileId": PROFILE, "Description": Col("description")},
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
                    args={
                        "RoutingProfileId": PROFILE,
                        "AgentAvailabilityTimer": Col("longest_idle_by"),
                    },
                    settle=Again(),
                ),
                tags_added(PROFILE),
            ),
            undo=Step(
                operation="DeleteRoutingProfile",
                subject=PROFILE,
                args={"RoutingProfileId": Saved("profile_id")},
                settle=Look(),
            ),
        ),
    ),
)
