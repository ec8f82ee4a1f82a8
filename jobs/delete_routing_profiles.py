"""Delete routing profiles that no agent has."""

from __future__ import annotations

from bulkops.definition import Col, Column, Find, Job, Look, Member, Saved, Step, Was, WasList

PROFILE = Find("routing-profile", Col("routing_profile"))
DEFAULT_QUEUE = Find("queue", Col("default_outbound_queue"))

JOB = Job(
    name="delete-routing-profiles",
    summary="Delete routing profiles that no agent has any more.",
    key=("routing_profile",),
    columns=(
        Column(
            name="routing_profile",
            required=True,
            aliases=("routing profile name", "profile"),
            help="The name of the routing profile to delete.",
            example="Sales EMEA",
        ),
        Column(
            name="default_outbound_queue",
            aliases=("outbound queue",),
            help="The default outbound queue that it must have by then; blank: whichever it has.",
            example="Sales EMEA",
        ),
    ),
    steps=(
        Step(
            operation="DeleteRoutingProfile",
            subject=PROFILE,
            args={"RoutingProfileId": PROFILE},
            expects={"DefaultOutboundQueueId": DEFAULT_QUEUE},
            settle=Look(),
            undo=Step(
                operation="CreateRoutingProfile",
                subject=PROFILE,
                args={
                    "Name": Col("routing_profile"),
                    "Description": Was("Description"),
                    "DefaultOutboundQueueId": Was("DefaultOutboundQueueId"),
                    "MediaConcurrencies": Was("MediaConcurrencies"),
                    "QueueConfigs": WasList("routing-profile-queue"),
                    "ManualAssignmentQueueConfigs": WasList("routing-profile-manual-queue"),
                    "AgentAvailabilityTimer": Was("AgentAvailabilityTimer"),
                    "Tags": Was("Tags"),
                },
                save={"profile_id": "RoutingProfileId", "profile_arn": "RoutingProfileArn"},
                settle=Look(duplicate="DuplicateResourceException"),
                also=(
                    Step(
                        operation="AssociateRoutingProfileQueues",
                        subject=Member("routing-profile-queue", of=PROFILE),
                        args={
                            "RoutingProfileId": Saved("profile_id"),
                            "QueueConfigs": WasList("routing-profile-queue", rest=True),
                        },
                        settle=Look(),
                    ),
                    Step(
                        operation="AssociateRoutingProfileQueues",
                        subject=Member("routing-profile-manual-queue", of=PROFILE),
                        args={
                            "RoutingProfileId": Saved("profile_id"),
                            "ManualAssignmentQueueConfigs": WasList(
                                "routing-profile-manual-queue", rest=True
                            ),
                        },
                        settle=Look(),
                    ),
                ),
            ),
        ),
    ),
)
