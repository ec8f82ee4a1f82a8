"""Whom the first world calls by itself: outbound campaigns in several states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.core.planted import planted
from bulkops.sim.services.campaigns.campaigns import KIND, ONBOARDING, create
from bulkops.sim.state.world import WorldSession

CAMPAIGNS: Mapping[str, str] = {
    "Winter offers": "Running",
    "Autumn offers": "Running",
    "Spring survey": "Paused",
    "Payment reminders": "Initialized",
    "Old promotion": "Stopped",
}
"""Name → state."""
FLOW = "Campaign journey"
TEMPLATE = "arn:aws:wisdom:{region}:{account}:message-template/bulkops/offers"


def prepare_for_campaigns(session: WorldSession) -> None:
    """Prepare the instance for campaigns, and make a flow that one may follow."""
    session.put_named(ONBOARDING, ONBOARDING, {})
    flow = {"Type": "CAMPAIGN", "State": "ACTIVE", "Status": "PUBLISHED", "Content": "{}"}
    session.create("contact-flow", {"Name": FLOW, **flow})


def plant_campaigns(session: WorldSession) -> None:
    """Make the campaigns, none of which has begun."""
    for name in CAMPAIGNS:
        create(session, {"name": name, **_settings(session, name)})


def plant_campaign_states(session: WorldSession) -> None:
    """Bring the campaigns to their states."""
    for name, state in CAMPAIGNS.items():
        session.update(KIND, planted(session, KIND, name), State=state)


def _settings(session: WorldSession, name: str) -> Mapping[str, Any]:
    number = planted(session, "phone-number", "+35315550100")
    flow = planted(session, "contact-flow", "Sample inbound flow")
    queue = planted(session, "queue", "Sales EMEA")
    telephony: Mapping[str, Any] = {
        "capacity": 0.5,
        "connectQueueId": queue["Id"],
        "outboundMode": {"progressive": {"bandwidthAllocation": 0.5}},
        "defaultOutboundConfig": {
            "connectContactFlowId": flow["Id"],
            "connectSourcePhoneNumber": number["Name"],
            "answerMachineDetectionConfig": {"enableAnswerMachineDetection": True},
        },
    }
    if name != "Winter offers":
        return {"channelSubtypeConfig": {"telephony": telephony}, "tags": {"team": "sales"}}
    where = {"region": session.instance.region, "account": session.instance.account}
    template = TEMPLATE.format(**where)
    sms = {
        "capacity": 0.25,
        "outboundMode": {"agentless": {}},
        "defaultOutboundConfig": {
            "connectSourcePhoneNumberArn": number["Arn"],
            "wisdomTemplateArn": template,
        },
    }
    email = {
        "capacity": 0.25,
        "outboundMode": {"agentless": {}},
        "defaultOutboundConfig": {
            "connectSourceEmailAddress": "offers@example.com",
            "wisdomTemplateArn": template,
        },
    }
    return {"channelSubtypeConfig": {"telephony": telephony, "sms": sms, "email": email}}


PLANTING = (prepare_for_campaigns, plant_campaigns, plant_campaign_states)
"""What makes it all, in this order."""
