"""What of a campaign can be changed: some of it always, and some only until it was started.

Which is which StartCampaign's page in the API reference says, and the errors of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bulkops.sim.services.campaigns.campaign_refusals import absent, conflict, invalid, wrong_state
from bulkops.sim.services.campaigns.campaign_states import state_of
from bulkops.sim.services.campaigns.campaigns import KIND, found
from bulkops.sim.services.campaigns.channel_checks import (
    CHANNELS,
    check_channels,
    check_flow,
    check_times,
    checked_schedule,
    one_of,
)
from bulkops.sim.services.connect.listing import Handler, Members
from bulkops.sim.state.tables import StoredThing
from bulkops.sim.state.world import WorldSession

Checked = Callable[[WorldSession, Any], Any]
"""Checks a new value and returns it as it is kept."""


def rename(session: WorldSession, params: Members) -> Members:
    """Give a campaign a name that no other has."""
    record = found(session, params["id"])
    other = session.table(KIND).named(params["name"])
    if other is not None and other["Id"] != record["Id"]:
        raise conflict("A campaign of that name is there already.")
    session.update(KIND, record, Name=params["name"])
    return {}


def set_channel(session: WorldSession, params: Members) -> Members:
    """Set how one or several channels of a campaign work; the others stay.

    Of a campaign that was started, neither its queue nor whether it has agents can change.
    """
    record, config = found(session, params["id"]), params["channelSubtypeConfig"]
    check_channels(session, config)
    old, new = record["channelSubtypeConfig"].get("telephony"), config.get("telephony")
    state = state_of(record, session.now)
    if state != "Initialized" and old and new and _fixed(old) != _fixed(new):
        raise conflict("The queue and the mode of a campaign that was started can't be changed.")
    session.update(KIND, record, channelSubtypeConfig={**record["channelSubtypeConfig"], **config})
    return {}


def _fixed(telephony: Members) -> tuple[Any, bool]:
    return telephony.get("connectQueueId"), "agentless" in telephony["outboundMode"]


def drop_channel(session: WorldSession, params: Members) -> Members:
    """Take a channel out of a campaign that has another."""
    record = found(session, params["id"])
    left = {
        name: config
        for name, config in record["channelSubtypeConfig"].items()
        if CHANNELS[name] != params["channelSubtype"]
    }
    if len(left) == len(record["channelSubtypeConfig"]):
        raise absent("channel of the campaign")
    if not left:
        raise invalid("A campaign has one channel at the least.")
    session.update(KIND, record, channelSubtypeConfig=left)
    return {}


def _before_start(session: WorldSession, campaign_id: str) -> StoredThing:
    record = found(session, campaign_id)
    state = state_of(record, session.now)
    if state != "Initialized":
        raise wrong_state(state)
    return record


def _setting(member: str, checked: Checked) -> Handler:
    def change(session: WorldSession, params: Members) -> Members:
        record = _before_start(session, params["id"])
        session.update(KIND, record, **{member: checked(session, params[member])})
        return {}

    return change


def drop_times(session: WorldSession, params: Members) -> Members:
    """Take the times of one channel out of a campaign."""
    record = _before_start(session, params["id"])
    config = dict(record.get("communicationTimeConfig", {}))
    if config.pop(params["config"].lower(), None) is None:
        raise absent("communication time of the campaign")
    session.update(KIND, record, communicationTimeConfig=config)
    return {}


def drop_limits(session: WorldSession, params: Members) -> Members:
    """Take the limits of a campaign away, so that those of the instance hold."""
    record = _before_start(session, params["id"])
    if "communicationLimitsOverride" not in record:
        raise absent("communication limits of the campaign")
    session.update(KIND, record, communicationLimitsOverride=None)
    return {}


def _flow(session: WorldSession, arn: str) -> str:
    check_flow(session, arn)
    return arn


def _source(_session: WorldSession, source: Members) -> Members:
    one_of(source, "source")
    return source


def _times(_session: WorldSession, config: Members) -> Members:
    check_times(config)
    return config


OPERATIONS: Mapping[str, Handler] = {
    "UpdateCampaignName": rename,
    "UpdateCampaignChannelSubtypeConfig": set_channel,
    "DeleteCampaignChannelSubtypeConfig": drop_channel,
    "UpdateCampaignSchedule": _setting(
        "schedule", lambda session, schedule: checked_schedule(schedule, session.now)
    ),
    "UpdateCampaignSource": _setting("source", _source),
    "UpdateCampaignFlowAssociation": _setting("connectCampaignFlowArn", _flow),
    "UpdateCampaignCommunicationTime": _setting("communicationTimeConfig", _times),
    "UpdateCampaignCommunicationLimits": _setting(
        "communicationLimitsOverride", lambda _, limits: limits
    ),
    "DeleteCampaignCommunicationTime": drop_times,
    "DeleteCampaignCommunicationLimits": drop_limits,
}
