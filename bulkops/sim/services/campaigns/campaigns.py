"""Campaigns: made, listed, described and deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulkops.sim.services.campaigns.campaign_refusals import absent, conflict, too_many
from bulkops.sim.services.campaigns.channel_checks import (
    CHANNELS,
    check_channels,
    check_flow,
    check_times,
    checked_schedule,
    instant,
    one_of,
)
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.services.connect.pages import small_page_of
from bulkops.sim.services.connect.resource_quotas import limit_of
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

KIND = "campaign"
ONBOARDING = "campaigns-config"
"""What an instance has once it is prepared for campaigns."""
SETTINGS = (
    "channelSubtypeConfig",
    "source",
    "connectCampaignFlowArn",
    "schedule",
    "communicationTimeConfig",
    "communicationLimitsOverride",
    "tags",
)
DEFAULT_PAGE = 50


def create(session: WorldSession, params: Members) -> Members:
    """Make a campaign; a request for one that is there already as it asks has no second effect."""
    if session.table(ONBOARDING).get(ONBOARDING) is None:
        raise absent("configuration of the instance for campaigns")
    check_channels(session, params["channelSubtypeConfig"])
    if "source" in params:
        one_of(params["source"], "source")
    check_flow(session, params.get("connectCampaignFlowArn"))
    check_times(params.get("communicationTimeConfig"))
    schedule = checked_schedule(params.get("schedule"), session.now)
    asked = {name: params.get(name) for name in SETTINGS} | {"schedule": schedule}
    asked["tags"] = dict(params.get("tags", {})) or None
    there = session.table(KIND).named(params["name"])
    if there is not None:
        if any(there.get(name) != value for name, value in asked.items()):
            raise conflict("A campaign of that name is there, and is another one.")
        return _made(there)
    if len(session.table(KIND)) >= limit_of(session, KIND):
        raise too_many()
    members = {"Name": params["name"], "State": "Initialized", **asked}
    return _made(session.create(KIND, members))


def _made(record: StoredThing) -> Members:
    tags = {"tags": record["tags"]} if "tags" in record else {}
    return {"id": record["Id"], "arn": record["Arn"], **tags}


def found(session: WorldSession, campaign_id: str) -> StoredThing:
    """Return what is true of a campaign."""
    record = session.table(KIND).get(campaign_id)
    if record is None:
        raise absent("campaign")
    return record


def visible(session: WorldSession, campaign_id: str) -> StoredThing:
    """Return what a lagging read sees of a campaign."""
    record = session.table(KIND).seen(campaign_id, session.now)
    if record is None:
        raise absent("campaign")
    return record


def describe(session: WorldSession, params: Members) -> Members:
    """Return a campaign with all that was set of it; its state is asked for by itself."""
    record = visible(session, params["id"])
    whole = {name: record[name] for name in SETTINGS if name in record}
    return {"campaign": {**_named(session, record), "tags": {}, **whole, **_timed(record)}}


def _named(session: WorldSession, record: StoredThing) -> Members:
    ids = {"id": record["Id"], "arn": record["Arn"], "name": record["Name"]}
    return {**ids, "connectInstanceId": session.instance.id}


def _timed(record: StoredThing) -> Mapping[str, Any]:
    """Return the schedule of a campaign with moments for its times; nothing where it has none."""
    schedule = record.get("schedule")
    if schedule is None:
        return {}
    times = {name: instant(schedule[name]) for name in ("startTime", "endTime")}
    return {"schedule": {**schedule, **times}}


def list_all(session: WorldSession, params: Members) -> Members:
    """Return the campaigns of an instance, page by page, without how they are set up."""
    numbered = session.see_all(KIND)
    page = small_page_of(numbered, "ListCampaigns", params, session.now, usual=DEFAULT_PAGE)
    return page.small_reply("campaignSummaryList", [_summary(session, each) for each in page.items])


def _summary(session: WorldSession, record: StoredThing) -> Members:
    channels = [CHANNELS[name] for name in CHANNELS if name in record["channelSubtypeConfig"]]
    flow = record.get("connectCampaignFlowArn")
    return {
        **_named(session, record),
        "channelSubtypes": channels,
        **_timed(record),
        **({} if flow is None else {"connectCampaignFlowArn": flow}),
    }


def delete(session: WorldSession, params: Members) -> Members:
    """Delete a campaign, whatever its state."""
    session.delete(KIND, found(session, params["id"])["Id"])
    return {}


def get_config(session: WorldSession, _params: Members) -> Members:
    """Return how the instance is prepared for campaigns."""
    record = session.table(ONBOARDING).get(ONBOARDING)
    if record is None:
        raise absent("configuration of the instance for campaigns")
    role = f"arn:aws:iam::{session.instance.account}:role/aws-service-role/connect-campaigns"
    config = {"connectInstanceId": session.instance.id, "serviceLinkedRoleArn": role}
    return {"connectInstanceConfig": {**config, "encryptionConfig": {"enabled": False}}}


OPERATIONS: Mapping[str, Handler] = {
    "CreateCampaign": create,
    "DescribeCampaign": describe,
    "ListCampaigns": list_all,
    "DeleteCampaign": delete,
    "GetConnectInstanceConfig": get_config,
}
