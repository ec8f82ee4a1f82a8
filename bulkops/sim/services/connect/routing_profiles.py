"""Routing profiles and their queues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from bulkops.sim.services.connect import routing_profile_queues
from bulkops.sim.services.connect.listing import (
    NAMED,
    STAMPS,
    SUMMARY,
    Handler,
    Members,
    ReadOperations,
    same,
)
from bulkops.sim.services.connect.names import check_new, renaming
from bulkops.sim.services.connect.resource_quotas import room_for
from bulkops.sim.services.connect.routing_profile_queues import AUTOMATIC, MANUAL, added, queue_ids
from bulkops.sim.services.connect.tags import checked_tags
from bulkops.sim.state.refusals import in_use, invalid
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

USUAL = {"BehaviorType": "ROUTE_CURRENT_CHANNEL_ONLY"}
"""How contacts of other channels are routed where a channel does not say it."""


def create_profile(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Make a routing profile, with its first queues where they are given."""
    session.need("queue", params["DefaultOutboundQueueId"])
    check_new(session, "routing-profile", params["Name"])
    concurrencies = _checked_concurrencies(params["MediaConcurrencies"])
    room_for(session, "routing-profile")
    lists = {
        member: list(added(session, member, {}, params[member]).values())
        for member in (AUTOMATIC, MANUAL)
        if member in params
    }
    tags = checked_tags(params.get("Tags", {}))
    kept = ("Name", "Description", "DefaultOutboundQueueId")
    profile = session.create(
        "routing-profile",
        {
            "InstanceId": session.instance.id,
            "AgentAvailabilityTimer": params.get(
                "AgentAvailabilityTimer", "TIME_SINCE_LAST_ACTIVITY"
            ),
            "Tags": tags,
            "MediaConcurrencies": concurrencies,
            **{member: params[member] for member in kept},
            **lists,
        },
    )
    return {"RoutingProfileArn": profile["Arn"], "RoutingProfileId": profile["Id"]}


def _checked_concurrencies(given: Sequence[Members]) -> Sequence[Members]:
    """Return concurrencies as they are kept: each channel once, and calls one at a time."""
    channels = [item["Channel"] for item in given]
    if not channels or len(set(channels)) < len(channels):
        raise invalid("MediaConcurrencies must name each channel once, and at least one.")
    if any(item["Channel"] == "VOICE" and item["Concurrency"] > 1 for item in given):
        raise invalid("MediaConcurrencies: the Concurrency of VOICE must be 1.")
    return [_without_usual(item) for item in given]


def _without_usual(item: Members) -> Members:
    """Return a channel as it is kept: what it is anyway is not said."""
    if item.get("CrossChannelBehavior") != USUAL:
        return item
    return {name: value for name, value in item.items() if name != "CrossChannelBehavior"}


def update_concurrency(session: WorldSession, params: Members) -> Members:
    """Replace all channels of a profile, and how many contacts an agent takes by each."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    concurrencies = _checked_concurrencies(params["MediaConcurrencies"])
    session.update("routing-profile", profile, MediaConcurrencies=concurrencies)
    return {}


def update_default_queue(session: WorldSession, params: Members) -> Members:
    """Set the queue by which a profile's users call out."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    queue = session.need("queue", params["DefaultOutboundQueueId"])
    session.update("routing-profile", profile, DefaultOutboundQueueId=queue["Id"])
    return {}


def update_timer(session: WorldSession, params: Members) -> Members:
    """Set how long agents have been idle is counted."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    timer = params["AgentAvailabilityTimer"]
    session.update("routing-profile", profile, AgentAvailabilityTimer=timer)
    return {}


def delete_profile(session: WorldSession, params: Mapping[str, Any]) -> Members:
    """Delete a routing profile that no user has."""
    profile = session.need("routing-profile", params["RoutingProfileId"])
    if any(user["RoutingProfileId"] == profile["Id"] for user in session.all("user")):
        raise in_use("routing profile")
    session.delete("routing-profile", profile["Id"])
    return {}


def _counted(session: WorldSession, records: Sequence[StoredThing]) -> Sequence[StoredThing]:
    """Add to profiles how many users and queues they have."""
    users = Counter(user["RoutingProfileId"] for _, user in session.see_all("user"))
    return [
        {
            **record,
            "NumberOfAssociatedQueues": len(record.get(AUTOMATIC, ())),
            "NumberOfAssociatedManualAssignmentQueues": len(record.get(MANUAL, ())),
            "NumberOfAssociatedUsers": users[record["Id"]],
            "MediaConcurrencies": [
                {"CrossChannelBehavior": USUAL, **item} for item in record["MediaConcurrencies"]
            ],
            "SearchedConcurrencies": [
                {name: item[name] for name in ("Channel", "Concurrency")}
                for item in record["MediaConcurrencies"]
            ],
            "AssociatedQueueIds": queue_ids(record, AUTOMATIC),
            "AssociatedManualAssignmentQueueIds": queue_ids(record, MANUAL),
        }
        for record in records
    ]


PROFILE = {
    **same("InstanceId", "Name", "Description", "MediaConcurrencies", "DefaultOutboundQueueId"),
    **same("Tags", "NumberOfAssociatedQueues", "NumberOfAssociatedManualAssignmentQueues"),
    **same("NumberOfAssociatedUsers", "AgentAvailabilityTimer", "AssociatedQueueIds"),
    **same("AssociatedManualAssignmentQueueIds", "IsDefault"),
    **STAMPS,
    "RoutingProfileArn": "Arn",
    "RoutingProfileId": "Id",
}
DESCRIBED_ONLY = (*STAMPS, "AgentAvailabilityTimer")
"""What a search does not fill, beside the cross-channel behaviour (service model)."""
PROFILES = ReadOperations(
    kind="routing-profile",
    listing=("ListRoutingProfiles", "RoutingProfileSummaryList"),
    summary=SUMMARY,
    describing=("DescribeRoutingProfile", "RoutingProfileId", "RoutingProfile"),
    whole=PROFILE,
    searching=("SearchRoutingProfiles", "RoutingProfiles"),
    found={
        **{name: kept for name, kept in PROFILE.items() if name not in DESCRIBED_ONLY},
        "MediaConcurrencies": "SearchedConcurrencies",
    },
    fields={**NAMED, "associatedQueueIds": lambda record: queue_ids(record, AUTOMATIC)},
    enrich=_counted,
)

OPERATIONS: Mapping[str, Handler] = {
    **PROFILES.operations(),
    "CreateRoutingProfile": create_profile,
    "UpdateRoutingProfileName": renaming("routing-profile", "RoutingProfileId"),
    "UpdateRoutingProfileConcurrency": update_concurrency,
    "UpdateRoutingProfileDefaultOutboundQueue": update_default_queue,
    "UpdateRoutingProfileAgentAvailabilityTimer": update_timer,
    "DeleteRoutingProfile": delete_profile,
    **routing_profile_queues.OPERATIONS,
}
