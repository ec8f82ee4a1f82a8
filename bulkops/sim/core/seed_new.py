"""What AWS itself puts into a new instance, before anybody has worked in it.

Names are those that an administrator finds; flows have small texts of their type in their place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.core.seed_contents import usual_content
from bulkops.sim.core.seed_permissions import PERMISSIONS
from bulkops.sim.core.seed_views import plant_views
from bulkops.sim.core.seed_weeks import office_hours
from bulkops.sim.services.connect.predefined_attributes import UNCHECKED
from bulkops.sim.state.world import WorldSession

STATUSES = (("Available", "ROUTABLE"), ("Offline", "OFFLINE"))
FLOWS: Sequence[tuple[str, str]] = (
    ("Default agent hold", "AGENT_HOLD"),
    ("Default agent transfer", "AGENT_TRANSFER"),
    ("Default agent whisper", "AGENT_WHISPER"),
    ("Default customer hold", "CUSTOMER_HOLD"),
    ("Default customer queue", "CUSTOMER_QUEUE"),
    ("Default customer whisper", "CUSTOMER_WHISPER"),
    ("Default outbound", "OUTBOUND_WHISPER"),
    ("Default queue transfer", "QUEUE_TRANSFER"),
    ("Sample inbound flow (first contact experience)", "CONTACT_FLOW"),
    ("Sample disconnect flow", "CONTACT_FLOW"),
)
PROMPTS = ("Beep.wav", "CustomerHold.wav", "CustomerQueue.wav")
HOURS, QUEUE, PROFILE = "Basic Hours", "BasicQueue", "Basic Routing Profile"


def plant_new(session: WorldSession) -> None:
    """Make it all."""
    instance = {"InstanceId": session.instance.id}
    for order, (name, type_) in enumerate(STATUSES, start=1):
        status = {"Name": name, "Type": type_, "State": "ENABLED", "DisplayOrder": order}
        session.create("agent-status", status)
    for name, permissions in PERMISSIONS.items():
        held = {"Description": f"What {name} may do", "Permissions": [*permissions]}
        session.create("security-profile", {"Name": name, **instance, **held})
    for name, type_ in FLOWS:
        flow = {"Name": name, "Type": type_, "State": "ACTIVE", "Status": "PUBLISHED"}
        session.create("contact-flow", {**flow, "Content": usual_content(type_)})
    for name in PROMPTS:
        session.create("prompt", {"Name": name})
    language = {"Values": {"StringList": ["English"]}, "AttributeConfiguration": dict(UNCHECKED)}
    session.put_named("predefined-attribute", "connect:Language", language)
    _plant_routing(session, instance)
    plant_views(session)


def _plant_routing(session: WorldSession, instance: Mapping[str, Any]) -> None:
    hours = session.create(
        "hours-of-operation",
        {"Name": HOURS, "TimeZone": "America/Los_Angeles", "Config": office_hours()},
    )
    queue = session.create(
        "queue", {"Name": QUEUE, "HoursOfOperationId": hours["Id"], "Status": "ENABLED"}
    )
    pair = {"QueueReference": {"QueueId": queue["Id"], "Channel": "VOICE"}}
    session.create(
        "routing-profile",
        {
            **instance,
            "Name": PROFILE,
            "Description": "A basic routing profile",
            "DefaultOutboundQueueId": queue["Id"],
            "MediaConcurrencies": [{"Channel": "VOICE", "Concurrency": 1}],
            "AgentAvailabilityTimer": "TIME_SINCE_LAST_ACTIVITY",
            "QueueConfigs": [{**pair, "Priority": 1, "Delay": 0}],
        },
    )
