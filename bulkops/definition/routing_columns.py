"""What sheets about routing profiles, queues and quick connects have in common.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg, Keyed
from bulkops.definition.job import Column
from bulkops.definition.kinds.found_things import Col, Find

OUTBOUND_QUEUE_FOUND = Find("queue", Col("default_outbound_queue"))
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
_BEHAVIOURS: Mapping[str, tuple[str, ...]] = {
    "ROUTE_CURRENT_CHANNEL_ONLY": ("nothing", "current channel only", "no"),
    "ROUTE_ANY_CHANNEL": ("any", "any channel", "yes"),
}

OUTBOUND_QUEUE = Column(
    name="default_outbound_queue",
    aliases=("outbound queue",),
    help="The name of the queue by which its users call out.",
    example="Support",
)
VOICE = Column(
    name="voice",
    kind="integer",
    maximum=1,
    aliases=("voice concurrency",),
    help="1 where agents take calls; empty: none.",
    example="1",
)
CHATS = Column(
    name="chats",
    kind="integer",
    aliases=("chat", "chat concurrency"),
    help="How many chats an agent takes at a time; empty: none.",
    example="3",
)
TASKS = Column(
    name="tasks",
    kind="integer",
    aliases=("task", "task concurrency"),
    help="How many tasks an agent takes at a time; empty: none.",
    example="5",
)
EMAILS = Column(
    name="emails",
    kind="integer",
    aliases=("email", "e-mails", "email concurrency"),
    help="How many e-mails an agent takes at a time; empty: none.",
    example="2",
)
WHILE_ON_VOICE = Column(
    name="while_on_voice",
    spellings=_BEHAVIOURS,
    help="What else agents are offered while on a call: nothing, or any other channel.",
    example="nothing",
)
WHILE_ON_CHAT = Column(
    name="while_on_chat",
    spellings=_BEHAVIOURS,
    help="What else agents are offered while on a chat: nothing, or any other channel.",
    example="nothing",
)
WHILE_ON_TASK = Column(
    name="while_on_task",
    spellings=_BEHAVIOURS,
    help="What else agents are offered while on a task: nothing, or any other channel.",
    example="nothing",
)
WHILE_ON_EMAIL = Column(
    name="while_on_email",
    spellings=_BEHAVIOURS,
    help="What else agents are offered while on an e-mail: nothing, or any other channel.",
    example="nothing",
)
LONGEST_IDLE_BY = Column(
    name="longest_idle_by",
    aliases=("agent availability timer",),
    spellings={
        "TIME_SINCE_LAST_ACTIVITY": ("last activity", "activity"),
        "TIME_SINCE_LAST_INBOUND": ("last inbound contact", "inbound"),
    },
    help="From when on agents count as idle: their last activity, or inbound contact.",
    example="last activity",
)

PROFILE = Find("routing-profile", Col("routing_profile"))
QUEUE_REFERENCE: Mapping[str, Arg] = {
    "QueueId": Find("queue", Col("queue")),
    "Channel": Col("channel"),
}
"""What tells a queue of a routing profile from its others."""
QUEUE_CONFIG: Mapping[str, Arg] = {
    "QueueReference": QUEUE_REFERENCE,
    "Priority": Col("priority"),
    "Delay": Col("delay"),
}
OF_PROFILE = Column(
    name="routing_profile",
    required=True,
    aliases=("routing profile name",),
    help="The name of the routing profile.",
    example="Sales EMEA",
)
PROFILE_QUEUE = Column(
    name="queue",
    required=True,
    aliases=("queue name",),
    help="The name of a queue that the routing profile has.",
    example="BasicQueue",
)
CHANNEL = Column(
    name="channel",
    required=True,
    help="The channel by which contacts come; one row for each channel.",
    example="VOICE",
)
PRIORITY = Column(
    name="priority",
    kind="integer",
    help="The order in which queues are served: 1 first.",
    example="1",
)
DELAY = Column(
    name="delay",
    kind="integer",
    aliases=("delay (seconds)",),
    help="Seconds that a contact must have waited before it is routed to these agents.",
    example="0",
)

CALLER: Mapping[str, Arg] = {
    "OutboundCallerIdName": Col("caller_id_name"),
    "OutboundCallerIdNumberId": Find("phone-number", Col("caller_id_number")),
    "OutboundFlowId": Find("outbound-whisper-flow", Col("outbound_flow")),
}
QUEUE_HOURS = Column(
    name="hours_of_operation",
    aliases=("hours", "operating hours"),
    help="The name of the hours of operation.",
    example="Around the clock",
)
MAX_CONTACTS = Column(
    name="max_contacts",
    kind="integer",
    aliases=("maximum contacts in queue",),
    help="How many contacts may wait before the queue is full; empty: no limit of its own.",
    example="25",
)
QUEUE_STATUS = Column(
    name="status",
    spellings={"ENABLED": ("enable", "on"), "DISABLED": ("disable", "off")},
    help="Whether contacts can be put into the queue: enabled or disabled.",
    example="ENABLED",
)
CALLER_ID_NAME = Column(
    name="caller_id_name",
    aliases=("outbound caller ID name",),
    help="The name that outbound calls show.",
    example="Example Support",
)
CALLER_ID_NUMBER = Column(
    name="caller_id_number",
    aliases=("outbound caller ID number",),
    help="The number that outbound calls show, one that the instance has claimed.",
    example="+35315550100",
)
OUTBOUND_FLOW = Column(
    name="outbound_flow",
    aliases=("outbound whisper flow",),
    help="The name of the outbound whisper flow that is played to those called.",
    example="Default outbound",
)

_TRANSFER = Find("contact-flow", Col("transfer_flow"))
LEADS_TO: Mapping[str, Mapping[str, Arg]] = {
    "USER": {
        "UserConfig": {"UserId": Find("user", Col("goes_to")), "ContactFlowId": _TRANSFER},
    },
    "QUEUE": {
        "QueueConfig": {"QueueId": Find("queue", Col("goes_to")), "ContactFlowId": _TRANSFER},
    },
    "PHONE_NUMBER": {"PhoneConfig": {"PhoneNumber": Col("goes_to")}},
}
"""The configuration of a quick connect, by its type."""
QUICK_CONNECT_TYPE = Column(
    name="type",
    required=True,
    spellings={
        "USER": ("agent",),
        "QUEUE": (),
        "PHONE_NUMBER": ("number", "phone", "external"),
    },
    help="What it leads to: an agent (user), a queue, or a phone number.",
    example="queue",
)
GOES_TO = Column(
    name="goes_to",
    aliases=("destination",),
    help="The agent's login name, the queue's name, or the number in E.164.",
    example="Support",
)
TRANSFER_FLOW = Column(
    name="transfer_flow",
    aliases=("contact flow", "flow"),
    help="The flow that carries the transfer out: for agents and queues, not for numbers.",
    example="Default queue transfer",
)
