"""Create routing profiles, one per row; one that is there can be brought to its row."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Col, Column, Find, Job, Keyed, Look, Saved, Step

PROFILE = Find("routing-profile", Col("routing_profile"))
OUTBOUND = Find("queue", Col("default_outbound_queue"))
CONCURRENCIES = Keyed(
    by="Channel",
    items=(
        {
            "Channel": "VOICE",
            "Concurrency": Col("voice"),
            "CrossChannelBehavior": {"BehaviorType": Col("while_on_voice")},
        },
        {
            "Channel": "CHAT",
            "Concurrency": Col("chats"),
            "CrossChannelBehavior": {"BehaviorType": Col("while_on_chat")},
        },
        {
            "Channel": "TASK",
            "Concurrency": Col("tasks"),
            "CrossChannelBehavior": {"BehaviorType": Col("while_on_task")},
        },
        {
            "Channel": "EMAIL",
            "Concurrency": Col("emails"),
            "CrossChannelBehavior": {"BehaviorType": Col("while_on_email")},
        },
    ),
)
BEHAVIOURS: Mapping[str, tuple[str, ...]] = {
    "ROUTE_CURRENT_CHANNEL_ONLY": ("nothing", "current channel only", "no"),
    "ROUTE_ANY_CHANNEL": ("any", "any channel", "yes"),
}

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
        Column(
            name="default_outbound_queue",
            required=True,
            aliases=("outbound queue",),
            help="The name of the queue by which its users call out.",
            example="Support",
        ),
        Column(
            name="voice",
            kind="integer",
            maximum=1,
            aliases=("voice concurrency",),
            help="1 where agents take calls; empty: none.",
            example="1",
        ),
        Column(
            name="chats",
            kind="integer",
            aliases=("chat", "chat concurrency"),
            help="How many chats an agent takes at a time; empty: none.",
            example="3",
        ),
        Column(
            name="tasks",
            kind="integer",
            aliases=("task", "task concurrency"),
            help="How many tasks an agent takes at a time; empty: none.",
            example="5",
        ),
        Column(
            name="emails",
            kind="integer",
            aliases=("email", "e-mails", "email concurrency"),
            help="How many e-mails an agent takes at a time; empty: none.",
            example="2",
        ),
        Column(
            name="while_on_voice",
            spellings=BEHAVIOURS,
            help="What else agents are offered while on a call: nothing, or any other channel.",
            example="nothing",
        ),
        Column(
            name="while_on_chat",
            spellings=BEHAVIOURS,
            help="What else agents are offered while on a chat: nothing, or any other channel.",
            example="nothing",
        ),
        Column(
            name="while_on_task",
            spellings=BEHAVIOURS,
            help="What else agents are offered while on a task: nothing, or any other channel.",
            example="nothing",
        ),
        Column(
            name="while_on_email",
            spellings=BEHAVIOURS,
            help="What else agents are offered while on an e-mail: nothing, or any other channel.",
            example="nothing",
        ),
        Column(
            name="longest_idle_by",
            aliases=("agent availability timer",),
            spellings={
                "TIME_SINCE_LAST_ACTIVITY": ("last activity", "activity"),
                "TIME_SINCE_LAST_INBOUND": ("last inbound contact", "inbound"),
            },
            help="From when on agents count as idle: their last activity, or inbound contact.",
            example="last activity",
        ),
        Column(
            name="tags",
            kind="tags",
            split=";|",
            help="Tags of a new routing profile as key=value, separated by ; or |.",
            example="team=support;shift=night",
        ),
    ),
    steps=(
        Step(
            operation="CreateRoutingProfile",
            subject=PROFILE,
            args={
                "Name": Col("routing_profile"),
                "Description": Col("description"),
                "DefaultOutboundQueueId": OUTBOUND,
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
                    args={"RoutingProfileId": PROFILE, "DefaultOutboundQueueId": OUTBOUND},
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
