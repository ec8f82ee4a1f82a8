"""What sheets about outbound campaigns have in common: their columns, and what these fill.

A job takes a column as it stands, or with `dataclasses.replace` says what is its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from bulkops.definition.expressions import Arg, Empty
from bulkops.definition.job import Column, Polling
from bulkops.definition.kinds.found_things import Col, Find

CAMPAIGN = Find("campaign", Col("campaign"))
STATE = "state"
BEFORE_START = (STATE, ("Initialized",))

CAMPAIGN_NAME = Column(
    name="campaign",
    required=True,
    aliases=("campaign name", "outbound campaign"),
    help="The name of the outbound campaign.",
    example="Winter offers",
)
CAMPAIGN_FLOW = Column(
    name="campaign_flow",
    aliases=("journey",),
    help="The flow of type campaign that the campaign follows; blank: none.",
    example="Campaign journey",
)
SEGMENT = Column(
    name="segment",
    aliases=("segment ARN", "customer segment"),
    help="The ARN of the segment of Customer Profiles that is reached; blank: requests say whom.",
    example="arn:aws:profile:eu-west-1:123456789012:domains/offers/segment-definitions/loyal",
)
STARTS = Column(
    name="starts",
    kind="datetime",
    aliases=("start time", "start", "schedule start"),
    help="When it begins to reach people once it is started; with a time zone, or Z for UTC.",
    example="2035-01-08T09:00:00Z",
)
ENDS = Column(
    name="ends",
    kind="datetime",
    aliases=("end time", "end", "schedule end"),
    help="When it is over.",
    example="2035-01-31T18:00:00Z",
)
TIMES = Column(
    name="communication_time",
    kind="json",
    file=True,
    aliases=("communication times", "opening hours"),
    help="When people may be reached by which channel, as the API says it.",
    example='{"localTimeZoneConfig": {"defaultTimeZone": "Europe/Dublin"}}',
)
LIMITS = Column(
    name="communication_limits",
    kind="json",
    file=True,
    aliases=("limits",),
    help="How often one person may be reached, as the API says it.",
    example='{"instanceLimitsHandling": "OPT_IN"}',
)
SCHEDULE: Mapping[str, Arg] = {"startTime": Col("starts"), "endTime": Col("ends")}
FLOW = Find("campaign-flow", Col("campaign_flow"))


def until(*states: str) -> Polling:
    """Return what asks for a campaign's state until it is one of those wanted."""
    return Polling(
        operation="GetCampaignState",
        args={"id": CAMPAIGN},
        path=STATE,
        done=states,
        failed=("Failed",),
        most=900,
    )


_BANDWIDTH: Mapping[str, Arg] = {"bandwidthAllocation": Col("bandwidth")}
_BY_TELEPHONE: Mapping[str, Arg] = {
    "connectContactFlowId": Find("contact-flow", Col("flow")),
    "connectSourcePhoneNumber": Col("number"),
    "answerMachineDetectionConfig": {
        "enableAnswerMachineDetection": Col("answering_machine_detection"),
        "awaitAnswerMachinePrompt": Col("await_prompt"),
    },
}


def _calling(mode: Mapping[str, Arg]) -> Mapping[str, Arg]:
    queue: Mapping[str, Arg] = {"connectQueueId": Find("queue", Col("queue"))}
    if "agentless" in mode:
        queue = {}
    return {
        "telephony": {
            "capacity": Col("capacity"),
            **queue,
            "outboundMode": mode,
            "defaultOutboundConfig": _BY_TELEPHONE,
        }
    }


def _writing(default: Mapping[str, Arg]) -> Mapping[str, Arg]:
    return {
        "capacity": Col("capacity"),
        "outboundMode": {"agentless": Empty()},
        "defaultOutboundConfig": {**default, "wisdomTemplateArn": Col("template")},
    }


CHANNELS: Mapping[str, Mapping[str, Arg]] = {
    "PROGRESSIVE": _calling({"progressive": _BANDWIDTH}),
    "PREDICTIVE": _calling({"predictive": _BANDWIDTH}),
    "PREVIEW": _calling(
        {
            "preview": {
                **_BANDWIDTH,
                "timeoutConfig": {"durationInSeconds": Col("preview_seconds")},
            }
        }
    ),
    "AGENTLESS": _calling({"agentless": Empty()}),
    "SMS": {
        "sms": _writing({"connectSourcePhoneNumberArn": Find("phone-number", Col("number"))}),
    },
    "EMAIL": {
        "email": _writing(
            {
                "connectSourceEmailAddress": Col("sender"),
                "sourceEmailAddressDisplayName": Col("sender_name"),
            }
        ),
    },
}
"""The channel of a campaign, by the word in the column `channel`."""
RECIPIENTS: Mapping[str, Mapping[str, Arg]] = {
    "TELEPHONY": {
        "telephony": {"destinationPhoneNumber": Col("recipient"), "attributes": Col("values")}
    },
    "SMS": {
        "sms": {"destinationPhoneNumber": Col("recipient"), "templateParameters": Col("values")}
    },
    "EMAIL": {
        "email": {
            "destinationEmailAddress": Col("recipient"),
            "templateParameters": Col("values"),
        }
    },
}
"""Who is reached, by the word in the column `channel` of a request."""
