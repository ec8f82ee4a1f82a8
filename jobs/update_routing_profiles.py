"""Change routing profiles: each changed group of values is one call, blank stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition import Again, Col, Column, Find, Job, Keyed, Step

PROFILE = Find("routing-profile", Col("routing_profile"), renamed=Col("new_name"))
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
        Column(
            name="default_outbound_queue",
            aliases=("outbound queue",),
            help="The name of the queue by which its users call out.",
            example="Support",
        ),
        Column(
            name="voice",
            kind="integer",
            maximum=1,
            aliases=("voice concurrency",),
            help="1 where agents take calls; CLEAR! takes the channel away.",
            example="1",
        ),
        Column(
            name="chats",
            kind="integer",
            aliases=("chat", "chat concurrency"),
            help="How many chats an agent takes at a time; CLEAR! takes the channel away.",
            example="3",
        ),
        Column(
            name="tasks",
            kind="integer",
            aliases=("task", "task concurrency"),
            help="How many tasks an agent takes at a time; CLEAR! takes the channel away.",
            example="5",
        ),
        Column(
            name="emails",
            kind="integer",
            aliases=("email", "e-mails", "email concurrency"),
            help="How many e-mails an agent takes at a time; CLEAR! takes the channel away.",
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
                "DefaultOutboundQueueId": Find("queue", Col("default_outbound_queue")),
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
