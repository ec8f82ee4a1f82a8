"""Whom the first world calls by itself: outbound campaigns in several states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.core.planted import planted
from bulkops.sim.core.seed_contents import usual_content
from bulkops.sim.services.campaigns.campaigns import KIND, ONBOARDING, create
from bulkops.sim.state.world import WorldSession

CAMPAIGNS: Mapping[str, str] = {
    "Winter offers": "Running",
    "Autumn offers": "Running",
    "Spring survey": "Paused",
    "Payment reminders": "Initialized",
    "Old promotion": "Stopped",
    "Never begun": "Initialized",
    "Delivery texts": "Running",
    "Newsletter": "Running",
}
"""Name → state."""
FLOW = "Campaign journey"
SEGMENT = "arn:aws:profile:{region}:{account}:domains/offers/segment-definitions/owing"
TEMPLATE = "arn:aws:wisdom:{region}:{account}:message-template/bulkops/offers"


def prepare_for_campaigns(session: WorldSession) -> None:
    """Prepare the instance for campaigns, and make a flow that one may follow."""
    session.put_named(ONBOARDING, ONBOARDING, {})
    flow = {"Type": "CAMPAIGN", "State": "ACTIVE", "Status": "PUBLISHED"}
    session.create("contact-flow", {"Name": FLOW, **flow, "Content": usual_content("CAMPAIGN")})


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
    by = {"region": session.instance.region, "account": session.instance.account}
    template = {"wisdomTemplateArn": TEMPLATE.format(**by)}
    if name == "Delivery texts":
        sender = {"connectSourcePhoneNumberArn": number["Arn"], **template}
        return {"channelSubtypeConfig": {"sms": _written(sender)}}
    if name == "Newsletter":
        sender = {"connectSourceEmailAddress": "offers@example.com", **template}
        return {"channelSubtypeConfig": {"email": _written(sender)}}
    settings = {"channelSubtypeConfig": {"telephony": _spoken(session, number["Name"])}}
    if name != "Payment reminders":
        return settings
    flow = planted(session, "contact-flow", FLOW)
    return {
        **settings,
        "tags": {"team": "billing"},
        "connectCampaignFlowArn": flow["Arn"],
        "source": {"customerProfilesSegmentArn": SEGMENT.format(**by)},
        "schedule": {"startTime": "2035-01-08T09:00:00Z", "endTime": "2035-01-31T18:00:00Z"},
        "communicationTimeConfig": {"localTimeZoneConfig": {"defaultTimeZone": "Europe/Dublin"}},
    }


def _written(sender: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "capacity": 0.25,
        "outboundMode": {"agentless": {}},
        "defaultOutboundConfig": sender,
    }


def _spoken(session: WorldSession, number: str) -> Mapping[str, Any]:
    return {
        "capacity": 0.5,
        "connectQueueId": planted(session, "queue", "Sales EMEA")["Id"],
        "outboundMode": {"progressive": {"bandwidthAllocation": 0.5}},
        "defaultOutboundConfig": {
            "connectContactFlowId": planted(session, "contact-flow", "Sample inbound flow")["Id"],
            "connectSourcePhoneNumber": number,
            "answerMachineDetectionConfig": {"enableAnswerMachineDetection": True},
        },
    }


PLANTING = (prepare_for_campaigns, plant_campaigns, plant_campaign_states)
"""What makes it all, in this order."""
